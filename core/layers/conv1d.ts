import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import type { LinearLayer, LinearMap } from "./layer.ts";

/**
 * Convolution along the text, stride 1, no padding: z_{t,f} = Σ_k Σ_d x_{t+k,d} · W_{k,d,f} + b_f,
 * from [T, D] to [T − K + 1, F].
 *
 * @param weights W, shape [K, D, F].
 * @param bias b, shape [F].
 * @param width Number of words K that a filter spans.
 * @param name The name of the layer.
 * @returns The layer.
 * @throws {RangeError} If the number of weights does not fit, or an input is shorter than a filter.
 */
export function conv1d(
  weights: FloatArray,
  bias: FloatArray,
  width: number,
  name = "convolution",
): LinearLayer {
  const filters = bias.length;
  const dimensions = weights.length / filters / width;
  if (!Number.isInteger(dimensions)) {
    throw new RangeError(
      `Cannot make a convolution of ${weights.length} weights, ${filters} filters and width ${width}`,
    );
  }
  const fanIn = width * dimensions;
  const positions = (inputShape: readonly number[]) => {
    const count = inputShape[0]! - width + 1;
    if (count < 1 || inputShape[1] !== dimensions) {
      throw new RangeError(
        `Cannot apply filters of [${width}, ${dimensions}] to an input of [${
          inputShape.join(", ")
        }]`,
      );
    }
    return count;
  };
  // A window is a contiguous run of K·D numbers of the input, starting at t·D.
  const mapWith = (w: FloatArray): LinearMap => ({
    apply({ shape, data }): Tensor {
      const count = positions(shape);
      const result = zerosLike(data, count * filters);
      const sums = new Float64Array(filters);
      for (let t = 0; t < count; t++) {
        sums.fill(0);
        for (let i = 0; i < fanIn; i++) {
          const x = data[t * dimensions + i]!;
          if (x === 0) continue;
          for (let f = 0; f < filters; f++) sums[f]! += x * w[i * filters + f]!;
        }
        result.set(sums, t * filters);
      }
      return { shape: [count, filters], data: result };
    },
    transpose({ data }, inputShape): Tensor {
      const count = positions(inputShape);
      const result = zerosLike(data, inputShape[0]! * dimensions);
      for (let t = 0; t < count; t++) {
        for (let f = 0; f < filters; f++) {
          const y = data[t * filters + f]!;
          if (y === 0) continue;
          for (let i = 0; i < fanIn; i++) result[t * dimensions + i]! += y * w[i * filters + f]!;
        }
      }
      return { shape: inputShape, data: result };
    },
  });
  const own = mapWith(weights);
  return {
    name,
    relevance: "linear",
    fanIn,
    bias,
    map: (change) => change ? mapWith(weights.map(change)) : own,
    forward(input): Tensor {
      const { shape, data } = own.apply(input);
      return { shape, data: data.map((value, i) => value + bias[i % filters]!) };
    },
    backward: (input, outputGradient) => own.transpose(outputGradient, input.shape),
  };
}
