import {
  activations,
  type Coalitions,
  conv1d,
  defineModel,
  dense,
  type Document,
  type FloatArray,
  gradientOf,
  type Layer,
  type LayeredModel,
  maxOverTime,
  Random,
  relu,
  scoreEach,
  type Tensor,
  type VectorInput,
} from "@heatword/core";

/** What a model is made of that is nothing but layers. */
export interface NetworkOptions {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The layers from the word vectors [T, D] to the scores [C]. */
  readonly layers: readonly Layer[];
  /** Numbers per word (D). */
  readonly dimensions: number;
  /** Fewest words the layers can take; shorter inputs are padded with zero vectors. */
  readonly minLength: number;
  /** The vector of a word, shape [D]; a word without one is the zero vector. */
  readonly vectorOf: (word: string) => FloatArray | undefined;
}

/** A layered model that answers at once. */
export interface NetworkModel extends LayeredModel {
  /** As of every model, but at once. */
  scores(input: VectorInput, coalitions?: Coalitions): FloatArray;
  /** As of every model with gradients, but at once. */
  gradient(input: VectorInput, weights: FloatArray): FloatArray;
}

/**
 * The plainest layered model: everything is computed from its layers, nothing is fast.
 *
 * @param options What it is made of.
 * @returns The model; a float64 input gives float64 results.
 */
export function networkModel(options: NetworkOptions): NetworkModel {
  const { classes, layers, dimensions, minLength, vectorOf } = options;
  const layerInput = ({ length, vectors }: VectorInput): Tensor => ({
    shape: [length, dimensions],
    data: vectors,
  });
  const score = (input: VectorInput) => activations(layers, layerInput(input)).at(-1)!.data;
  const withoutWords = (input: VectorInput, positions: Iterable<number>) => {
    const vectors = input.vectors.slice();
    for (const t of positions) vectors.fill(0, t * dimensions, (t + 1) * dimensions);
    return { ...input, vectors };
  };
  return defineModel({
    classes,
    layers,
    layerInput,
    encode({ tokens }: Document): VectorInput {
      const length = Math.max(minLength, tokens.length);
      const vectors = new Float64Array(length * dimensions);
      tokens.forEach(({ text }, t) => vectors.set(vectorOf(text) ?? [], t * dimensions));
      return { length, dimensions, vectors };
    },
    scores: (input: VectorInput, coalitions?: Coalitions) =>
      coalitions ? scoreEach(input, coalitions, withoutWords, score) as FloatArray : score(input),
    gradient: (input: VectorInput, weights: FloatArray) =>
      gradientOf(layers, layerInput(input), weights).data,
    withoutWords,
    withVectors: (input: VectorInput, vectors: FloatArray) => ({ ...input, vectors }),
  }) as NetworkModel;
}

/** Weights of a word-CNN. */
export interface WordCnnWeights {
  /** Weights of the convolution, shape [2, D, F]. */
  readonly convWeights: FloatArray;
  /** Biases of the convolution, shape [F]. */
  readonly convBias: FloatArray;
  /** Weights of the dense layer, shape [F, C]. */
  readonly denseWeights: FloatArray;
  /** Biases of the dense layer, shape [C]. */
  readonly denseBias: FloatArray;
}

/** The layers of a word-CNN: convolution of width 2, max over time, ReLU, dense. */
export function wordCnnLayers(weights: WordCnnWeights): Layer[] {
  return [
    conv1d(weights.convWeights, weights.convBias, 2),
    maxOverTime(),
    relu(),
    dense(weights.denseWeights, weights.denseBias),
  ];
}

/** Sizes and seed of a {@linkcode miniModel}. */
export interface MiniModelOptions {
  /** Seed of the weights. @default {1} */
  readonly seed?: number;
  /** Numbers per word (D). @default {5} */
  readonly dimensions?: number;
  /** Number of filters F. @default {12} */
  readonly filters?: number;
  /** Number of classes C. @default {3} */
  readonly classes?: number;
  /** The classes in another order: the old index of each; shape [C]. */
  readonly classOrder?: readonly number[];
}

/** Weights drawn from [−scale, scale). */
function draw(random: Random, count: number, scale: number): Float64Array {
  return Float64Array.from({ length: count }, () => (2 * random.uniform() - 1) * scale);
}

/** A hash of a word (FNV-1a), to draw its vector from. */
function hash(word: string): number {
  let value = 2166136261;
  for (let i = 0; i < word.length; i++) {
    value = Math.imul(value ^ word.charCodeAt(i), 16777619) >>> 0;
  }
  return value;
}

/**
 * A small word-CNN in float64 with drawn weights, to try explainers on. Every word has a vector
 * drawn from its letters, but for words that begin with `unknown`, which have none.
 *
 * @param options Its sizes and seed.
 * @returns The model.
 *
 * @example
 * ```ts
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(miniModel({ classes: 4 }).classes, ["class 0", "class 1", "class 2", "class 3"]);
 * ```
 */
export function miniModel(options: MiniModelOptions = {}): NetworkModel {
  const { seed = 1, dimensions = 5, filters = 12, classes = 3 } = options;
  const order = options.classOrder ?? Array.from({ length: classes }, (_, c) => c);
  const random = new Random(seed);
  const convWeights = draw(random, 2 * dimensions * filters, 0.7);
  const convBias = draw(random, filters, 0.3);
  const denseWeights = draw(random, filters * classes, 0.8);
  const denseBias = draw(random, classes, 0.3);
  const layers = wordCnnLayers({
    convWeights,
    convBias,
    denseWeights: denseWeights.map((_, i) => denseWeights[i - i % classes + order[i % classes]!]!),
    denseBias: denseBias.map((_, c) => denseBias[order[c]!]!),
  });
  return networkModel({
    classes: order.map((c) => `class ${c}`),
    layers,
    dimensions,
    minLength: 2,
    vectorOf(word) {
      if (word.startsWith("unknown")) return undefined;
      return draw(new Random(hash(word)), dimensions, 1);
    },
  });
}
