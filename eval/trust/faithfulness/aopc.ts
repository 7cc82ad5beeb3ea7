import { meanOf } from "../../statistics/mean.ts";
import { rankWords } from "../../deletion/rank_words.ts";
import { deletingOneByOne, type SetFunction } from "../set_function.ts";

/** The shares of the words at which ERASER looks, in per cent. */
export const ERASER_PERCENT: readonly number[] = [1, 5, 10, 20, 50];

/**
 * How many words a share of a text is, at least one: ⌈percent · n / 100⌉.
 *
 * @param percent The share, a whole number of per cent.
 * @param words How many words the text has.
 */
export function wordsOfShare(percent: number, words: number): number {
  return Math.floor((percent * words + 99) / 100);
}

/** What becomes of the explained number as words are deleted, or kept, in one order. */
export interface Faithfulness {
  /** The order, the most relevant first; shape [n]. */
  readonly order: Int32Array;
  /** v(N) − v(N∖r_k) after deleting the first k words, for k = 1 … n; shape [n]. */
  readonly comprehensivenessCurve: Float64Array;
  /** v(N) − v(r_k) with only the first k words kept, for k = 0 … n − 1; shape [n]. */
  readonly sufficiencyCurve: Float64Array;
  /** The mean of the former curve, AOPC; high is good. */
  readonly comprehensiveness: number;
  /** The mean of the latter curve, AOPC; low is good. */
  readonly sufficiency: number;
  /** The mean of the former at the shares of ERASER. */
  readonly comprehensivenessBins: number;
  /** The mean of v(N) − v(r_k) at the shares of ERASER. */
  readonly sufficiencyBins: number;
}

const meanOrZero = (values: ArrayLike<number>) => values.length === 0 ? 0 : meanOf(values);

/**
 * Comprehensiveness and sufficiency of relevances (DeYoung et al. 2020), over all numbers of words
 * (AOPC; Samek et al. 2017) and at the shares of ERASER. One order serves both: decreasing
 * relevance, equals in text order. Terms that are always 0 are left out.
 *
 * @param relevance Relevance of each word, signed; shape [n].
 * @param v What is measured.
 * @returns Both curves and their means; 0 for a text without words.
 * @throws {RangeError} If a relevance is not a number, or there are fewer of them than words.
 *
 * @example
 * ```ts
 * import { faithfulness, tableFunction } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * // Word 0 adds 1, word 1 adds 3.
 * const { comprehensiveness, sufficiency } = await faithfulness([1, 3], tableFunction([0, 1, 3, 4]));
 * assertEquals(comprehensiveness, (3 + 4) / 2);
 * assertEquals(sufficiency, (4 + 1) / 2);
 * ```
 */
export async function faithfulness(
  relevance: ArrayLike<number>,
  v: SetFunction,
): Promise<Faithfulness> {
  const { words } = v;
  const order = rankWords(relevance, "decreasing", words);
  const deleted = await v.values(deletingOneByOne(order));
  // Keeping the first k is deleting the others, the least relevant first.
  const kept = await v.values(deletingOneByOne(order.toReversed()));
  const full = deleted[0]!;
  const comprehensivenessCurve = Float64Array.from(
    { length: words },
    (_, k) => full - deleted[k + 1]!,
  );
  const sufficiencyOf = (k: number) => full - kept[words - k]!;
  const sufficiencyCurve = Float64Array.from({ length: words }, (_, k) => sufficiencyOf(k));
  const bins = words === 0 ? [] : ERASER_PERCENT.map((percent) => wordsOfShare(percent, words));
  return {
    order,
    comprehensivenessCurve,
    sufficiencyCurve,
    comprehensiveness: meanOrZero(comprehensivenessCurve),
    sufficiency: meanOrZero(sufficiencyCurve),
    comprehensivenessBins: meanOrZero(bins.map((k) => comprehensivenessCurve[k - 1]!)),
    sufficiencyBins: meanOrZero(bins.map(sufficiencyOf)),
  };
}
