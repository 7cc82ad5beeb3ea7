import type { Document } from "../../document.ts";
import type { Layer } from "../../layers/mod.ts";
import type { LayeredModel, VectorInput } from "../../model.ts";
import { activations, gradientOf } from "../../network.ts";
import type { Perturbation } from "../../perturbation.ts";
import { type FloatArray, type Tensor, tensor } from "../../tensor.ts";
import { rowsInput } from "../input.ts";
import type { WordVectors } from "../word_vectors.ts";
import { windowedPerturbation } from "./_perturbation.ts";
import type { Lengths, RowEncoder } from "./_words.ts";

/** A document as a {@linkcode LayeredTfjsModel} sees it. */
export interface LayeredTfjsInput extends VectorInput {
  /** The row of the Embedding of each word, −1 for the zero vector; absent for other vectors. */
  readonly rows?: Int32Array;
}

/** All that a {@linkcode LayeredTfjsModel} is made of. */
export interface LayeredTfjsParts {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly vectors: WordVectors;
  readonly encoder: RowEncoder;
  readonly lengths: Lengths;
}

/**
 * A TensorFlow.js model as layers of its own: it gives scores, gradients and layers, so that every
 * explainer works on it. A deleted word is the zero vector.
 */
export class LayeredTfjsModel implements LayeredModel<LayeredTfjsInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly maxWords?: number;
  /** Nothing: it has all that explainers may need. */
  declare readonly lacks?: string;
  /** The word vectors: the weights of the Embedding. */
  readonly vectors: WordVectors;
  /** Numbers a word vector D. */
  readonly dimensions: number;
  readonly #encoder: RowEncoder;
  readonly #lengths: Lengths;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor({ classes, layers, vectors, encoder, lengths }: LayeredTfjsParts) {
    this.classes = classes;
    this.layers = layers;
    this.vectors = vectors;
    this.dimensions = vectors.dimensions;
    this.#encoder = encoder;
    this.#lengths = lengths;
    if (lengths.fixed !== undefined) this.maxWords = lengths.fixed;
  }

  encode(document: Document): LayeredTfjsInput {
    return rowsInput(this.#encoder.encode(document).rows, this.vectors);
  }

  /**
   * Makes an input of words that are known by their rows.
   *
   * @param rows Rows of the Embedding in text order, −1 for the zero vector; copied.
   * @returns The input; fewer rows than the model takes are filled up with −1.
   * @throws {RangeError} If a row is out of range, or there are more than the model takes.
   */
  inputFromRows(rows: ArrayLike<number>): LayeredTfjsInput {
    const { least, fixed = Math.max(least, rows.length) } = this.#lengths;
    if (rows.length > fixed) {
      throw new RangeError(`Cannot take ${rows.length} words: the model takes ${fixed}`);
    }
    const all = new Int32Array(fixed).fill(-1);
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      if (!Number.isInteger(row) || row < -1 || row >= this.vectors.size) {
        throw new RangeError(`Cannot take row ${row}: there are ${this.vectors.size} rows`);
      }
      all[t] = row;
    }
    return rowsInput(all, this.vectors);
  }

  layerInput(input: LayeredTfjsInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  scores(input: LayeredTfjsInput): FloatArray {
    return activations(this.layers, this.layerInput(input)).at(-1)!.data;
  }

  gradient(input: LayeredTfjsInput, weights: FloatArray): FloatArray {
    return gradientOf(this.layers, this.layerInput(input), weights).data;
  }

  withVectors(input: LayeredTfjsInput, vectors: FloatArray): LayeredTfjsInput {
    const { length } = input;
    if (vectors.length !== length * this.dimensions) {
      throw new RangeError(
        `Cannot replace ${length * this.dimensions} numbers by ${vectors.length}`,
      );
    }
    return { length, dimensions: this.dimensions, vectors };
  }

  withoutWords(input: LayeredTfjsInput, positions: Iterable<number>): LayeredTfjsInput {
    if (input.rows) {
      const rows = input.rows.slice();
      for (const t of positions) rows[t] = -1;
      return rowsInput(rows, this.vectors);
    }
    const vectors = input.vectors.slice();
    for (const t of positions) vectors.fill(0, t * this.dimensions, (t + 1) * this.dimensions);
    return { length: input.length, dimensions: this.dimensions, vectors };
  }

  perturb(input: LayeredTfjsInput): Perturbation {
    return windowedPerturbation(this.layers, this.layerInput(input));
  }
}
