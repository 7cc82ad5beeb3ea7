import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import { type Layer, pickRows } from "../../layers/mod.ts";
import type { LayeredModel, ScoresAndGradients } from "../../model.ts";
import { activations, backThrough } from "../../network.ts";
import type { Random } from "../../random.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import {
  type AboutInput,
  checkedRows,
  type RowsInput,
  rowsInput,
  withoutWords,
  withVectors,
} from "../rows_input.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import { readsWordByWord, scoreTexts } from "../coalition_texts.ts";
import { WindowedText } from "../windowed_text.ts";
import type { Lengths } from "./_lengths.ts";
import type { RowEncoder } from "./_row_encoder.ts";

/** A document as a {@linkcode LayeredTfjsModel} sees it: rows of the Embedding. */
export type LayeredTfjsInput = RowsInput;

/** All that a {@linkcode LayeredTfjsModel} is made of. */
export interface LayeredTfjsParts {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly vectors: EmbeddingTable;
  readonly encoder: RowEncoder;
  readonly lengths: Lengths;
  readonly reader?: TextReader;
  readonly notes?: readonly string[];
  /**
   * The layers for a text in which some rows of the Embedding are padding that they pass over.
   *
   * @default {no row is passed over}
   */
  readonly layersFor?: (mask: Uint8Array) => readonly Layer[];
  /** Which rows are padding, where they are passed over. @default {none} */
  readonly isPadding?: (row: number) => boolean;
  /** How many layers have learned numbers. */
  readonly weightedLayers: number;
  /** Makes a copy with the learned numbers of the first layers shuffled. */
  readonly shuffled: (random: Random, layers?: number) => LayeredTfjsModel;
}

/** A text whose coalitions are scored. */
interface PlacedText {
  readonly input: LayeredTfjsInput;
  readonly text: WindowedText;
  /** Where positions of the input stand in what the layers see, increasing. */
  readonly placesOf: (positions: readonly number[]) => readonly number[];
}

