import type { Layer } from "./layers/layer.ts";
import type { LayeredModel, VectorInput } from "./model.ts";
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
 * Runs layers on several inputs of the same shape, side by side where a layer can.
 *
 * @param layers The layers, first to last.
 * @param inputs The inputs of the first.
 * @returns The output of the last for each.
 */
export function outputsOf(layers: readonly Layer[], inputs: readonly Tensor[]): Tensor[] {
  return layers.reduce(
    (values, layer) => layer.forwardAll?.(values) ?? values.map((value) => layer.forward(value)),
    [...inputs],
  );
}

/**
 * The layers of a model for an input.
 *
 * @param model The model.
 * @param input An input of that model.
 * @returns The layers, first to last, from the tensor that `layerInput` gives.
 */
export function layersOf<I extends VectorInput>(
  model: LayeredModel<I>,
  input: I,
): readonly Layer[] {
  return model.layersFor?.(input) ?? model.layers;
}

/**
 * What goes through the layers of a model, by its own faster way if it has one.
 *
 * @param model The model.
 * @param input An input of that model.
 * @returns The input of every layer of {@linkcode layersOf} and, last, the scores.
 */
export function activationsOf<I extends VectorInput>(model: LayeredModel<I>, input: I): Tensor[] {
  return model.activations?.(input) ?? activations(layersOf(model, input), model.layerInput(input));
}

/**
 * Takes a gradient back through layers.
 *
 * @param layers The layers, first to last.
 * @param values What {@linkcode activations} gives for them.
 * @param outputGradient The gradient by the output of the last.
 * @returns The gradient by the input of the first, of its shape.
 */
export function backThrough(
  layers: readonly Layer[],
  values: readonly Tensor[],
  outputGradient: Tensor,
): Tensor {
  return layers.reduceRight(
    (gradient, layer, i) => layer.backward(values[i]!, gradient),
    outputGradient,
  );
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
  const output = values.at(-1)!;
  const start = output.data.slice();
  start.set(weights);
  return backThrough(layers, values, { shape: output.shape, data: start });
}
