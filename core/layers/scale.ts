import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import type { LinearLayer, LinearMap } from "./layer.ts";

/**
 * Scales and shifts each channel, the last dimension: z = w · x + b. A batch normalisation is such a
 * layer once it is trained; behind a linear layer it is better folded into its weights.
 *
 * @param weights w, shape [F].
 * @param bias b, shape [F].
 * @param name The name of the layer.
 * @returns The layer.
 * @throws {RangeError} If there are not as many weights as biases.
 *
 * @example
 * ```ts
 * import { scale } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = scale(Float64Array.of(2, 3), Float64Array.of(0, 1));
 * const { data } = layer.forward({ shape: [1, 2], data: Float64Array.of(5, 6) });
 * assertEquals([...data], [10, 19]);
 * ```
 */
export function scale(weights: FloatArray, bias: FloatArray, name = "scale"): LinearLayer {
  const channels = bias.length;
  if (weights.length !== channels) {
    throw new RangeError(
      `Cannot scale channels by ${weights.length} weights and shift them by ${channels} biases`,
    );
  }
  const times = (w: FloatArray, { data }: Tensor, shape: readonly number[]): Tensor => {
    const result = zerosLike(data, data.length);
    for (let i = 0; i < data.length; i++) result[i] = data[i]! * w[i % channels]!;
    return { shape, data: result };
  };
  const mapWith = (w: FloatArray): LinearMap => ({
    apply: (input) => times(w, input, input.shape),
    transpose: (output, inputShape) => times(w, output, inputShape),
  });
  const own = mapWith(weights);
  return {
    name,
    relevance: "linear",
    weightless: true,
    window: { reach: 1, stride: 1 },
    fanIn: 1,
    bias,
    map: (change) => change ? mapWith(weights.map(change)) : own,
    forward({ shape, data }): Tensor {
      const result = zerosLike(data, data.length);
      for (let i = 0; i < data.length; i++) {
        result[i] = data[i]! * weights[i % channels]! + bias[i % channels]!;
      }
      return { shape, data: result };
    },
    backward: (input, outputGradient) => own.transpose(outputGradient, input.shape),
  };
}
