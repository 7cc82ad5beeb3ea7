import { type Tensor, zerosLike } from "../tensor.ts";
import { placeWindows, problemOf, windowOf } from "./windows.ts";
import type { RouteLayer } from "./layer.ts";

/** How the windows of a pooling lie along the text. */
export interface Pool1dOptions {
  /** Words from one window to the next. @default {the width of a window} */
  readonly stride?: number;
  /**
   * `valid`: windows lie within the text. `same`: the last ones may stand over its ends, and pool
   * what lies within.
   *
   * @default {"valid"}
   */
  readonly padding?: "valid" | "same";
}

/** Windows of a pooling, checked. */
export function poolWindows(width: number, options: Pool1dOptions, what: string) {
  const { stride = width, padding = "valid" } = options;
  const windows = { width, stride, dilation: 1, padding };
  const problem = problemOf(windows);
  if (problem !== undefined) throw new RangeError(`Cannot make ${what} of ${problem}`);
  return windows;
}

/**
 * Max-pooling over windows of the text, from [T, F] to [T′, F]. Gradient and relevance go to the
 * position that won its window, the first of equals.
 *
 * @param width Number of words in a window.
 * @param options How the windows lie along the text.
 * @param name The name of the layer.
 * @returns The layer.
 * @throws {RangeError} If width or stride is not a positive integer, or an input is too short.
 *
 * @example
 * ```ts
 * import { maxPool1d } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const input = { shape: [4, 1], data: new Float64Array([3, 1, 4, 1]) };
 * assertEquals([...maxPool1d(2).forward(input).data], [3, 4]);
 * ```
 */
export function maxPool1d(width: number, options: Pool1dOptions = {}, name = "max"): RouteLayer {
  const windows = poolWindows(width, options, "a max-pooling");
  const sources = ({ shape, data }: Tensor): Int32Array => {
    const [length, channels] = shape as [number, number];
    const { count, before } = placeWindows(length, windows);
    if (count < 1) throw new RangeError(`Cannot pool ${length} words in windows of ${width}`);
    const found = new Int32Array(count * channels);
    for (let t = 0; t < count; t++) {
      const from = Math.max(0, t * windows.stride - before);
      const to = Math.min(length, t * windows.stride - before + width);
      for (let f = 0; f < channels; f++) {
        let winner = from;
        for (let row = from + 1; row < to; row++) {
          if (data[row * channels + f]! > data[winner * channels + f]!) winner = row;
        }
        found[t * channels + f] = winner * channels + f;
      }
    }
    return found;
  };
  return {
    name,
    relevance: "route",
    ...windowOf(windows),
    sources,
    forward(input): Tensor {
      const from = sources(input);
      const data = zerosLike(input.data, from.length);
      from.forEach((source, j) => data[j] = input.data[source]!);
      return { shape: [from.length / input.shape[1]!, input.shape[1]!], data };
    },
    backward(input, outputGradient): Tensor {
      const gradient = zerosLike(outputGradient.data, input.data.length);
      sources(input).forEach((source, j) => gradient[source]! += outputGradient.data[j]!);
      return { shape: input.shape, data: gradient };
    },
  };
}
