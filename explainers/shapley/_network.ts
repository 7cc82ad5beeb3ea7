import {
  activations,
  type FloatArray,
  isLinear,
  isRoute,
  type Layer,
  type LinearLayer,
  type Tensor,
} from "@heatword/core";

/** A network of convolution, max over time, ReLU and dense layer, as seen by one input. */
export interface WordCnnView {
  /** What word t adds to filter f as the first of a window, shape [T, F]. */
  readonly first: FloatArray;
  /** What word t adds to filter f as the second of a window, shape [T, F]. */
  readonly second: FloatArray;
  /** The biases of the filters, shape [F]. */
  readonly bias: FloatArray;
  /** The dense layer. */
  readonly dense: LinearLayer;
  /** The scores, in float64. */
  readonly scores: FloatArray;
  /** The scores of the empty text, in float64. */
  readonly emptyScores: FloatArray;
}

function refuse(why: string): never {
  throw new TypeError(
    'Cannot compute exact Shapley values: explainer "shapley" needs a convolution of width 2, max ' +
      `over time, ReLU and a dense layer, but ${why}; "sampled-shapley" takes any model`,
  );
}

function structure(layers: readonly Layer[]): [LinearLayer, LinearLayer] {
  const [convolution, one, other, dense] = layers;
  const kinds = layers.map(({ name }) => name).join(", ");
  if (layers.length !== 4 || !convolution || !dense || !one || !other) {
    refuse(`the layers are ${kinds}`);
  }
  const pooled = isRoute(one) !== isRoute(other) && !isLinear(one) && !isLinear(other);
  if (!isLinear(convolution) || !isLinear(dense) || !pooled) refuse(`the layers are ${kinds}`);
  return [convolution, dense];
}

/** Checks that what lies between convolution and dense layer is max(0, max over time). */
function checkHidden(values: readonly Tensor[], filters: number): void {
  const z = values[1]!.data;
  const hidden = values[3]!.data;
  if (hidden.length !== filters) refuse("a filter has more than one output");
  for (let f = 0; f < filters; f++) {
    let most = 0;
    for (let i = f; i < z.length; i += filters) most = Math.max(most, z[i]!);
    if (Math.abs(hidden[f]! - most) > 1e-6 * Math.max(1, most)) {
      refuse("between convolution and dense layer is something else than max over time and ReLU");
    }
  }
}

/** Checks that windows are two neighbours: their values are what the two words add, and the bias. */
function checkParts(
  windows: FloatArray,
  first: FloatArray,
  second: FloatArray,
  bias: FloatArray,
): void {
  const filters = bias.length;
  for (let i = 0; i < windows.length; i++) {
    const z = first[i]! + second[i + filters]! + bias[i % filters]!;
    if (!(Math.abs(windows[i]! - z) <= 1e-6 * Math.max(1, Math.abs(z)))) {
      refuse("the filters are of another width, stride or dilation");
    }
  }
}

/** Reads off the layers what words add to filters. */
export function viewWordCnn(layers: readonly Layer[], input: Tensor): WordCnnView {
  const [convolution, dense] = structure(layers);
  const [length, dimensions] = input.shape as [number, number];
  const filters = convolution.bias.length;
  const run = (data: Float64Array) => activations(layers, { shape: input.shape, data });
  const values = run(Float64Array.from(input.data));
  if (values[1]!.shape.length !== 2 || values[1]!.shape[0] !== length - 1) {
    refuse("the filters are of another width");
  }
  const emptyValues = run(new Float64Array(input.data.length));
  checkHidden(values, filters);
  checkHidden(emptyValues, filters);
  // With an empty word behind each, even windows see a word first and odd ones the next second.
  const spaced = new Float64Array(2 * length * dimensions);
  for (let t = 0; t < length; t++) {
    spaced.set(input.data.subarray(t * dimensions, (t + 1) * dimensions), 2 * t * dimensions);
  }
  const parts = convolution.map().apply({ shape: [2 * length, dimensions], data: spaced }).data;
  const first = new Float64Array(length * filters);
  const second = new Float64Array(length * filters);
  for (let t = 0; t < length; t++) {
    first.set(parts.subarray(2 * t * filters, (2 * t + 1) * filters), t * filters);
    if (t > 0) second.set(parts.subarray((2 * t - 1) * filters, 2 * t * filters), t * filters);
  }
  checkParts(values[1]!.data, first, second, convolution.bias);
  return {
    first,
    second,
    bias: convolution.bias,
    dense,
    scores: values[4]!.data,
    emptyScores: emptyValues[4]!.data,
  };
}
