import type { Interval } from "./interval.ts";
import { normalQuantile } from "./_normal.ts";

/**
 * Wilson's interval of a proportion (1927), which unlike p ± z √(p (1 − p) / n) stays between 0 and 1
 * and does not shrink to a point where all or none succeed.
 *
 * @param successes How many succeeded.
 * @param trials How many there were.
 * @param level The level of confidence. @default {0.95}
 * @returns The proportion and its interval; NaN without trials.
 *
 * @example
 * ```ts
 * import { proportionInterval } from "@heatword/eval/statistics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { low, high } = proportionInterval(10, 10);
 * assertAlmostEquals(low, 0.7225, 1e-4);
 * assertAlmostEquals(high, 1, 1e-12);
 * ```
 */
export function proportionInterval(successes: number, trials: number, level = 0.95): Interval {
  const z = normalQuantile((1 + level) / 2);
  const p = successes / trials;
  const center = (p + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const half = z / (1 + z ** 2 / trials) *
    Math.sqrt(p * (1 - p) / trials + z ** 2 / (4 * trials ** 2));
  return { estimate: p, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
