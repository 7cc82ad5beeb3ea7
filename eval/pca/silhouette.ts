import type { FloatArray } from "@heatword/core";

/** How well groups of points are separated. */
export interface Silhouette {
  /** Mean silhouette value of all points that are in a group. */
  readonly mean: number;
  /** Mean silhouette value of the points of each group; NaN for an empty one. */
  readonly byGroup: readonly number[];
}

/**
 * Adds up, for each point, its Euclidean distances to the points of each group, shape
 * [N, groups]. Rows are taken four by four, so that each number is loaded once for four pairs.
 */
function distanceSums(
  points: FloatArray,
  dimensions: number,
  groups: ArrayLike<number>,
  groupCount: number,
): Float64Array {
  const count = groups.length;
  const sums = new Float64Array(count * groupCount);
  const add = (i: number, j: number, squared: number) => {
    const distance = Math.sqrt(squared);
    sums[i * groupCount + groups[j]!]! += distance;
    sums[j * groupCount + groups[i]!]! += distance;
  };
  for (let i = 0; i < count; i++) {
    const row = i * dimensions;
    let j = i + 1;
    for (; j + 3 < count; j += 4) {
      const j0 = j * dimensions, j1 = j0 + dimensions, j2 = j1 + dimensions, j3 = j2 + dimensions;
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let d = 0; d < dimensions; d++) {
        const x = points[row + d]!;
        const d0 = x - points[j0 + d]!, d1 = x - points[j1 + d]!;
        const d2 = x - points[j2 + d]!, d3 = x - points[j3 + d]!;
        s0 += d0 * d0;
        s1 += d1 * d1;
        s2 += d2 * d2;
        s3 += d3 * d3;
      }
      add(i, j, s0);
      add(i, j + 1, s1);
      add(i, j + 2, s2);
      add(i, j + 3, s3);
    }
    for (; j < count; j++) {
      let squared = 0;
      for (let d = 0; d < dimensions; d++) {
        squared += (points[row + d]! - points[j * dimensions + d]!) ** 2;
      }
      add(i, j, squared);
    }
  }
  return sums;
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
  if (points.length !== groups.length * dimensions) {
    throw new RangeError(
      `Cannot group ${points.length / dimensions} points by ${groups.length} groups`,
    );
  }
  const kept = Array.from(groups, (_, i) => i).filter((i) => groups[i]! >= 0);
  const own = Int32Array.from(kept, (i) => groups[i]!);
  if (own.some((group) => group >= groupCount)) {
    throw new RangeError(`Cannot put points into a group beyond ${groupCount - 1}`);
  }
  const sizes = new Int32Array(groupCount);
  for (const group of own) sizes[group]!++;
  const dense = points instanceof Float64Array
    ? new Float64Array(kept.length * dimensions)
    : new Float32Array(kept.length * dimensions);
  kept.forEach((i, k) => {
    dense.set(points.subarray(i * dimensions, (i + 1) * dimensions), k * dimensions);
  });
  if (sizes.filter((size) => size > 0).length < 2) {
    return { mean: NaN, byGroup: Array.from(sizes, () => NaN) };
  }
  const sums = distanceSums(dense, dimensions, own, groupCount);
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
