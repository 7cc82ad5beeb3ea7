import type { FloatArray } from "@heatword/core";
import { forEachPair } from "./_pairs.ts";

/** The points that are in a group. */
export interface GroupedPoints {
  /** The points, shape [N, D]. */
  readonly dense: FloatArray;
  /** The group of each, shape [N]. */
  readonly own: Int32Array;
  /** How many each group has. */
  readonly sizes: Int32Array;
}

/**
 * Leaves out the points of a negative group.
 *
 * @throws {RangeError} If the number of points and groups differ or a group is out of range.
 */
export function groupedPoints(
  points: FloatArray,
  dimensions: number,
  groups: ArrayLike<number>,
  groupCount: number,
): GroupedPoints {
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
  return { dense, own, sizes };
}

/** Adds up, for each point, its Euclidean distances to the points of each group, shape [N, groups]. */
export function distanceSums(
  { dense: points, own: groups, sizes }: GroupedPoints,
  dimensions: number,
): Float64Array {
  const groupCount = sizes.length;
  const sums = new Float64Array(groups.length * groupCount);
  forEachPair(points, dimensions, groups.length, (i, j, squared) => {
    const distance = Math.sqrt(squared);
    sums[i * groupCount + groups[j]!]! += distance;
    sums[j * groupCount + groups[i]!]! += distance;
  });
  return sums;
}
