import {
  activations,
  type FilterBank,
  type FloatArray,
  isMaxPooled,
  type LayeredModel,
  layersOf,
  maxPooledLayers,
  type VectorInput,
} from "@heatword/core";
import { FEW_WORDS } from "./_enumerate.ts";

/** Whether the layers of a model are a max-pooled convolution, whatever its filters span. */
export function hasFilters(model: LayeredModel, input: VectorInput): boolean {
  return isMaxPooled(model) ||
    maxPooledLayers(layersOf(model, input), model.layerInput(input).shape[1]!) !== undefined;
}

/** Widest filters that are taken: a window of K words has 2^K states. */
const WIDEST = 12;

/** What the filters of a model make of an input, in float64. */
export interface Filters {
  /** The filters and the dense layer. */
  readonly bank: FilterBank;
  /** What every word adds to every filter as the k-th word of a window, [K] of shape [T, F]. */
  readonly parts: readonly Float64Array[];
}

/**
 * Says why there are no exact values.
 *
 * @param why What the model is.
 * @throws {TypeError} Always.
 */
export function refuse(why: string): never {
  throw new TypeError(
    'Cannot compute exact Shapley values: explainer "shapley" needs convolutions over neighbouring ' +
      "words (no padding, stride or dilation), max over time, ReLU and one dense layer, or a text of " +
      `at most ${FEW_WORDS} words, but ${why}; "sampled-shapley" takes any model`,
  );
}

/** What the words add to the filters, by the model itself or read off its layers. */
function partsOf(model: LayeredModel, input: VectorInput): Filters {
  if (isMaxPooled(model)) return { bank: model.filterBank, parts: model.wordParts(input) };
  const { shape, data } = model.layerInput(input);
  const own = layersOf(model, input);
  const layers = maxPooledLayers(own, shape[1]!);
  if (!layers) refuse(`the layers are ${own.map(({ name }) => name).join(", ")}`);
  const parts = layers.wordParts({ shape, data: Float64Array.from(data) });
  return { bank: layers.filterBank, parts };
}

/**
 * Reads off a model what words add to filters.
 *
 * @param model The model.
 * @param input The input.
 * @returns The filters.
 * @throws {TypeError} If the model is not a max-pooled convolution, or a filter is too wide.
 */
export function filtersOf(model: LayeredModel, input: VectorInput): Filters {
  const found = partsOf(model, input);
  const widest = Math.max(...found.bank.widths);
  if (widest > WIDEST) refuse(`filters span ${widest} words, more than ${WIDEST}`);
  return found;
}

/**
 * The scores of an input and of the empty text, by the layers and in float64.
 *
 * @param model The model.
 * @param input The input.
 */
export function scoresAround(model: LayeredModel, input: VectorInput) {
  const { shape, data } = model.layerInput(input);
  const layers = layersOf(model, input);
  const run = (vectors: Float64Array): FloatArray =>
    activations(layers, { shape, data: vectors }).at(-1)!.data;
  return {
    scores: run(Float64Array.from(data)),
    emptyScores: run(new Float64Array(data.length)),
  };
}
