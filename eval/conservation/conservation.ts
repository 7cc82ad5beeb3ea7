import type { Relevance } from "@heatword/core";

/**
 * How far the relevances are from summing to what they should: |Σ_t R_t − expected| / max(1, |f|),
 * with the explained score f.
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
  return Math.abs(sum - expected) / Math.max(1, Math.abs(relevance.score));
}
