import type { Document } from "../document.ts";
import { conv1d, dense, type Layer, maxOverTime, relu } from "../layers/mod.ts";
import type { LayeredModel } from "../model.ts";
import { activations, gradientOf } from "../network.ts";
import { type Perturbation, recomputingPerturbation } from "../perturbation.ts";
import { type FloatArray, type Tensor, tensor } from "../tensor.ts";
import { RowsInput, type WordCnnInput } from "./input.ts";
import { checkWeights, FILTER_WIDTH, type NetworkWeights } from "./parameters.ts";
import { Vocabulary } from "./vocabulary.ts";
import { plainVectors, type WordVectors } from "./word_vectors.ts";

/** All that a {@linkcode WordCnn} is made of. */
export interface WordCnnParameters extends NetworkWeights {
  /** The names of the classes, in the order of the scores. */
  readonly classes: readonly string[];
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors, shape [V, D]. */
  readonly vectors: WordVectors;
}

/**
 * The text classifier of Arras et al. 2016: word vectors side by side, a convolution over two
 * words, ReLU, maximum over the text, a dense layer. A word without a vector is the zero vector,
 * the same as a deleted word.
 *
 * The maximum is taken before ReLU, which changes no score; so a filter has a winner, the largest
 * pre-activation and the first of equals, also where ReLU leaves nothing.
 */
export class WordCnn implements LayeredModel<WordCnnInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors. */
  readonly vectors: WordVectors;
  /** The learned numbers; must not be changed. */
  readonly weights: NetworkWeights;
  /** Numbers a word vector D. */
  readonly dimensions: number;
  /** Number of filters F. */
  readonly filters: number;

  /**
   * Makes a model.
   *
   * @param parameters What it is made of; kept, not copied.
   * @throws {RangeError} If sizes do not fit together.
   * @throws {TypeError} If float32 and float64 weights are mixed.
   */
  constructor(parameters: WordCnnParameters) {
    const { classes, vocabulary, vectors, ...rest } = parameters;
    const { convolutionWeights, convolutionBias, denseWeights, denseBias } = rest;
    this.classes = classes;
    this.vocabulary = vocabulary;
    this.vectors = vectors;
    this.dimensions = vectors.dimensions;
    this.filters = convolutionBias.length;
    this.weights = { convolutionWeights, convolutionBias, denseWeights, denseBias };
    checkWeights(this.weights, {
      dimensions: this.dimensions,
      filters: this.filters,
      classes: classes.length,
    });
    if (vocabulary.size !== vectors.size) {
      throw new RangeError(
        `Cannot make a word-CNN: ${vocabulary.size} words have ${vectors.size} vectors`,
      );
    }
    this.layers = [
      conv1d(convolutionWeights, convolutionBias, FILTER_WIDTH),
      maxOverTime(),
      relu(),
      dense(denseWeights, denseBias),
    ];
  }

  encode(document: Document): WordCnnInput {
    const { tokens } = document;
    const rows = new Int32Array(Math.max(FILTER_WIDTH, tokens.length)).fill(-1);
    tokens.forEach((token, t) => rows[t] = this.vocabulary.row(token.text));
    return new RowsInput(rows, this.vectors);
  }

  /**
   * Makes an input of words that are known by their rows.
   *
   * @param rows Rows of the vocabulary in text order, −1 for the zero vector; copied. Fewer than
   * two are padded with −1.
   * @returns The input.
   * @throws {RangeError} If a row is out of range.
   */
  inputFromRows(rows: ArrayLike<number>): WordCnnInput {
    const all = new Int32Array(Math.max(FILTER_WIDTH, rows.length)).fill(-1);
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      if (!Number.isInteger(row) || row < -1 || row >= this.vectors.size) {
        throw new RangeError(
          `Cannot take row ${row}: the vocabulary has ${this.vectors.size} rows`,
        );
      }
      all[t] = row;
    }
    return new RowsInput(all, this.vectors);
  }

  /**
   * Makes an input of any word vectors.
   *
   * @param vectors Row-major, shape [T, D]; kept, not copied, unless fewer than two words are padded
   * with zero vectors.
   * @returns The input.
   * @throws {RangeError} If the numbers do not make whole rows.
   */
  inputFromVectors(vectors: FloatArray): WordCnnInput {
    const { dimensions } = this;
    const length = vectors.length / dimensions;
    if (!Number.isInteger(length)) {
      throw new RangeError(`Cannot cut ${vectors.length} numbers into rows of ${dimensions}`);
    }
    if (length >= FILTER_WIDTH) return { length, dimensions, vectors };
    const padded = vectors instanceof Float64Array
      ? new Float64Array(FILTER_WIDTH * dimensions)
      : new Float32Array(FILTER_WIDTH * dimensions);
    padded.set(vectors);
    return { length: FILTER_WIDTH, dimensions, vectors: padded };
  }

  layerInput(input: WordCnnInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  scores(input: WordCnnInput): FloatArray {
    return activations(this.layers, this.layerInput(input)).at(-1)!.data;
  }

  gradient(input: WordCnnInput, weights: FloatArray): FloatArray {
    return gradientOf(this.layers, this.layerInput(input), weights).data;
  }

  withVectors(input: WordCnnInput, vectors: FloatArray): WordCnnInput {
    if (vectors.length !== input.length * this.dimensions) {
      throw new RangeError(
        `Cannot replace ${input.length * this.dimensions} numbers by ${vectors.length}`,
      );
    }
    return this.inputFromVectors(vectors);
  }

  withoutWords(input: WordCnnInput, positions: Iterable<number>): WordCnnInput {
    if (input.rows) {
      const rows = input.rows.slice();
      for (const t of positions) rows[t] = -1;
      return new RowsInput(rows, this.vectors);
    }
    const vectors = input.vectors.slice();
    for (const t of positions) vectors.fill(0, t * this.dimensions, (t + 1) * this.dimensions);
    return { ...input, vectors };
  }

  perturb(input: WordCnnInput): Perturbation {
    return recomputingPerturbation(this, input);
  }
}

