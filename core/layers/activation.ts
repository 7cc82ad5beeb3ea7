import { type Tensor, zerosLike } from "../tensor.ts";
import {
  type ElementFunction,
  eluFunction,
  geluFunction,
  leakyReluFunction,
  sigmoidFunction,
  tanhFunction,
} from "./element_function.ts";
import type { Layer } from "./layer.ts";

/**
 * A function of each number, of any shape.
 *
 * @param f The function.
 * @param name The name of the layer. @default {that of the function}
 * @returns The layer.
 */
export function elementwise(f: ElementFunction, name: string = f.name): Layer {
  return {
    name,
    relevance: "identity",
    ...(f.homogeneous && { homogeneous: true }),
    window: { reach: 1, stride: 1 },
    forward: ({ shape, data }): Tensor => ({ shape, data: data.map((x) => f.value(x)) }),
    backward(input, { shape, data }): Tensor {
      const gradient = zerosLike(data, data.length);
      data.forEach((value, i) => {
        const x = input.data[i]!;
        gradient[i] = value * f.slope(x, f.value(x));
      });
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
  return elementwise(tanhFunction, name);
}

/**
 * Logistic function: x ↦ 1 / (1 + e⁻ˣ), of any shape.
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function sigmoid(name = "sigmoid"): Layer {
  return elementwise(sigmoidFunction, name);
}

/**
 * Leaky rectifier, of any shape: x ↦ x where x > 0, else slope · x.
 *
 * @param slope Its slope below 0.
 * @param name The name of the layer.
 * @returns The layer.
 */
export function leakyRelu(slope: number, name = "leaky_relu"): Layer {
  return elementwise(leakyReluFunction(slope), name);
}

/**
 * Exponential linear unit, of any shape: x ↦ x where x > 0, else scale · (eˣ − 1).
 *
 * @param scale Its scale below 0.
 * @param name The name of the layer.
 * @returns The layer.
 */
export function elu(scale = 1, name = "elu"): Layer {
  return elementwise(eluFunction(scale), name);
}

/**
 * Gaussian error linear unit, of any shape: x ↦ x · Φ(x).
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function gelu(name = "gelu"): Layer {
  return elementwise(geluFunction, name);
}
