/** What became of a hybrid document in the pointing game. */
export type Pointing =
  | {
    readonly status: "played";
    /** The share of the most relevant words (one, but for ties) that have the predicted class. */
    readonly hit: number;
    /** The share of all words that have it, which is what pointing at random hits. */
    readonly chance: number;
  }
  | {
    /** The predicted class is of no sentence that the model saw. */
    readonly status: "discarded";
    /** Whether it is of a sentence that was cut. */
    readonly beforeCut: boolean;
  }
  | { readonly status: "empty" };

/**
 * The pointing game on a hybrid document, made of sentences of several classes (Poerner et al.
 * 2018): does the most relevant word for the predicted class stand in a sentence of that class?
 *
 * @param labels The class of each word's sentence, of words behind the cut too; shape [N ≥ n].
 * @param kept How many of the words the model saw, n.
 * @param predicted The predicted class.
 * @param relevance Relevance of each word that the model saw, shape [n].
 * @returns Hit and chance, or why the document was not played.
 *
 * @example
 * ```ts
 * import { point } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const outcome = point([0, 0, 1, 1], 4, 1, [0, 3, 3, 0]);
 * assertEquals(outcome, { status: "played", hit: 0.5, chance: 0.5 });
 * ```
 */
export function point(
  labels: readonly number[],
  kept: number,
  predicted: number,
  relevance: ArrayLike<number>,
): Pointing {
  if (kept === 0) return { status: "empty" };
  const seen = labels.slice(0, kept);
  if (!seen.includes(predicted)) {
    return { status: "discarded", beforeCut: labels.includes(predicted) };
  }
  const values = Array.from(relevance).slice(0, kept);
  const largest = Math.max(...values);
  const pointed = seen.filter((_, t) => values[t] === largest);
  const share = (of: readonly number[]) =>
    of.filter((label) => label === predicted).length / of.length;
  return { status: "played", hit: share(pointed), chance: share(seen) };
}
