import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Input, Model } from "../../model.ts";
import type { FloatArray } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../tokenizer.ts";
import type { Lengths } from "./_lengths.ts";
import type { Predictor } from "./_predictor.ts";
import type { RowEncoder } from "./_words.ts";

/** A document as a {@linkcode ScoringTfjsModel} sees it. */
export interface ScoringTfjsInput extends Input {
  /** The row of the Embedding of each word, −1 for the zero vector, shape [T]. */
  readonly rows: Int32Array;
  /** How many of them are words; the rest is padding. */
  readonly words: number;
}

/** All that a {@linkcode ScoringTfjsModel} is made of. */
export interface ScoringTfjsParts {
  readonly classes: readonly string[];
  /** Why it has no layers. */
  readonly limitation: string;
  readonly predictor: Predictor;
  /** The row of zeros. */
  readonly zeroRow: number;
  readonly paddingSide: "post" | "pre";
  readonly encoder: RowEncoder;
  readonly lengths: Lengths;
  readonly reader?: TextReader;
}

/** Most numbers that the rows of one batch hold; what the layers make of them takes far more room. */
const BATCH_ROWS = 2 ** 14;

/**
 * A TensorFlow.js model that the library runs: it gives scores only, for explainers that ask for no
 * more. A deleted word is the zero vector here too.
 */
export class ScoringTfjsModel implements Model<ScoringTfjsInput> {
  readonly classes: readonly string[];
  readonly limitation: string;
  /** How it reads texts. */
  readonly reader: TextReader;
  readonly maxWords?: number;
  readonly #parts: ScoringTfjsParts;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor(parts: ScoringTfjsParts) {
    this.classes = parts.classes;
    this.limitation = parts.limitation;
    this.reader = parts.reader ?? plainReader;
    this.#parts = parts;
    if (parts.lengths.fixed !== undefined) this.maxWords = parts.lengths.fixed;
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode(document: Document): ScoringTfjsInput {
    const { rows, words } = this.#parts.encoder.encode(document);
    return { length: rows.length, rows, words };
  }

  scores(input: ScoringTfjsInput, coalitions?: Coalitions): FloatArray {
    const { predictor } = this.#parts;
    if (coalitions === undefined) {
      const rows = new Int32Array(input.length);
      this.#write(input, [], rows, 0);
      return predictor.predict(rows, 1);
    }
    const classes = this.classes.length;
    const scores = new Float32Array(coalitions.size * classes);
    const most = Math.max(1, Math.floor(BATCH_ROWS / input.length));
    for (let from = 0; from < coalitions.size; from += most) {
      const texts = Math.min(most, coalitions.size - from);
      const rows = new Int32Array(texts * input.length);
      for (let m = 0; m < texts; m++) {
        this.#write(input, coalitions.deleted(from + m), rows, m * input.length);
      }
      scores.set(predictor.predict(rows, texts), from * classes);
    }
    return scores;
  }

  /** Writes the rows of a text as the library takes them. */
  #write(
    { rows, words }: ScoringTfjsInput,
    deleted: readonly number[],
    target: Int32Array,
    offset: number,
  ): void {
    const { zeroRow, paddingSide } = this.#parts;
    // Padding before the words stands after them in the input, so that word t is token t.
    const shift = paddingSide === "post" ? 0 : rows.length - words;
    const place = (t: number) => offset + (t + shift) % rows.length;
    for (let t = 0; t < rows.length; t++) target[place(t)] = rows[t]! < 0 ? zeroRow : rows[t]!;
    for (const t of deleted) target[place(t)] = zeroRow;
  }

  withoutWords(input: ScoringTfjsInput, positions: Iterable<number>): ScoringTfjsInput {
    const rows = input.rows.slice();
    for (const t of positions) rows[t] = -1;
    return { ...input, rows };
  }

  /** Frees the memory that the library holds; the model cannot be used any more. */
  dispose(): void {
    this.#parts.predictor.dispose();
  }
}
