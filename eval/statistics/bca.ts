import type { Interval } from "./interval.ts";
import { normalCdf, normalQuantile } from "./_normal.ts";
import { quantile } from "./_quantile.ts";

/** A BCa interval and what shaped it. */
export interface BcaInterval extends Interval {
  /** The correction of bias, z₀; not finite where all resamples lie on one side of the estimate. */
  readonly bias: number;
  /** The acceleration, a. */
  readonly acceleration: number;
}

/** Numbers that differ by rounding alone count as equal. */
const ROUNDING = 1e-12;

function accelerationOf(leaveOneOut: ArrayLike<number>): number {
  const values = Array.from(leaveOneOut);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let squares = 0, cubes = 0;
  for (const value of values) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  const size = Math.max(1, Math.abs(mean));
  return squares <= values.length * (ROUNDING * size) ** 2 ? 0 : cubes / (6 * squares ** 1.5);
}

/**
 * The bias-corrected and accelerated bootstrap interval, BCa (Efron 1987): z₀ = Φ⁻¹ of the share of
 * resamples below the estimate, equal ones by half; a = Σ(θ̄ − θᵢ)³ / (6 (Σ(θ̄ − θᵢ)²)^1.5) over the
 * estimates without one observation each, 0 where they are constant. The ends are the quantiles, by
 * linear interpolation, at Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))). Where all resamples lie on one side
 * of the estimate, the ends are the smallest and the largest of them.
 *
 * @param estimate The estimate from all observations.
 * @param resampled The estimate from each resample, in any order.
 * @param leaveOneOut The estimate without each observation.
 * @param level The level of confidence. @default {0.95}
 * @returns The interval; NaN at both ends without resamples or where an estimate is not a number.
 * @throws {RangeError} If the level is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { bcaInterval } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * // Every resample equals the estimate, so the interval is a point.
 * const { low, high } = bcaInterval(1, [1, 1, 1, 1], [1, 1]);
 * assertEquals([low, high], [1, 1]);
 * ```
 */
export function bcaInterval(
  estimate: number,
  resampled: ArrayLike<number>,
  leaveOneOut: ArrayLike<number>,
  level = 0.95,
): BcaInterval {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Cannot take a level of confidence of ${level}: it lies between 0 and 1`);
  }
  const sorted = Float64Array.from(resampled).sort();
  const acceleration = accelerationOf(leaveOneOut);
  // Sorting puts NaN last.
  if (Number.isNaN(estimate) || sorted.length === 0 || Number.isNaN(sorted.at(-1)!)) {
    return { estimate, low: NaN, high: NaN, bias: NaN, acceleration };
  }
  const margin = ROUNDING * Math.max(1, Math.abs(estimate));
  let below = 0;
  for (const value of sorted) {
    below += value < estimate - margin ? 1 : value <= estimate + margin ? 0.5 : 0;
  }
  const bias = normalQuantile(below / sorted.length);
  if (!Number.isFinite(bias)) {
    return { estimate, low: sorted[0]!, high: sorted.at(-1)!, bias, acceleration };
  }
  const end = (share: number) => {
    const shifted = bias + normalQuantile(share);
    return quantile(sorted, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  return { estimate, low: end((1 - level) / 2), high: end((1 + level) / 2), bias, acceleration };
}
