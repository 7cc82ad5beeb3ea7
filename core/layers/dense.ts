import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import type { LinearLayer, LinearMap } from "./layer.ts";

/**
 * Dense layer: z = Wᵀ x + b, from [N] to [M].
 *
 * @param weights W, shape [N, M].
 * @param bias b, shape [M].
 * @param name The name of the layer.
 * @returns The layer.
 * @throws {RangeError} If the number of weights is not a multiple of the number of biases.
 */
export function dense(weights: FloatArray, bias: FloatArray, name = "dense"): LinearLayer {
  const outputs = bias.length;
  const inputs = weights.length / outputs;
  if (!Number.isInteger(inputs)) {
    throw new RangeError(
      `Cannot make a dense layer of ${weights.length} weights and ${outputs} biases`,
    );
  }
  const mapWith = (w: FloatArray): LinearMap => ({
    apply({ data }): Tensor {
      const result = new Float64Array(outputs);
      for (let i = 0; i < inputs; i++) {
        const x = data[i]!;
        if (x === 0) continue;
        for (let j = 0; j < outputs; j++) result[j]! += x * w[i * outputs + j]!;
      }
      const out = zerosLike(data, outputs);
      out.set(result);
      return { shape: [outputs], data: out };
    },
    transpose({ data }, inputShape): Tensor {
      const result = zerosLike(data, inputs);
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        for (let j = 0; j < outputs; j++) sum += data[j]! * w[i * outputs + j]!;
        result[i] = sum;
      }
      return { shape: inputShape, data: result };
    },
  });
  const own = mapWith(weights);
  return {
    name,
    relevance: "linear",
    fanIn: inputs,
    bias,
    map: (change) => change ? mapWith(weights.map(change)) : own,
    forward(input): Tensor {
      const { shape, data } = own.apply(input);
      return { shape, data: data.map((value, j) => value + bias[j]!) };
    },
    backward: (input, outputGradient) => own.transpose(outputGradient, input.shape),
  };
}
