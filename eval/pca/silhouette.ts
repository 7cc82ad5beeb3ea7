import type { FloatArray } from "@heatword/core";
import { distanceSums, groupedPoints } from "./_grouped_points.ts";

/** How well groups of points are separated. */
export interface Silhouette {
  /** Mean silhouette value of all points that are in a group. */
  readonly mean: number;
  /** Mean silhouette value of the points of each group; NaN for an empty one. */
  readonly byGroup: readonly number[];
}

/**
 * The silhouette (Rousseeuw 1987) of groups of points under Euclidean distance: the mean of
 * (b − a) / max(a, b), where a is a point's mean distance to the other points of its group and b the
 * smallest mean distance to another group. It is 1 for tight groups far apart, about 0 where they
 * overlap; a point alone in its group has 0. The cost is quadratic in the number of points.
 *
 * @param points The points, shape [N, D].
 * @param dimensions D.
 * @param groups The group of each point, from 0; points of a negative group are left out.
 * @param groupCount How many groups there are.
 * @returns The mean of all points and of each group; NaN with fewer than two groups that have points.
 * @throws {RangeError} If the number of points and groups differ or a group is out of range.
 *
 * @example
 * ```ts
 * import { silhouette } from "@heatword/eval/pca";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const points = new Float64Array([0, 0, 0, 1, 9, 0, 9, 1]);
 * assertAlmostEquals(silhouette(points, 2, [0, 0, 1, 1], 2).mean, 0.8892, 1e-3);
 * ```
 */
export function silhouette(
  points: FloatArray,
  dimensions: number,
  groups: ArrayLike<number>,
  groupCount: number,
): Silhouette {
  const grouped = groupedPoints(points, dimensions, groups, groupCount);
  const { own, sizes } = grouped;
  if (sizes.filter((size) => size > 0).length < 2) {
    return { mean: NaN, byGroup: Array.from(sizes, () => NaN) };
  }
  const sums = distanceSums(grouped, dimensions);
  const totals = new Float64Array(groupCount);
  own.forEach((group, i) => {
    if (sizes[group] === 1) return;
    const a = sums[i * groupCount + group]! / (sizes[group]! - 1);
    let b = Infinity;
    for (let g = 0; g < groupCount; g++) {
      if (g !== group && sizes[g]! > 0) b = Math.min(b, sums[i * groupCount + g]! / sizes[g]!);
    }
    const larger = Math.max(a, b);
    totals[group]! += larger === 0 ? 0 : (b - a) / larger;
  });
  return {
    mean: totals.reduce((sum, total) => sum + total, 0) / own.length,
    byGroup: Array.from(totals, (total, g) => total / sizes[g]!),
  };
}
