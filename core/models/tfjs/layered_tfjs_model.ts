import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Layer } from "../../layers/mod.ts";
import type { LayeredModel, ScoresAndGradients } from "../../model.ts";
import { activations, backThrough } from "../../network.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../tokenizer.ts";
import {
  checkedRows,
  type RowsInput,
  rowsInput,
  withoutWords,
  withVectors,
} from "../rows_input.ts";
import type { WordVectors } from "../word_vectors.ts";
import { WindowedText } from "./_windowed_text.ts";
import type { Lengths } from "./_lengths.ts";
import type { RowEncoder } from "./_words.ts";

/** A document as a {@linkcode LayeredTfjsModel} sees it: rows of the Embedding. */
export type LayeredTfjsInput = RowsInput;

/** All that a {@linkcode LayeredTfjsModel} is made of. */
export interface LayeredTfjsParts {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly vectors: WordVectors;
  readonly encoder: RowEncoder;
  readonly lengths: Lengths;
  readonly reader?: TextReader;
}

/**
 * A TensorFlow.js model as layers of its own: it gives scores, gradients and layers, so that every
 * explainer works on it. A deleted word is the zero vector.
 */
export class LayeredTfjsModel implements LayeredModel<LayeredTfjsInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly maxWords?: number;
  /** The word vectors: the weights of the Embedding. */
  readonly vectors: WordVectors;
  /** Numbers a word vector D. */
  readonly dimensions: number;
  /** How it reads texts. */
  readonly reader: TextReader;
  readonly #encoder: RowEncoder;
  readonly #lengths: Lengths;
  /** The text whose coalitions were scored last. */
  #windowed: { readonly input: LayeredTfjsInput; readonly text: WindowedText } | undefined;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor({ classes, layers, vectors, encoder, lengths, reader }: LayeredTfjsParts) {
    this.classes = classes;
    this.layers = layers;
    this.vectors = vectors;
    this.dimensions = vectors.dimensions;
    this.reader = reader ?? plainReader;
    this.#encoder = encoder;
    this.#lengths = lengths;
    if (lengths.fixed !== undefined) this.maxWords = lengths.fixed;
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
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
    const length = this.#lengths.of(rows.length);
    if (rows.length > length) {
      throw new RangeError(`Cannot take ${rows.length} words: the model takes ${length}`);
    }
    return rowsInput(checkedRows(rows, length, this.vectors.size), this.vectors);
  }

  layerInput(input: LayeredTfjsInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  scores(input: LayeredTfjsInput, coalitions?: Coalitions): FloatArray {
    if (coalitions === undefined) {
      return activations(this.layers, this.layerInput(input)).at(-1)!.data;
    }
    if (this.#windowed?.input !== input) {
      this.#windowed = { input, text: new WindowedText(this.layers, this.layerInput(input)) };
    }
    const { text } = this.#windowed;
    const scores = zerosLike(input.vectors, coalitions.size * this.classes.length);
    for (let m = 0; m < coalitions.size; m++) {
      scores.set(text.score(coalitions.deleted(m)), m * this.classes.length);
    }
    return scores;
  }

  gradient(input: LayeredTfjsInput, weights: FloatArray): FloatArray {
    return this.scoresAndGradients(input, [weights]).gradients[0]!;
  }

  scoresAndGradients(
    input: LayeredTfjsInput,
    weights: readonly FloatArray[],
  ): ScoresAndGradients {
    const values = activations(this.layers, this.layerInput(input));
    const output = values.at(-1)!;
    const gradients = weights.map((list) => {
      const data = zerosLike(output.data, list.length);
      data.set(list);
      return backThrough(this.layers, values, { shape: output.shape, data }).data;
    });
    return { scores: output.data, gradients };
  }

  knownWords({ rows }: LayeredTfjsInput): (string | undefined)[] | undefined {
    return rows && Array.from(rows, (row) => this.#encoder.word(row));
  }

  withVectors(input: LayeredTfjsInput, vectors: FloatArray): LayeredTfjsInput {
    return withVectors(input, vectors);
  }

  withoutWords(input: LayeredTfjsInput, positions: Iterable<number>): LayeredTfjsInput {
    return withoutWords(input, positions, this.vectors);
  }
}
