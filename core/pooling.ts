import type { FloatArray } from "./tensor.ts";

/**
 * Ways to turn the numbers of a word [D] into one: `sum` (signed; Arras et al. 2016 for LRP),
 * `squared-l2` (their SA), `l2` (their SA(l2)), `l1` (gradient magnitude), `max-norm`
 * (largest absolute value).
 */
export type Pooling = "sum" | "squared-l2" | "l2" | "l1" | "max-norm";

type Pool = (values: FloatArray, start: number, end: number) => number;

const squares: Pool = (values, start, end) => {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! * values[i]!;
  return sum;
};

const poolings: Readonly<Record<Pooling, Pool>> = {
  "sum": (values, start, end) => {
    let sum = 0;
    for (let i = start; i < end; i++) sum += values[i]!;
    return sum;
  },
  "squared-l2": squares,
  "l2": (values, start, end) => Math.sqrt(squares(values, start, end)),
  "l1": (values, start, end) => {
    let sum = 0;
    for (let i = start; i < end; i++) sum += Math.abs(values[i]!);
    return sum;
  },
  "max-norm": (values, start, end) => {
    let max = 0;
    for (let i = start; i < end; i++) max = Math.max(max, Math.abs(values[i]!));
    return max;
  },
};

/** The names of all poolings. */
export const poolingNames: readonly Pooling[] = Object.keys(poolings) as Pooling[];

/**
 * Pools the numbers of each word into one.
 *
 * @param values One row a word, shape [T, D].
 * @param dimensions Numbers per word (D).
 * @param pooling How to pool.
 * @returns One number a word, shape [T], summed in float64.
 *
 * @example
 * ```ts
 * import { poolWords } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...poolWords(new Float32Array([3, -4, 0, 1]), 2, "squared-l2")], [25, 1]);
 * ```
 */
export function poolWords(values: FloatArray, dimensions: number, pooling: Pooling): Float64Array {
  const pool = poolings[pooling];
  const words = new Float64Array(dimensions === 0 ? 0 : values.length / dimensions);
  for (let t = 0; t < words.length; t++) {
    words[t] = pool(values, t * dimensions, (t + 1) * dimensions);
  }
  return words;
}
