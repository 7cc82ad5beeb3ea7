import type { Limits } from "./exact_limits.ts";

/** Widens limits to values that were reached, so that none lies outside (closure). */
export function widened({ upper, lower }: Limits, reached: readonly number[]): Limits {
  return { upper: Math.max(upper, ...reached), lower: Math.min(lower, ...reached) };
}

/**
 * AOPC between its limits, NAOPC = (AOPC − L) / (U − L) (Edin et al. 2025).
 *
 * @param aopc The AOPC of comprehensiveness or sufficiency.
 * @param limits Its limits.
 * @param full v(N), which says what counts as no difference: 1e-9 · max(1, |v(N)|).
 * @returns A number in [0, 1]; undefined where the limits are equal.
 *
 * @example
 * ```ts
 * import { normalisedAopc } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(normalisedAopc(3, { upper: 3.5, lower: 2.5 }, 4), 0.5);
 * assertEquals(normalisedAopc(3, { upper: 3, lower: 3 }, 4), undefined);
 * ```
 */
export function normalisedAopc(
  aopc: number,
  { upper, lower }: Limits,
  full: number,
): number | undefined {
  const range = upper - lower;
  return range <= 1e-9 * Math.max(1, Math.abs(full)) ? undefined : (aopc - lower) / range;
}
