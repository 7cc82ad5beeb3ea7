import { type Model, Random, wholeScores } from "@heatword/core";
import type { Explanations } from "../explanations/explanations.ts";
import { predictedClass } from "../classification/predicted_class.ts";
import { deletionTrace } from "./deletion_flags.ts";
import type { DeletionOutcome } from "./deletion_curves.ts";
import { rankWords, shuffledWords } from "./rank_words.ts";

/** How words are deleted. */
export interface DeletionOptions {
  /** Only documents of so many words at least take part. @default {100} */
  readonly minLength?: number;
  /** How many words are deleted at most. @default {50} */
  readonly deletions?: number;
  /** How many runs of random deletion there are. @default {10} */
  readonly runs?: number;
}

/** The values of {@linkcode DeletionOptions} where none are given: those of Arras et al. 2016. */
export const deletionDefaults: Required<DeletionOptions> = {
  minLength: 100,
  deletions: 50,
  runs: 10,
};

/**
 * Deletes the words of one document in the order of each explainer and in random orders. The target
 * is the true class; relevance goes down for a document that is classified correctly at first and
 * up for one that is not (Arras et al. 2016, section 3.3). The outcome depends on nothing but the
 * arguments, so documents can be done in any order and anywhere.
 *
 * @param explanations Explanations of the document's input.
 * @param words How many words, or groups of words, the document has.
 * @param label Index of the true class.
 * @param explainers Names of registered explainers.
 * @param random Randomness of this document alone.
 * @param options How many words to delete and how often at random.
 * @returns What became of the document; its group is `correct` where the first flag is 1.
 *
 * @example
 * ```ts
 * import { Random } from "@heatword/core";
 * import { deleteWords } from "@heatword/eval/deletion";
 * import { Explanations } from "@heatword/eval/explanations";
 * import "@heatword/explainers";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const document = { text: "red sky", tokens: [{ text: "red", start: 0, end: 3 }, { text: "sky", start: 4, end: 7 }] };
 * const explanations = new Explanations(model, model.encode(document), 0);
 * const options = { deletions: 2, runs: 1 };
 * const { flags } = await deleteWords(explanations, 2, 1, ["lrp"], new Random(0), options);
 * assertEquals(flags[2], flags[5]); // Once all words are gone, their order makes no difference.
 * ```
 */
export async function deleteWords(
  explanations: Explanations<Model>,
  words: number,
  label: number,
  explainers: readonly string[],
  random: Random,
  options: DeletionOptions = {},
): Promise<DeletionOutcome> {
  const { deletions, runs } = { ...deletionDefaults, ...options };
  const { model, input } = explanations;
  const correct = predictedClass(await wholeScores(model, input)) === label;
  const order = correct ? "decreasing" : "increasing";
  const rankings: Int32Array[] = [];
  for (const explainer of explainers) {
    const { words: relevance } = await explanations.words(explainer, label);
    rankings.push(rankWords(relevance, order, words));
  }
  for (let r = 0; r < runs; r++) rankings.push(shuffledWords(words, random.fork(r)));
  const { flags, changes } = await deletionTrace(model, input, label, rankings, deletions);
  return { flags, changes: meanOfRuns(changes, explainers.length, runs, deletions + 1), words };
}

/** The rows of the explainers, then one that is the mean of all random runs. */
function meanOfRuns(rows: Float64Array, explainers: number, runs: number, steps: number) {
  const changes = rows.slice(0, (explainers + 1) * steps);
  for (let k = 0; k < steps; k++) {
    let sum = 0;
    for (let run = 0; run < runs; run++) sum += rows[(explainers + run) * steps + k]!;
    changes[explainers * steps + k] = sum / runs;
  }
  return changes;
}
