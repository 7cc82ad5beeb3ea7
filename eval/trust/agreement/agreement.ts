import { kendallTauB } from "../../statistics/correlation.ts";

/**
 * The words with the largest absolute relevance, equals in text order.
 *
 * @param relevance Relevance of each word, shape [n].
 * @param k How many.
 * @returns Their positions, the largest first.
 */
export function largestWords(relevance: ArrayLike<number>, k: number): number[] {
  return Array.from(relevance, (_, t) => t)
    .sort((a, b) => Math.abs(relevance[b]!) - Math.abs(relevance[a]!) || a - b)
    .slice(0, k);
}

/** How far two explanations of one text agree. */
export interface Agreement {
  /** Kendall's τ-b; undefined where the second is constant, 0 where only the first is. */
  readonly tauB: number | undefined;
  /** The share of the k words with the largest |R| that both have. */
  readonly overlap: number;
  /** The share of them that both have with the same sign; 0 has a sign of its own. */
  readonly signOverlap: number;
  /** The share of all words with the same sign in both. */
  readonly signs: number;
}

/**
 * How far two explanations of one text agree (Krishna et al. 2022).
 *
 * @param a Relevance of each word by one explainer, shape [n].
 * @param b Relevance of each word by another, shape [n].
 * @param k How many words count as the largest. @default {min(10, n)}
 * @returns Rank correlation, overlap of the largest words, overlap with signs, and signs of all.
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * ```ts
 * import { agreement } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const { overlap, signOverlap } = agreement([3, 1, -2], [2, 0, 5], 2);
 * assertEquals([overlap, signOverlap], [1, 0.5]);
 * ```
 */
export function agreement(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  k: number = Math.min(10, a.length),
): Agreement {
  const tauB = kendallTauB(a, b);
  const isSame = (t: number) => Math.sign(a[t]!) === Math.sign(b[t]!);
  const top = new Set(largestWords(b, k));
  const shared = largestWords(a, k).filter((t) => top.has(t));
  const share = (count: number, of: number) => of === 0 ? 1 : count / of;
  return {
    tauB,
    overlap: share(shared.length, k),
    signOverlap: share(shared.filter(isSame).length, k),
    signs: share(Array.from(a, (_, t) => t).filter(isSame).length, a.length),
  };
}