/** Bare weights of a word-CNN, with or without names for the classes. */
export interface BareWordCnn extends NetworkWeights {
  /** The names of the classes. @default {["0", "1", …]} */
  readonly classes?: readonly string[];
}

/**
 * Makes a word-CNN without a vocabulary, for inputs that are given as vectors.
 *
 * @param parameters The weights; float64 for a reference.
 * @returns The model; to it, every word of a document is unknown.
 * @throws {RangeError} If sizes do not fit together.
 *
 * @example
 * ```ts
 * import { wordCnnFromWeights } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * // One number a word, one filter that adds neighbours, two classes.
 * const model = wordCnnFromWeights({
 *   convolutionWeights: new Float64Array([1, 1]),
 *   convolutionBias: new Float64Array([0]),
 *   denseWeights: new Float64Array([1, -1]),
 *   denseBias: new Float64Array([0, 10]),
 * });
 * const input = model.inputFromVectors(new Float64Array([1, 2, 4]));
 * assertEquals([...model.scores(input)], [6, 4]);
 * ```
 */
export function wordCnnFromWeights(parameters: BareWordCnn): WordCnn {
  const { convolutionWeights, convolutionBias, denseBias } = parameters;
  const dimensions = convolutionWeights.length / FILTER_WIDTH / convolutionBias.length;
  const none = convolutionWeights instanceof Float64Array
    ? new Float64Array(0)
    : new Float32Array(0);
  return new WordCnn({
    ...parameters,
    classes: parameters.classes ?? Array.from(denseBias, (_, c) => String(c)),
    vocabulary: new Vocabulary([]),
    vectors: plainVectors(none, dimensions),
  });
}
