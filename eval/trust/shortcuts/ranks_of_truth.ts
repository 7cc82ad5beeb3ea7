import { midRanks } from "../../statistics/ranks.ts";

/** Where an explanation puts the words that are known to have decided. */
export interface RanksOfTruth {
  /** The share of the true words among the k most relevant, k being how many are true. */
  readonly precision: number;
  /** How far down one goes until all true words are seen. */
  readonly coverRank: number;
  /** The mean of the true words' ranks. */
  readonly meanRank: number;
}

/**
 * Where an explanation puts the words that are known to have decided (Bastings et al. 2022). Words
 * of equal relevance are in random order; what is returned is the expectation over it: of a tied
 * group of s words, g of them true, with m places left, m·g/s are expected; the last of g true ones
 * stands at g(s + 1)/(g + 1).
 *
 * @param relevance Relevance of each word, signed; shape [n].
 * @param truth The positions of the words that decided; at least one.
 * @returns Precision and ranks, from 1 for the most relevant word.
 * @throws {RangeError} If there is no true word, or one is not in the text.
 *
 * @example
 * ```ts
 * import { ranksOfTruth } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ranksOfTruth([3, 9, 1], [0, 1]), { precision: 1, coverRank: 2, meanRank: 1.5 });
 * ```
 */
export function ranksOfTruth(
  relevance: ArrayLike<number>,
  truth: readonly number[],
): RanksOfTruth {
  const wrong = truth.find((t) => !(t >= 0 && t < relevance.length));
  if (truth.length === 0 || wrong !== undefined) {
    const what = truth.length === 0 ? "no word" : `word ${wrong}`;
    throw new RangeError(`Cannot rank ${what} of a text of ${relevance.length} words`);
  }
  const isTrue = new Set(truth);
  const values = Array.from(relevance);
  const above = (limit: number) => values.filter((value) => value > limit).length;
  const tied = (limit: number) => {
    const group = [...values.keys()].filter((t) => values[t] === limit);
    return { size: group.length, trueOnes: group.filter((t) => isTrue.has(t)).length };
  };
  let hits = 0;
  for (const limit of new Set(values)) {
    const places = Math.max(0, truth.length - above(limit));
    const { size, trueOnes } = tied(limit);
    hits += places >= size ? trueOnes : places * trueOnes / size;
  }
  const lowest = Math.min(...truth.map((t) => values[t]!));
  const { size, trueOnes } = tied(lowest);
  const ranks = midRanks(values.map((value) => -value));
  return {
    precision: hits / truth.length,
    coverRank: above(lowest) + trueOnes * (size + 1) / (trueOnes + 1),
    meanRank: truth.reduce((sum, t) => sum + ranks[t]!, 0) / truth.length,
  };
}
