import type { Explainer, Relevance } from "@heatword/core";

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
 * How far the relevances are from summing to what they should:
 * |Σ_t R_t − expected| / max(1, |expected|). Every figure of conservation is this one.
 *
 * @param relevance The relevance.
 * @param expected What they should sum to. @default {the relevance's own expected sum, else its score}
 * @returns The relative residual.
 *
 * @example
 * ```ts
 * import { conservationResidual } from "@heatword/eval/conservation";
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
  return Math.abs(sum - expected) / Math.max(1, Math.abs(expected));
}
