import { type Tensor, zerosLike } from "../tensor.ts";
import type { Layer } from "./layer.ts";

/**
 * Rectifier: x ↦ max(0, x), of any shape. Its derivative at 0 is taken as 0.
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function relu(name = "relu"): Layer {
  return {
    name,
    relevance: "identity",
    homogeneous: true,
    window: { reach: 1, stride: 1 },
    forward({ shape, data }): Tensor {
      return { shape, data: data.map((value) => value > 0 ? value : 0) };
    },
    backward(input, { shape, data }): Tensor {
      const gradient = zerosLike(data, data.length);
      data.forEach((value, i) => gradient[i] = input.data[i]! > 0 ? value : 0);
      return { shape, data: gradient };
    },
  };
}
