import { studentQuantile } from "./_student.ts";
import type { Interval } from "./interval.ts";

/**
 * The interval of a mean, by Student's t: mean ± t·sd/√n with n − 1 degrees of freedom.
 *
 * @param mean The mean.
 * @param variance The variance of the numbers, with n − 1 in the denominator.
 * @param count How many numbers there are.
 * @param level The level of confidence. @default {0.95}
 * @returns The interval; NaN at both ends with fewer than two numbers.
 *
 * @example
 * ```ts
 * import { meanInterval } from "@heatword/eval/statistics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // 1 and 3: sd √2, standard error 1, t of one degree of freedom 12.706.
 * assertAlmostEquals(meanInterval(2, 2, 2).low, 2 - 12.706, 1e-3);
 * ```
 */
export function meanInterval(
  mean: number,
  variance: number,
  count: number,
  level = 0.95,
): Interval {
  if (count < 2) return { estimate: mean, low: NaN, high: NaN };
  const reach = studentQuantile((1 + level) / 2, count - 1) * Math.sqrt(variance / count);
  return { estimate: mean, low: mean - reach, high: mean + reach };
}
