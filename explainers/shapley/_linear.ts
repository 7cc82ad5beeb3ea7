import {
  activationsOf,
  backThrough,
  isLinear,
  type LayeredModel,
  layersOf,
  type VectorInput,
} from "@heatword/core";

/** Whether all layers of a model are linear. */
export function hasLinearLayers(model: LayeredModel, input: VectorInput): boolean {
  const layers = layersOf(model, input);
  return layers.length > 0 && layers.every(isLinear);
}

/**
 * Shapley values of a model whose layers are all linear: its scores are sums over the words, so a
 * word's value is what it adds, whichever others are there: x_t · ∂f/∂x_t.
 *
 * @param model The model.
 * @param input The input.
 * @param weights For each target a weight for each score.
 * @returns The value of each word, for each target; nothing where a layer is not linear.
 */
export function linearShapley(
  model: LayeredModel,
  input: VectorInput,
  weights: readonly Float64Array[],
): Float64Array[] | undefined {
  if (!hasLinearLayers(model, input)) return undefined;
  const layers = layersOf(model, input);
  const values = activationsOf(model, input)
    .map(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
  const { data: vectors } = values[0]!;
  return weights.map((data) => {
    const slopes = backThrough(layers, values, { shape: values.at(-1)!.shape, data }).data;
    return Float64Array.from({ length: input.length }, (_, t) => {
      let sum = 0;
      for (let i = t * input.dimensions; i < (t + 1) * input.dimensions; i++) {
        sum += vectors[i]! * slopes[i]!;
      }
      return sum;
    });
  });
}
