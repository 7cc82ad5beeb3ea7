import type { Explainer } from "./explainer.ts";
import type { Relevance } from "./relevance.ts";

/**
 * What relevances are promised to sum to: what they say themselves; of an explainer that conserves
 * the score and does not say, the score.
 *
 * @param explainer The explainer that found them.
 * @param relevance The relevance.
 * @returns The sum, or undefined where none is promised.
 */
export function promisedSum(
  { tags }: Pick<Explainer, "tags">,
  { expectedSum, score }: Relevance,
): number | undefined {
  return expectedSum ?? (tags.conserves === "score" ? score : undefined);
}

/**
 * How far a sum is from what it should be: |sum − expected| / max(1, |expected|), so that it is
 * relative to large sums and absolute for small ones.
 *
 * @param sum The sum that was found.
 * @param expected What it should be.
 * @returns The relative residual; NaN where one of them is.
 *
 * @example
 * ```ts
 * import { relativeResidual } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([relativeResidual(3, 4), relativeResidual(0.25, 0.5)], [0.25, 0.25]);
 * ```
 */
export function relativeResidual(sum: number, expected: number): number {
  return Math.abs(sum - expected) / Math.max(1, Math.abs(expected));
}

/**
 * How far the relevances are from summing to what they should, as {@linkcode relativeResidual} says
 * of Σ_t R_t. Every figure of conservation is this one.
 *
 * @param relevance The relevance.
 * @param expected What they should sum to. @default {the relevance's own expected sum, else its score}
 * @returns The relative residual.
 *
 * @example
 * ```ts
 * import { conservationResidual } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const words = new Float64Array([3, 0.5]);
 * const relevance = { explainer: "lrp", options: {}, target: 0, score: 4, words };
 * assertEquals(conservationResidual(relevance), 0.125);
 * ```
 */
export function conservationResidual(
  relevance: Relevance,
  expected: number = relevance.expectedSum ?? relevance.score,
): number {
  const sum = relevance.words.reduce((total, value) => total + value, 0);
  return relativeResidual(sum, expected);
}
