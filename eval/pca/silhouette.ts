import type { FloatArray } from "@heatword/core";

/** How well groups of points are separated. */
export interface Silhouette {
  /** Mean silhouette value of all points that are in a group. */
  readonly mean: number;
  /** Mean silhouette value of the points of each group; NaN for an empty one. */
  readonly byGroup: readonly number[];
}

/** From so many dimensions on, distances are taken from dot products. */
const MANY_DIMENSIONS = 8;
/** Rows that stay in the cache of a core meanwhile. */
const BLOCK = 64;

/** Takes the distance of two points. */
type Add = (i: number, j: number, squared: number) => void;

/** Goes through all pairs of points by the differences of their coordinates. */
function addDifferences(points: FloatArray, dimensions: number, count: number, add: Add): void {
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      let squared = 0;
      for (let d = 0; d < dimensions; d++) {
        squared += (points[i * dimensions + d]! - points[j * dimensions + d]!) ** 2;
      }
      add(i, j, squared);
    }
  }
}

/**
 * Goes through all pairs of points by their dot products, ‖x‖² + ‖y‖² − 2 x·y, two points against
 * four at a time, so that each number is loaded once for several pairs.
 */
function addProducts(points: FloatArray, dimensions: number, count: number, add: Add): void {
  const p = Float64Array.from(points);
  const norms = new Float64Array(count);
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += p[a + d]! * p[b + d]!;
    return sum;
  };
  for (let i = 0; i < count; i++) norms[i] = dot(i * dimensions, i * dimensions);
  const put = (i: number, j: number, product: number) =>
    add(i, j, Math.max(0, norms[i]! + norms[j]! - 2 * product));
  for (let block = 0; block < count; block += BLOCK) {
    const end = Math.min(count, block + BLOCK);
    for (let i = 0; i < end; i += 2) {
      const a = i * dimensions, b = a + dimensions;
      const pair = i + 1 < count;
      if (pair && i >= block) put(i, i + 1, dot(a, b));
      let j = Math.max(block, i + 2);
      for (; pair && j + 3 < end; j += 4) {
        const j0 = j * dimensions, j1 = j0 + dimensions, j2 = j1 + dimensions, j3 = j2 + dimensions;
        let s0 = 0, s1 = 0, s2 = 0, s3 = 0, t0 = 0, t1 = 0, t2 = 0, t3 = 0;
        for (let d = 0; d < dimensions; d++) {
          const x = p[a + d]!, y = p[b + d]!;
          const p0 = p[j0 + d]!, p1 = p[j1 + d]!, p2 = p[j2 + d]!, p3 = p[j3 + d]!;
          s0 += x * p0;
          s1 += x * p1;
          s2 += x * p2;
          s3 += x * p3;
          t0 += y * p0;
          t1 += y * p1;
          t2 += y * p2;
          t3 += y * p3;
        }
        put(i, j, s0);
        put(i, j + 1, s1);
        put(i, j + 2, s2);
        put(i, j + 3, s3);
        put(i + 1, j, t0);
        put(i + 1, j + 1, t1);
        put(i + 1, j + 2, t2);
        put(i + 1, j + 3, t3);
      }
      for (; j < end; j++) {
        put(i, j, dot(a, j * dimensions));
        if (pair) put(i + 1, j, dot(b, j * dimensions));
      }
    }
  }
}

/** Adds up, for each point, its Euclidean distances to the points of each group, shape [N, groups]. */
function distanceSums(
  points: FloatArray,
  dimensions: number,
  groups: Int32Array,
  groupCount: number,
): Float64Array {
  const sums = new Float64Array(groups.length * groupCount);
  const add: Add = (i, j, squared) => {
    const distance = Math.sqrt(squared);
    sums[i * groupCount + groups[j]!]! += distance;
    sums[j * groupCount + groups[i]!]! += distance;
  };
  const through = dimensions >= MANY_DIMENSIONS ? addProducts : addDifferences;
  through(points, dimensions, groups.length, add);
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
