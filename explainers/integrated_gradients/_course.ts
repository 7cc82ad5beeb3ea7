import type { Tensor } from "@heatword/core";

/** How a tensor changes along the way from the empty text: linearly between points of it. */
export interface Course {
  /** Where on the way, increasing from 0 to 1. */
  readonly points: readonly number[];
  /** The tensor at each point. */
  readonly values: readonly Tensor[];
}

/** Between two tensors, at a part t of the way from the first to the second. */
export function between(one: Tensor, other: Tensor, t: number): Tensor {
  const data = Float64Array.from(one.data, (a, i) => a + t * (other.data[i]! - a));
  return { shape: one.shape, data };
}

/** The same course with further points, which must be in order. */
export function atPoints({ points, values }: Course, wanted: readonly number[]): Course {
  if (wanted.length === points.length) return { points, values };
  let k = 0;
  return {
    points: wanted,
    values: wanted.map((point) => {
      while (k + 1 < points.length && points[k + 1]! <= point) k++;
      if (points[k] === point) return values[k]!;
      const t = (point - points[k]!) / (points[k + 1]! - points[k]!);
      return between(values[k]!, values[k + 1]!, t);
    }),
  };
}

/** Points of several lists in order, each once. */
export function mergePoints(...lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** A number for each element, constant between two neighbouring points. */
export interface Steps {
  readonly points: readonly number[];
  /** One list for each interval between points; the same list where nothing changes. */
  readonly values: readonly Float64Array[];
}

/** Steps that are the same all the way. */
export function constant(points: readonly number[], value: Float64Array): Steps {
  return { points, values: points.slice(1).map(() => value) };
}

/** Applies a function to each value, once for neighbours that are the same list. */
export function mapSteps(
  { points, values }: Steps,
  apply: (value: Float64Array, interval: number) => Float64Array,
  sameEverywhere = false,
): Steps {
  let last: [Float64Array, Float64Array] | undefined;
  return {
    points,
    values: values.map((value, k) => {
      if (sameEverywhere && last?.[0] === value) return last[1];
      last = [value, apply(value, k)];
      return last[1];
    }),
  };
}

/** The mean over each interval between fewer points, which are among those of the steps. */
export function meanOver({ points, values }: Steps, coarse: readonly number[]): Steps {
  if (coarse.length === points.length) return { points, values };
  let k = 0;
  const means = coarse.slice(1).map((end, c) => {
    const first = values[k]!;
    const start = coarse[c]!;
    const mean = new Float64Array(first.length);
    let same = true;
    for (; k < values.length && points[k + 1]! <= end; k++) {
      const value = values[k]!;
      if (value !== first) same = false;
      const weight = (points[k + 1]! - points[k]!) / (end - start);
      for (let i = 0; i < mean.length; i++) mean[i]! += weight * value[i]!;
    }
    return same ? first : mean;
  });
  return { points: coarse, values: means };
}
