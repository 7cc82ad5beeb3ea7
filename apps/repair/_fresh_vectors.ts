import { type OnProgress, Random } from "@heatword/core";
import {
  type EmbeddingTable,
  plainVectors,
  vectorsToArray,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import { compactDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import type { LearnedText } from "@heatword/eval/repair";
import type { ChosenRecord } from "../training/choose_word_cnn.ts";
import { scaledToNorm } from "../training/model.ts";
import { recipeFor } from "../training/recipe.ts";
import type { Recorded } from "../training/retrained.ts";
import { Attempts } from "../training/word_cnn_attempts.ts";

/** Words, and the vectors that they begin with. */
export interface FreshVectors {
  readonly vocabulary: Vocabulary;
  readonly vectors: EmbeddingTable;
}

/** What making them needs. */
export interface VectorsContext {
  readonly texts: readonly LearnedText[];
  readonly seed: number;
  readonly workers: number;
  readonly cache: string;
  readonly onProgress: OnProgress;
}

/** The norm that the vectors of a choice were scaled to. */
function normOf({ tried, hyperparameters }: ChosenRecord): number | undefined {
  const isSame = (one: object) =>
    Object.entries(one).every(([name, value]) =>
      JSON.stringify(value) ===
        JSON.stringify(hyperparameters[name as keyof typeof hyperparameters])
    );
  return tried?.find((one) => isSame(one.hyperparameters))?.norm;
}

/** Vectors that say nothing of the words, as long as those of the model are on average. */
function drawn(network: WordCnn, seed: number): FreshVectors {
  const { vocabulary, vectors, dimensions } = network;
  const values = Float64Array.from(vectorsToArray(vectors));
  const square = values.reduce((sum, value) => sum + value * value, 0) / (vectors.size || 1);
  const random = new Random(seed);
  const scale = Math.sqrt(square / dimensions);
  const fresh = Float32Array.from(values, () => scale * random.normal());
  return { vocabulary, vectors: plainVectors(fresh, dimensions) };
}

/** Whether a network trained vectors that began with those of a file, which is not there to begin anew. */
export function keepsVectors(recorded: Recorded): boolean {
  return Boolean(recorded.hyperparameters?.vectorRate) &&
    (recorded as ChosenRecord).start === "file";
}

/**
 * The words and vectors that a network like one which trained its vectors begins with: what those
 * learned of a leak is not to be kept.
 *
 * @param network The network.
 * @param recorded What it tells of its training.
 * @param context The texts, and where randomness starts.
 * @returns Nothing where vectors stay as they are in training, or began with those of a file.
 */
export async function freshVectors(
  network: WordCnn,
  recorded: Recorded,
  { texts, ...context }: VectorsContext,
): Promise<FreshVectors | undefined> {
  if (!recorded.hyperparameters?.vectorRate || keepsVectors(recorded)) return undefined;
  const record = recorded as ChosenRecord;
  const [{ start }, norm, { reading }] = [record, normOf(record), network.reader];
  if (start === undefined || norm === undefined || reading === undefined) {
    return drawn(network, context.seed);
  }
  const { classes, reader } = network;
  const train = texts.map(({ text, label }, i) =>
    compactDocument({ id: String(i), text, label }, classes, reader)
  );
  const corpus: TrainingCorpus = { classes, train, test: [] };
  const full = { ...context, recipe: recipeFor(train), reading };
  const words = await new Attempts(corpus, full, start, () => {}).start(start);
  return {
    vocabulary: new Vocabulary(words.words),
    vectors: plainVectors(scaledToNorm(words, norm), words.dimensions),
  };
}
