import { kendallTauB, pearson } from "../../statistics/correlation.ts";
import { largestWords } from "../agreement/agreement.ts";

/** How near relevances are to exact Shapley values. */
export interface ShapleyDistance {
  /** Pearson's r; undefined where the Shapley values are all equal, 0 where only the relevances are. */
  readonly pearson: number | undefined;
  /** Kendall's τ-b, likewise. */
  readonly tauB: number | undefined;
  /** The share of the five largest words that both have (of all, in shorter texts). */
  readonly topOverlap: number;
  /** ‖R − φ‖₂ / ‖φ‖₂; undefined where φ is 0. */
  readonly relativeDistance: number | undefined;
}

/**
 * How near relevances are to the exact Shapley values of the same text and target.
 *
 * @param relevance Relevance of each word, shape [n].
 * @param shapley The Shapley values, shape [n].
 * @returns Two correlations, the overlap of the largest words, and the relative distance.
 * @throws {RangeError} If the lengths differ.
 */
export function shapleyDistance(
  relevance: ArrayLike<number>,
  shapley: ArrayLike<number>,
): ShapleyDistance {
  let differences = 0, squares = 0;
  for (let t = 0; t < shapley.length; t++) {
    differences += (relevance[t]! - shapley[t]!) ** 2;
    squares += shapley[t]! ** 2;
  }
  const k = Math.min(5, shapley.length);
  const top = new Set(largestWords(shapley, k));
  const shared = largestWords(relevance, k).filter((t) => top.has(t)).length;
  return {
    pearson: pearson(relevance, shapley),
    tauB: kendallTauB(relevance, shapley),
    topOverlap: k === 0 ? 1 : shared / k,
    relativeDistance: squares === 0 ? undefined : Math.sqrt(differences / squares),
  };
}
