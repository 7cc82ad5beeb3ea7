import type { FloatArray } from "@heatword/core";
import { distanceSums, type GroupedPoints, groupedPoints } from "./_grouped_points.ts";
import { forEachPair } from "./_pairs.ts";

/** What a point's silhouette value is made of. */
interface Parts {
  /** Mean distance to the others of its group; NaN where it is alone. */
  readonly own: Float64Array;
  /** Smallest mean distance to another group, the next smallest, and the group of the smallest. */
  readonly nearest: Float64Array;
  readonly next: Float64Array;
  readonly nearestGroup: Int32Array;
}

function partsOf({ own: groups, sizes }: GroupedPoints, sums: Float64Array): Parts {
  const parts: Parts = {
    own: new Float64Array(groups.length),
    nearest: new Float64Array(groups.length).fill(Infinity),
    next: new Float64Array(groups.length).fill(Infinity),
    nearestGroup: new Int32Array(groups.length).fill(-1),
  };
  groups.forEach((group, i) => {
    parts.own[i] = sums[i * sizes.length + group]! / (sizes[group]! - 1);
    sizes.forEach((size, other) => {
      if (other === group || size === 0) return;
      const mean = sums[i * sizes.length + other]! / size;
      if (mean < parts.nearest[i]!) {
        parts.next[i] = parts.nearest[i]!;
        parts.nearest[i] = mean;
        parts.nearestGroup[i] = other;
      } else if (mean < parts.next[i]!) parts.next[i] = mean;
    });
  });
  return parts;
}

/** A point's silhouette value; 0 for one alone in its group, whose `own` is not a number. */
function valueOf(own: number, nearest: number): number {
  const larger = Math.max(own, nearest);
  return larger > 0 ? (nearest - own) / larger : 0;
}

/** For each point, the mean silhouette of the others once it is gone. */
function leaveOneOut(grouped: GroupedPoints, dimensions: number): Float64Array {
  const { dense, own: groups, sizes } = grouped;
  const count = groups.length, width = sizes.length;
  const sums = distanceSums(grouped, dimensions);
  const { own, nearest, next, nearestGroup } = partsOf(grouped, sums);
  /** The value of a point without another one at a distance. */
  const without = (i: number, gone: number, distance: number) => {
    const [group, other] = [groups[i]!, groups[gone]!];
    const rest = sums[i * width + other]! - distance;
    // Rounding must not make a distance to nobody, or a negative one.
    if (group === other) {
      return valueOf(
        sizes[group]! > 2 ? Math.max(0, rest) / (sizes[group]! - 2) : NaN,
        nearest[i]!,
      );
    }
    const mean = sizes[other]! > 1 ? Math.max(0, rest) / (sizes[other]! - 1) : Infinity;
    return valueOf(own[i]!, Math.min(mean, nearestGroup[i] === other ? next[i]! : nearest[i]!));
  };
  const totals = new Float64Array(count);
  forEachPair(dense, dimensions, count, (i, j, squared) => {
    const distance = Math.sqrt(squared);
    totals[j]! += without(i, j, distance);
    totals[i]! += without(j, i, distance);
  });
  return totals.map((total) => total / (count - 1));
}

/**
 * How much each point contributes to the mean silhouette, by leaving it out (jackknife): the mean
 * over all points plus (N − 1) times how far the silhouette of the others falls below the average of
 * such. The mean of these numbers is the mean silhouette, and their spread over √N its standard
 * error, with what a point does to the values of the others. Points of no group are left out.
 *
 * @param points The points, shape [M, D].
 * @param dimensions D.
 * @param groups The group of each point, from 0; negative for none.
 * @param groupCount How many groups there are.
 * @param mean The mean silhouette, as {@linkcode silhouette} gives it.
 * @returns A number for each of the N points that are in a group; none where the mean is not a number.
 * @throws {RangeError} As {@linkcode silhouette}.
 *
 * @example
 * ```ts
 * import { silhouette, silhouetteInfluence } from "@heatword/eval/pca";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const points = new Float64Array([0, 0, 0, 1, 1, 0, 9, 0, 9, 1, 8, 0]);
 * const groups = [0, 0, 0, 1, 1, 1];
 * const { mean } = silhouette(points, 2, groups, 2);
 * const influence = silhouetteInfluence(points, 2, groups, 2, mean);
 * assertAlmostEquals(influence.reduce((a, b) => a + b) / 6, mean, 1e-12);
 * ```
 */
export function silhouetteInfluence(
  points: FloatArray,
  dimensions: number,
  groups: ArrayLike<number>,
  groupCount: number,
  mean: number,
): Float64Array {
  const grouped = groupedPoints(points, dimensions, groups, groupCount);
  if (Number.isNaN(mean)) return new Float64Array();
  const without = leaveOneOut(grouped, dimensions);
  const average = without.reduce((a, b) => a + b, 0) / without.length;
  return without.map((value) => mean + (without.length - 1) * (average - value));
}
