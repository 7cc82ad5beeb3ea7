import { isBranches, isLinear, isRoute, type Layer, type LinearLayer } from "./layers/layer.ts";
import { type FilterBank, filterBankOf, type PooledConvolution } from "./max_pooled_model.ts";
import { type FloatArray, type Tensor, zerosLike } from "./tensor.ts";

/** Layers that make a max-pooled convolution; see `MaxPooledModel`. */
export interface MaxPooledLayers {
  /** The convolutions, in the order of the filters. */
  readonly convolutions: readonly LinearLayer[];
  /** Their widths and all numbers above them. */
  readonly filterBank: FilterBank;
  /**
   * What every word adds to every filter; see `MaxPooledModel.wordParts`.
   *
   * @param input The word vectors, shape [T, D].
   * @returns [K] of shape [T, F].
   */
  wordParts(input: Tensor): Float64Array[];
}

/** What a part of a network makes of the words. */
interface Pooled {
  readonly convolutions: readonly (PooledConvolution & { readonly layer: LinearLayer })[];
  /** Whether every filter is pooled, and rectified, already. */
  readonly pooled: boolean;
  readonly rectified: boolean;
}

/** The shape of a convolution without padding, stride and dilation. */
function convolutionOf(layer: Layer, dimensions: number): Pooled | undefined {
  if (!isLinear(layer) || layer.weightless || !layer.project || !layer.window) return undefined;
  const { reach, stride } = layer.window;
  // Of another size of words, it is not a layer for the words.
  if (layer.fanIn !== reach * dimensions || stride !== 1) return undefined;
  const { shape } = layer.project({ shape: [1, dimensions], data: new Float64Array(dimensions) });
  const [, width, filters] = shape as [number, number, number];
  if (width !== reach || layer.bias.length !== filters) return undefined;
  return { convolutions: [{ width, filters, layer }], pooled: false, rectified: false };
}

/** Columns with every order of three numbers, equal ones and negative ones too. */
const columns = Array.from({ length: 27 }, (_, i) => [
  Math.floor(i / 9) - 1,
  Math.floor(i / 3) % 3 - 1,
  i % 3 - 1,
]);

/** Whether a layer is the maximum over the text, the first of equals. */
function isMaximum(layer: Layer): boolean {
  if (!isRoute(layer) || layer.window) return false;
  const shape = [3, columns.length];
  const data = Float64Array.from([0, 1, 2].flatMap((t) => columns.map((column) => column[t]!)));
  const sources = layer.sources({ shape, data });
  return sources.length === columns.length &&
    columns.every((column, f) =>
      sources[f] === column.indexOf(Math.max(...column)) * columns.length + f
    );
}

/** Whether a layer is x ↦ max(0, x). */
function isRectifier(layer: Layer): boolean {
  if (layer.relevance !== "identity") return false;
  const data = Float64Array.of(-1e4, -2, -1, -1e-4, 0, 1e-4, 1, 2, 1e4);
  const { data: values } = layer.forward({ shape: [data.length], data });
  return data.every((x, i) => values[i] === Math.max(0, x));
}

/** Reads layers one after the other, the first of which takes the words. */
function read(layers: readonly Layer[], dimensions: number): Pooled | undefined {
  const [first, ...rest] = layers;
  let found = first &&
    (isBranches(first)
      ? readBranches(first.branches, dimensions)
      : convolutionOf(first, dimensions));
  for (const layer of rest) {
    if (found === undefined) return undefined;
    if (isRectifier(layer)) found = { ...found, rectified: true };
    else if (!found.pooled && isMaximum(layer)) found = { ...found, pooled: true };
    else return undefined;
  }
  return found;
}

function readBranches(
  branches: readonly (readonly Layer[])[],
  dimensions: number,
): Pooled | undefined {
  const found = branches.map((layers) => read(layers, dimensions));
  // Before pooling, filters of several widths have no outputs that could be joined.
  if (!found.every((branch) => branch?.pooled)) return undefined;
  return {
    convolutions: found.flatMap((branch) => branch!.convolutions),
    pooled: true,
    rectified: found.every((branch) => branch!.rectified),
  };
}

/** The weights of a dense layer, shape [N, M]. */
function weightsOf(layer: LinearLayer, inputs: number): FloatArray {
  const outputs = layer.bias.length;
  const weights = zerosLike(layer.bias, inputs * outputs);
  for (let c = 0; c < outputs; c++) {
    const data = zerosLike(layer.bias, outputs);
    data[c] = 1;
    const { data: column } = layer.map().transpose({ shape: [outputs], data }, [inputs]);
    for (let f = 0; f < inputs; f++) weights[f * outputs + c] = column[f]!;
  }
  return weights;
}

/**
 * Recognises layers that make a max-pooled convolution: convolutions over neighbouring words (no
 * padding, stride or dilation), each with a maximum over the text, side by side if there are several;
 * ReLU before or after the maximum or after what is side by side is joined; one dense layer.
 *
 * @param layers The layers from the word vectors to the scores.
 * @param dimensions Numbers per word (D).
 * @returns What they are; nothing if they are anything else.
 *
 * @example
 * ```ts
 * import { maxPooledLayers } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertEquals } from "@std/assert";
 *
 * const { layers } = miniModel({ dimensions: 5, filters: 12 });
 * assertEquals(maxPooledLayers(layers, 5)?.filterBank.convolutions, [{ width: 2, filters: 12 }]);
 * assertEquals(maxPooledLayers(layers.slice(1), 5), undefined);
 * ```
 */
export function maxPooledLayers(
  layers: readonly Layer[],
  dimensions: number,
): MaxPooledLayers | undefined {
  const dense = layers.at(-1);
  if (!dense || !isLinear(dense) || dense.weightless || dense.window) return undefined;
  const found = read(layers.slice(0, -1), dimensions);
  if (!found?.pooled || !found.rectified) return undefined;
  const bias = found.convolutions.flatMap(({ layer }) => [...layer.bias]);
  const filters = bias.length;
  if (dense.fanIn !== filters) return undefined;
  const biases = zerosLike(dense.bias, filters);
  biases.set(bias);
  const filterBank = filterBankOf(
    found.convolutions.map(({ width, filters }) => ({ width, filters })),
    { bias: biases, denseWeights: weightsOf(dense, filters), denseBias: dense.bias },
  );
  return {
    convolutions: found.convolutions.map(({ layer }) => layer),
    filterBank,
    wordParts(input) {
      const length = input.shape[0]!;
      const widest = Math.max(...filterBank.widths);
      const parts = Array.from({ length: widest }, () => new Float64Array(length * filters));
      let to = 0;
      for (const { layer, width, filters: own } of found.convolutions) {
        const { data } = layer.project!(input);
        for (let t = 0; t < length; t++) {
          for (let k = 0; k < width; k++) {
            const from = (t * width + k) * own;
            parts[k]!.set(data.subarray(from, from + own), t * filters + to);
          }
        }
        to += own;
      }
      return parts;
    },
  };
}
