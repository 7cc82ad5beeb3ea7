import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import { coverage, placeWindows, repeatPerChannel, windowOf, type Windows } from "./windows.ts";
import type { LinearLayer, LinearMap } from "./layer.ts";
import { type Pool1dOptions, poolWindows } from "./max_pool1d.ts";

/** A mean over windows that depend on the length of the text. */
function averaging(
  name: string,
  windowsFor: (length: number) => Windows,
  outputShape: (count: number, channels: number) => number[],
): Pick<LinearLayer, "name" | "relevance" | "weightless" | "fanIns" | "map"> & {
  readonly own: LinearMap;
} {
  const place = ([length, channels]: readonly number[]) => {
    const windows = windowsFor(length!);
    const { count, before } = placeWindows(length!, windows);
    if (count < 1) {
      throw new RangeError(`Cannot pool ${length} words in windows of ${windows.width}`);
    }
    const sizes = coverage(length!, windows);
    const rows = (t: number) => {
      const start = t * windows.stride - before;
      return [Math.max(0, start), Math.min(length!, start + windows.width)] as const;
    };
    return { count, channels: channels!, sizes, rows };
  };
  const mapWith = (change: (weight: number) => number): LinearMap => ({
    apply({ shape, data }): Tensor {
      const { count, channels, sizes, rows } = place(shape);
      const result = zerosLike(data, count * channels);
      for (let t = 0; t < count; t++) {
        const weight = change(1 / sizes[t]!);
        const [from, to] = rows(t);
        for (let f = 0; f < channels; f++) {
          let sum = 0;
          for (let row = from; row < to; row++) sum += data[row * channels + f]!;
          result[t * channels + f] = sum * weight;
        }
      }
      return { shape: outputShape(count, channels), data: result };
    },
    transpose({ data }, inputShape): Tensor {
      const { count, channels, sizes, rows } = place(inputShape);
      const result: FloatArray = zerosLike(data, inputShape[0]! * channels);
      for (let t = 0; t < count; t++) {
        const weight = change(1 / sizes[t]!);
        const [from, to] = rows(t);
        for (let row = from; row < to; row++) {
          for (let f = 0; f < channels; f++) {
            result[row * channels + f]! += weight * data[t * channels + f]!;
          }
        }
      }
      return { shape: inputShape, data: result };
    },
  });
  const own = mapWith((weight) => weight);
  return {
    name,
    relevance: "linear",
    weightless: true,
    fanIns: ([length, channels]) =>
      repeatPerChannel(coverage(length!, windowsFor(length!)), channels!),
    own,
    map: (change) => change ? mapWith(change) : own,
  };
}

/** Adds what all averages have: no bias, and the map as forward and backward pass. */
function asLayer(
  { own, ...rest }: ReturnType<typeof averaging>,
  fanIn: number,
  window: Pick<LinearLayer, "window">,
): LinearLayer {
  return {
    ...rest,
    ...window,
    fanIn,
    bias: new Float64Array(1),
    forward: (input) => own.apply(input),
    backward: (input, outputGradient) => own.transpose(outputGradient, input.shape),
  };
}

/**
 * Mean over windows of the text, from [T, F] to [T′, F]. A window over the end of the text is the
 * mean of what lies within.
 *
 * @param width Number of words in a window.
 * @param options How the windows lie along the text.
 * @param name The name of the layer.
 * @returns The layer.
 * @throws {RangeError} If width or stride is not a positive integer, or an input is too short.
 *
 * @example
 * ```ts
 * import { averagePool1d } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const input = { shape: [4, 1], data: new Float64Array([3, 1, 4, 2]) };
 * assertEquals([...averagePool1d(2).forward(input).data], [2, 3]);
 * ```
 */
export function averagePool1d(
  width: number,
  options: Pool1dOptions = {},
  name = "average",
): LinearLayer {
  const windows = poolWindows(width, options, "an average pooling");
  const layer = averaging(name, () => windows, (count, channels) => [count, channels]);
  return asLayer(layer, width, windowOf(windows));
}

/**
 * Mean over the whole text, from [T, F] to [F].
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function averageOverTime(name = "average"): LinearLayer {
  const whole = (length: number): Windows => {
    return { width: length, stride: length, dilation: 1, padding: "valid" };
  };
  return asLayer(averaging(name, whole, (_, channels) => [channels]), 1, {});
}
