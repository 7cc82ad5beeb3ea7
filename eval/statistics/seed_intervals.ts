import { Random } from "@heatword/core";
import type { Interval } from "./interval.ts";
import { meanOf } from "./mean.ts";
import { meanInterval } from "./mean_interval.ts";
import { quantile } from "./_quantile.ts";
import { studentTwoSided } from "./_student.ts";

/**
 * The interval of a mean over seeds, i.e. trained models: mean of the seeds' means ± t·sd/√S with
 * S − 1 degrees of freedom. It speaks about the recipe; with few seeds it is the one to quote, since
 * the crossed bootstrap is too narrow.
 *
 * @param values The numbers of each seed's documents, shape [S, N].
 * @param level The level of confidence. @default {0.95}
 * @returns The interval; NaN at both ends with fewer than two seeds.
 *
 * @example
 * ```ts
 * import { overSeedsInterval } from "@heatword/eval/statistics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Means 1 and 3: sd √2, standard error 1, t of one degree of freedom 12.706.
 * const { estimate, low } = overSeedsInterval([[0, 2], [3, 3]]);
 * assertAlmostEquals(estimate, 2);
 * assertAlmostEquals(low, 2 - 12.706, 1e-3);
 * ```
 */
export function overSeedsInterval(
  values: readonly ArrayLike<number>[],
  level = 0.95,
): Interval {
  const { estimate, variance, seeds } = overSeeds(values);
  return meanInterval(estimate, variance, seeds, level);
}

/** The mean of the seeds' means, and their variance. */
function overSeeds(values: readonly ArrayLike<number>[]) {
  const means = values.map(meanOf);
  const estimate = meanOf(means);
  const squares = means.reduce((sum, value) => sum + (value - estimate) ** 2, 0);
  return { estimate, variance: squares / (means.length - 1), seeds: means.length };
}

/**
 * The two-sided p-value of paired differences over seeds, i.e. trained models: Student's t of the
 * seeds' means, with S − 1 degrees of freedom. It is below 0.05 where the interval of
 * {@linkcode overSeedsInterval} does not hold 0. Flipped signs of so few means could not be: of five
 * there are 32 ways.
 *
 * @param differences The differences of each seed's documents, shape [S, N].
 * @returns The p-value; 1 with fewer than two seeds, where the mean is 0, and where a seed has no
 * documents.
 *
 * @example
 * ```ts
 * import { overSeedsTest } from "@heatword/eval/statistics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Means 1 and 3: t = 2 of one degree of freedom, whose distribution is Cauchy's.
 * assertAlmostEquals(overSeedsTest([[0, 2], [3, 3]]), 1 - 2 * Math.atan(2) / Math.PI, 1e-9);
 * ```
 */
export function overSeedsTest(differences: readonly ArrayLike<number>[]): number {
  if (differences.length < 2) return 1;
  const { estimate, variance, seeds } = overSeeds(differences);
  // Of no documents there is no mean, and nothing follows.
  if (estimate === 0 || Number.isNaN(estimate)) return 1;
  return studentTwoSided(estimate / Math.sqrt(variance / seeds), seeds - 1);
}

/** The draws of a crossed bootstrap: which seeds, and which documents. */
export interface CrossedDraws {
  /** For each resample the seeds drawn, shape [B, S]. */
  readonly seeds: readonly ArrayLike<number>[];
  /** For each resample the documents drawn, the same for all seeds; shape [B, N]. */
  readonly documents: readonly ArrayLike<number>[];
}

/** Draws seeds and documents independently of each other. */
function drawCrossed(seeds: number, documents: number, resamples: number, seed: number) {
  const random = new Random(seed);
  const draw = (n: number) => Int32Array.from({ length: n }, () => random.below(n));
  const drawn = { seeds: [] as Int32Array[], documents: [] as Int32Array[] };
  for (let b = 0; b < resamples; b++) {
    drawn.seeds.push(draw(seeds));
    drawn.documents.push(draw(documents));
  }
  return drawn;
}

/**
 * The percentile interval of a mean over seeds and documents, both resampled independently of each
 * other (the crossed bootstrap). All seeds share the documents.
 *
 * @param values The numbers of each seed's documents, shape [S, N].
 * @param options The draws, or how many to make with which seed; and the level of confidence.
 * @returns The interval.
 * @throws {RangeError} If seeds differ in their number of documents.
 */
export function crossedInterval(
  values: readonly ArrayLike<number>[],
  options: {
    readonly draws?: CrossedDraws;
    readonly resamples?: number;
    readonly seed?: number;
    readonly level?: number;
  } = {},
): Interval {
  const documents = values[0]?.length ?? 0;
  const odd = values.find(({ length }) => length !== documents);
  if (odd) throw new RangeError(`Cannot cross seeds of ${documents} and ${odd.length} documents`);
  const { resamples = 10_000, seed = 0, level = 0.95 } = options;
  const draws = options.draws ?? drawCrossed(values.length, documents, resamples, seed);
  const means = draws.seeds.map((drawn, b) => {
    const places = draws.documents[b]!;
    let sum = 0;
    for (let s = 0; s < drawn.length; s++) {
      const row = values[drawn[s]!]!;
      for (let i = 0; i < places.length; i++) sum += row[places[i]!]!;
    }
    return sum / (drawn.length * places.length);
  });
  const sorted = Float64Array.from(means).sort();
  const end = (share: number) => quantile(sorted, share);
  return {
    estimate: meanOf(values.map(meanOf)),
    low: end((1 - level) / 2),
    high: end((1 + level) / 2),
  };
}
