import { type Tensor, zerosLike } from "../tensor.ts";
import type { Layer } from "./layer.ts";

/** An activation, with its derivative as a function of its value. */
function activation(
  name: string,
  apply: (x: number) => number,
  derivative: (y: number) => number,
): Layer {
  return {
    name,
    relevance: "identity",
    window: { reach: 1, stride: 1 },
    forward: ({ shape, data }): Tensor => ({ shape, data: data.map(apply) }),
    backward(input, { shape, data }): Tensor {
      const gradient = zerosLike(data, data.length);
      data.forEach((value, i) => gradient[i] = value * derivative(apply(input.data[i]!)));
      return { shape, data: gradient };
    },
  };
}

/**
 * Hyperbolic tangent, of any shape.
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function tanh(name = "tanh"): Layer {
  return activation(name, Math.tanh, (y) => 1 - y * y);
}

/**
 * Logistic function: x ↦ 1 / (1 + e⁻ˣ), of any shape.
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function sigmoid(name = "sigmoid"): Layer {
  return activation(name, (x) => 1 / (1 + Math.exp(-x)), (y) => y * (1 - y));
}
