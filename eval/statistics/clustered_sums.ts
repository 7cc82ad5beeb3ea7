import type { Interval } from "./interval.ts";
import { studentQuantile } from "./_student.ts";

/** What is needed of values that come in clusters, such as the words of documents. */
export interface ClusteredSums {
  /** How many clusters have a value. */
  readonly clusters: number;
  /** How many values there are. */
  readonly count: number;
  /** Their sum. */
  readonly total: number;
  /** The sum of the squared sums of the clusters. */
  readonly squares: number;
  /** The sum of the sums of the clusters times their counts. */
  readonly products: number;
  /** The sum of the squared counts of the clusters. */
  readonly countSquares: number;
}

const quantiles = new Map<number, number>();

/** The 97.5 % quantile of Student's t distribution, each computed once. */
function halfQuantile(freedom: number): number {
  const known = quantiles.get(freedom);
  if (known !== undefined) return known;
  const found = studentQuantile(0.975, freedom);
  quantiles.set(freedom, found);
  return found;
}

/** A 95 % interval around an estimate, by the sum of squared residuals of clusters. */
function around(estimate: number, residuals: number, clusters: number, scale: number): Interval {
  if (clusters < 2) return { estimate, low: -Infinity, high: Infinity };
  const variance = (clusters / (clusters - 1)) * Math.max(0, residuals);
  const half = (halfQuantile(clusters - 1) * Math.sqrt(variance)) / scale;
  return { estimate, low: estimate - half, high: estimate + half };
}

/**
 * The mean of values that come in clusters, with a 95 % interval over clusters: that of a ratio of two
 * sums, linearised, and Student's t (Cochran 1977, Sampling Techniques, section 6.3). Values of one
 * cluster may depend on one another.
 *
 * @param sums The sums.
 * @returns The mean; the interval has no ends where there is one cluster.
 *
 * @example
 * ```ts
 * import { clusteredMean } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * // Two documents with the values 1 and 3.
 * const sums = { clusters: 2, count: 2, total: 4, squares: 10, products: 4, countSquares: 2 };
 * assertEquals(clusteredMean(sums).estimate, 2);
 * ```
 */
export function clusteredMean(sums: ClusteredSums): Interval {
  const { clusters, count, total, squares, products, countSquares } = sums;
  const mean = total / count;
  return around(
    mean,
    squares - 2 * mean * products + mean ** 2 * countSquares,
    clusters,
    count,
  );
}

/**
 * The sum of values that come in clusters, with a 95 % interval over clusters that have a value.
 *
 * @param sums The sums.
 * @returns The sum; the interval has no ends where there is one cluster.
 *
 * @example
 * ```ts
 * import { clusteredTotal } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * const sums = { clusters: 2, count: 2, total: 4, squares: 8, products: 4, countSquares: 2 };
 * assertEquals(clusteredTotal(sums), { estimate: 4, low: 4, high: 4 });
 * ```
 */
export function clusteredTotal({ clusters, total, squares }: ClusteredSums): Interval {
  return around(total, squares - total ** 2 / clusters, clusters, 1);
}