/** Positions of the input by their place in what the layers see. */
function placesOf(order: Int32Array, length: number): Int32Array {
  const places = new Int32Array(length).fill(-1);
  order.forEach((position, place) => places[position] = place);
  return places;
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
  readonly vectors: EmbeddingTable;
  /** Numbers a word vector D. */
  readonly dimensions: number;
  /** How it reads texts. */
  readonly reader: TextReader;
  readonly notes: readonly string[];
  readonly weightedLayers: number;
  readonly #shuffled: LayeredTfjsParts["shuffled"];
  readonly #encoder: RowEncoder;
  readonly #lengths: Lengths;
  readonly #layersFor: ((mask: Uint8Array) => readonly Layer[]) | undefined;
  readonly #isPadding: (row: number) => boolean;
  readonly #readsWordByWord: boolean;
  readonly #masked = new WeakMap<Uint8Array, readonly Layer[]>();
  /** The text whose coalitions were scored last. */
  #windowed: PlacedText | undefined;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor(parts: LayeredTfjsParts) {
    const { classes, layers, vectors, encoder, lengths, reader, notes = [] } = parts;
    this.classes = classes;
    this.layers = layers;
    this.vectors = vectors;
    this.dimensions = vectors.dimensions;
    this.reader = reader ?? plainReader;
    this.notes = notes;
    this.weightedLayers = parts.weightedLayers;
    this.#shuffled = parts.shuffled;
    this.#encoder = encoder;
    this.#lengths = lengths;
    this.#layersFor = parts.layersFor;
    this.#isPadding = parts.isPadding ?? (() => false);
    this.#readsWordByWord = layers.some(readsWordByWord);
    if (encoder.maxWords !== undefined) this.maxWords = encoder.maxWords;
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode(document: Document): LayeredTfjsInput {
    const { rows, ...about } = this.#encoder.encode(document);
    return this.#inputOf(rows, about);
  }

  /** An input of rows; where some are passed over, with the mask that says so. */
  #inputOf(rows: Int32Array, about: AboutInput = {}): LayeredTfjsInput {
    if (!this.#layersFor || !rows.some(this.#isPadding)) {
      return rowsInput(rows, this.vectors, about);
    }
    const { order = rows.keys().toArray() } = about;
    const mask = Uint8Array.from(order, (t) => this.#isPadding(rows[t]!) ? 0 : 1);
    return rowsInput(rows, this.vectors, { ...about, mask });
  }

  /**
   * Makes an input of words that are known by their rows.
   *
   * @param rows Rows of the Embedding in text order, −1 for the zero vector; copied.
   * @returns The input; fewer rows than the model takes are filled up with −1, or as texts are where a
   * start or padding stands before them.
   * @throws {RangeError} If a row is out of range, or there are more than the model takes.
   */
  inputFromRows(rows: ArrayLike<number>): LayeredTfjsInput {
    const length = this.#lengths.of(rows.length);
    if (rows.length > length) {
      throw new RangeError(`Cannot take ${rows.length} words: the model takes ${length}`);
    }
    if (this.#encoder.keepsOrder) {
      return this.#inputOf(checkedRows(rows, length, this.vectors.size));
    }
    const words = checkedRows(rows, rows.length, this.vectors.size);
    const { rows: all, ...about } = this.#encoder.layOut(words);
    return this.#inputOf(all, about);
  }

  layersFor({ order, mask }: LayeredTfjsInput): readonly Layer[] {
    const layers = mask ? this.#withMask(mask) : this.layers;
    return order ? [pickRows(order), ...layers] : layers;
  }

  #withMask(mask: Uint8Array): readonly Layer[] {
    let layers = this.#masked.get(mask);
    if (!layers) this.#masked.set(mask, layers = this.#layersFor!(mask));
    return layers;
  }

  layerInput(input: LayeredTfjsInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  scores(input: LayeredTfjsInput, coalitions?: Coalitions): FloatArray {
    if (coalitions === undefined) {
      return activations(this.layersFor(input), this.layerInput(input)).at(-1)!.data;
    }
    if (this.#readsWordByWord) {
      const layers = this.layersFor(input);
      return scoreTexts(layers, this.layerInput(input), coalitions, this.classes.length);
    }
    const { text, placesOf } = this.#windowedText(input);
    const scores = zerosLike(input.vectors, coalitions.size * this.classes.length);
    for (let m = 0; m < coalitions.size; m++) {
      scores.set(text.score(placesOf(coalitions.deleted(m))), m * this.classes.length);
    }
    return scores;
  }

  /** What scores sets of words of an input, and where these stand in what the layers see. */
  #windowedText(input: LayeredTfjsInput): PlacedText {
    if (this.#windowed?.input === input) return this.#windowed;
    const { order, mask } = input;
    const whole = this.layerInput(input);
    const layers = mask ? this.#withMask(mask) : this.layers;
    const text = new WindowedText(layers, order ? pickRows(order).forward(whole) : whole);
    const places = order && placesOf(order, input.length);
    return this.#windowed = {
      input,
      text,
      placesOf: (positions) =>
        places
          ? positions.map((t) => places[t]!).filter((place) => place >= 0).sort((a, b) => a - b)
          : positions,
    };
  }

  gradient(input: LayeredTfjsInput, weights: FloatArray): FloatArray {
    return this.scoresAndGradients(input, [weights]).gradients[0]!;
  }

  scoresAndGradients(
    input: LayeredTfjsInput,
    weights: readonly FloatArray[],
  ): ScoresAndGradients {
    const layers = this.layersFor(input);
    const values = activations(layers, this.layerInput(input));
    const output = values.at(-1)!;
    const gradients = weights.map((list) => {
      const data = zerosLike(output.data, list.length);
      data.set(list);
      return backThrough(layers, values, { shape: output.shape, data }).data;
    });
    return { scores: output.data, gradients };
  }

  withShuffledWeights(random: Random, layers?: number): LayeredTfjsModel {
    return this.#shuffled(random, layers);
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
