import type { FloatArray } from "@heatword/core";

/** From so many dimensions on, distances are taken from dot products. */
const MANY_DIMENSIONS = 8;
/** Rows that stay in the cache of a core meanwhile. */
const BLOCK = 64;

/** Takes the squared distance of two points. */
export type OnPair = (i: number, j: number, squared: number) => void;

/** Goes through all pairs of points by the differences of their coordinates. */
function pairsByDifferences(
  points: FloatArray,
  dimensions: number,
  count: number,
  onPair: OnPair,
): void {
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      let squared = 0;
      for (let d = 0; d < dimensions; d++) {
        squared += (points[i * dimensions + d]! - points[j * dimensions + d]!) ** 2;
      }
      onPair(i, j, squared);
    }
  }
}

/**
 * Goes through all pairs of points by their dot products, ‖x‖² + ‖y‖² − 2 x·y, two points against
 * four at a time, so that each number is loaded once for several pairs.
 */
function pairsByProducts(
  points: FloatArray,
  dimensions: number,
  count: number,
  onPair: OnPair,
): void {
  const p = Float64Array.from(points);
  const norms = new Float64Array(count);
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += p[a + d]! * p[b + d]!;
    return sum;
  };
  for (let i = 0; i < count; i++) norms[i] = dot(i * dimensions, i * dimensions);
  const put = (i: number, j: number, product: number) =>
    onPair(i, j, Math.max(0, norms[i]! + norms[j]! - 2 * product));
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

/**
 * Goes through all pairs of points.
 *
 * @param points The points, shape [N, D].
 * @param dimensions D.
 * @param count N.
 * @param onPair Takes each pair once.
 */
export function forEachPair(
  points: FloatArray,
  dimensions: number,
  count: number,
  onPair: OnPair,
): void {
  const through = dimensions >= MANY_DIMENSIONS ? pairsByProducts : pairsByDifferences;
  through(points, dimensions, count, onPair);
}
