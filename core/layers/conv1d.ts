import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import { coverage, placeWindows, problemOf, repeatPerChannel, windowOf } from "./windows.ts";
import type { LinearLayer, LinearMap } from "./layer.ts";

/** How the windows of a convolution lie along the text. */
export interface Conv1dOptions {
  /** Words from one window to the next. @default {1} */
  readonly stride?: number;
  /** Words from one word of a window to the next. @default {1} */
  readonly dilation?: number;
  /**
   * `valid`: windows lie within the text. `same`: zero vectors are put around it, as TensorFlow
   * does, so that there is a window for each `stride` words.
   *
   * @default {"valid"}
   */
  readonly padding?: "valid" | "same";
}

/**
 * Convolution along the text: z_{t,f} = Σ_k Σ_d x_{t·stride + k·dilation, d} · W_{k,d,f} + b_f, from
 * [T, D] to [T′, F]; with the default options T′ = T − K + 1.
 *
 * @param weights W, shape [K, D, F].
 * @param bias b, shape [F].
 * @param width Number of words K that a filter spans.
 * @param name The name of the layer.
 * @param options How the windows lie along the text.
 * @returns The layer.
 * @throws {RangeError} If the number of weights does not fit, or an input is shorter than a filter.
 */
export function conv1d(
  weights: FloatArray,
  bias: FloatArray,
  width: number,
  name = "convolution",
  options: Conv1dOptions = {},
): LinearLayer {
  const { stride = 1, dilation = 1, padding = "valid" } = options;
  const windows = { width, stride, dilation, padding };
  const filters = bias.length;
  const dimensions = weights.length / filters / width;
  const problem = problemOf(windows);
  if (problem !== undefined || !Number.isInteger(dimensions)) {
    throw new RangeError(
      `Cannot make a convolution of ${weights.length} weights, ${filters} filters and ${
        problem ?? `width ${width}`
      }`,
    );
  }
  const place = (inputShape: readonly number[]) => {
    const placed = placeWindows(inputShape[0]!, windows);
    if (placed.count < 1 || inputShape[1] !== dimensions) {
      throw new RangeError(
        `Cannot apply filters of [${width}, ${dimensions}] to an input of [${
          inputShape.join(", ")
        }]`,
      );
    }
    return placed;
  };
  const mapWith = (w: FloatArray): LinearMap => ({
    apply({ shape, data }, wanted): Tensor {
      const { count, before } = place(shape);
      const result = zerosLike(data, count * filters);
      const sums = new Float64Array(filters);
      /** One output alone, for rows of which few are wanted. */
      const output = (t: number, f: number) => {
        let sum = 0;
        for (let k = 0; k < width; k++) {
          const row = t * stride + k * dilation - before;
          if (row < 0 || row >= shape[0]!) continue;
          for (let d = 0; d < dimensions; d++) {
            sum += data[row * dimensions + d]! * w[(k * dimensions + d) * filters + f]!;
          }
        }
        return sum;
      };
      for (let t = 0; t < count; t++) {
        if (wanted) {
          const few: number[] = [];
          for (let f = 0; f < filters; f++) if (wanted[t * filters + f] !== 0) few.push(f);
          if (few.length < filters / 8) {
            for (const f of few) result[t * filters + f] = output(t, f);
            continue;
          }
        }
        sums.fill(0);
        for (let k = 0; k < width; k++) {
          const row = t * stride + k * dilation - before;
          if (row < 0 || row >= shape[0]!) continue;
          for (let d = 0; d < dimensions; d++) {
            const x = data[row * dimensions + d]!;
            if (x === 0) continue;
            const start = (k * dimensions + d) * filters;
            for (let f = 0; f < filters; f++) sums[f]! += x * w[start + f]!;
          }
        }
        result.set(sums, t * filters);
      }
      return { shape: [count, filters], data: result };
    },
    transpose({ data }, inputShape): Tensor {
      const { count, before } = place(inputShape);
      const result = zerosLike(data, inputShape[0]! * dimensions);
      for (let t = 0; t < count; t++) {
        for (let f = 0; f < filters; f++) {
          const y = data[t * filters + f]!;
          if (y === 0) continue;
          for (let k = 0; k < width; k++) {
            const row = t * stride + k * dilation - before;
            if (row < 0 || row >= inputShape[0]!) continue;
            for (let d = 0; d < dimensions; d++) {
              result[row * dimensions + d]! += y * w[(k * dimensions + d) * filters + f]!;
            }
          }
        }
      }
      return { shape: inputShape, data: result };
    },
  });
  const project = ({ shape, data }: Tensor): Tensor => {
    const length = shape[0]!;
    const result = new Float64Array(length * width * filters);
    for (let row = 0; row < length; row++) {
      for (let d = 0; d < dimensions; d++) {
        const x = data[row * dimensions + d]!;
        if (x === 0) continue;
        for (let k = 0; k < width; k++) {
          const to = (row * width + k) * filters;
          const from = (k * dimensions + d) * filters;
          for (let f = 0; f < filters; f++) result[to + f]! += x * weights[from + f]!;
        }
      }
    }
    return { shape: [length, width, filters], data: result };
  };
  const own = mapWith(weights);
  return {
    name,
    relevance: "linear",
    ...windowOf(windows),
    fanIn: width * dimensions,
    ...(padding === "valid" && { project }),
    ...(padding === "same" && {
      fanIns: ([length]: readonly number[]) =>
        repeatPerChannel(coverage(length!, windows).map((words) => words * dimensions), filters),
    }),
    bias,
    map: (change) => change ? mapWith(weights.map(change)) : own,
    forward(input): Tensor {
      const { shape, data } = own.apply(input);
      return { shape, data: data.map((value, i) => value + bias[i % filters]!) };
    },
    backward: (input, outputGradient) => own.transpose(outputGradient, input.shape),
  };
}
