import type { Layer } from "./layers/layer.ts";
import type { FloatArray, Tensor } from "./tensor.ts";

/**
 * Runs layers one after the other.
 *
 * @param layers The layers, first to last.
 * @param input The input of the first.
 * @returns The input of every layer and, last, the output: one tensor more than layers.
 */
export function activations(layers: readonly Layer[], input: Tensor): Tensor[] {
  const values = [input];
  for (const layer of layers) values.push(layer.forward(values.at(-1)!));
  return values;
}

/**
 * The gradient of a weighted sum of the outputs by the input.
 *
 * @param layers The layers, first to last.
 * @param input The input of the first.
 * @param weights A weight for each output.
 * @returns The gradient, of the input's shape.
 */
export function gradientOf(layers: readonly Layer[], input: Tensor, weights: FloatArray): Tensor {
  const values = activations(layers, input);
  const start = values.at(-1)!.data.slice();
  start.set(weights);
  let gradient: Tensor = { shape: values.at(-1)!.shape, data: start };
  for (let i = layers.length - 1; i >= 0; i--) {
    gradient = layers[i]!.backward(values[i]!, gradient);
  }
  return gradient;
}
