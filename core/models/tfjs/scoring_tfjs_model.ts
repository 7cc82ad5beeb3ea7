import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Input, Model } from "../../model.ts";
import type { FloatArray } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import type { Lengths } from "./_lengths.ts";
import type { Predictor } from "./_predictor.ts";
import type { RowEncoder } from "./_row_encoder.ts";

/** A document as a {@linkcode ScoringTfjsModel} sees it. */
export interface ScoringTfjsInput extends Input {
  /** The row of the Embedding of each word, −1 for the zero vector, shape [T]. */
  readonly rows: Int32Array;
  /**
   * Where the rows go that the library sees: row i of them is position `order[i]`. Absent where it
   * sees all as they are.
   */
  readonly order?: Int32Array;
}

/** All that a {@linkcode ScoringTfjsModel} is made of. */
export interface ScoringTfjsParts {
  readonly classes: readonly string[];
  /** Why it has no layers. */
  readonly limitation: string;
  readonly predictor: Predictor;
  /** The row of zeros. */
  readonly zeroRow: number;
  readonly encoder: RowEncoder;
  readonly lengths: Lengths;
  readonly reader?: TextReader;
  readonly notes?: readonly string[];
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
  readonly notes: readonly string[];
  readonly maxWords?: number;
  readonly #parts: ScoringTfjsParts;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor(parts: ScoringTfjsParts) {
    this.classes = parts.classes;
    this.limitation = parts.limitation;
    this.reader = parts.reader ?? plainReader;
    this.notes = parts.notes ?? [];
    this.#parts = parts;
    const { maxWords } = parts.encoder;
    if (maxWords !== undefined) this.maxWords = maxWords;
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode(document: Document): ScoringTfjsInput {
    const encoded = this.#parts.encoder.encode(document);
    return { length: encoded.rows.length, ...encoded };
  }

  scores(input: ScoringTfjsInput, coalitions?: Coalitions): FloatArray {
    const { predictor } = this.#parts;
    const length = input.order?.length ?? input.length;
    if (coalitions === undefined) {
      const rows = new Int32Array(length);
      this.#write(input, [], rows, 0);
      return predictor.predict(rows, 1);
    }
    const classes = this.classes.length;
    const scores = new Float32Array(coalitions.size * classes);
    const max = Math.max(1, Math.floor(BATCH_ROWS / length));
    for (let from = 0; from < coalitions.size; from += max) {
      const texts = Math.min(max, coalitions.size - from);
      const rows = new Int32Array(texts * length);
      for (let m = 0; m < texts; m++) {
        this.#write(input, coalitions.deleted(from + m), rows, m * length);
      }
      scores.set(predictor.predict(rows, texts), from * classes);
    }
    return scores;
  }

  /** Writes the rows of a text as the library takes them. */
  #write(
    { rows, order }: ScoringTfjsInput,
    deleted: readonly number[],
    target: Int32Array,
    offset: number,
  ): void {
    const { zeroRow } = this.#parts;
    const left = rows.slice();
    for (const t of deleted) left[t] = -1;
    const length = order?.length ?? rows.length;
    for (let i = 0; i < length; i++) {
      const row = left[order ? order[i]! : i]!;
      target[offset + i] = row < 0 ? zeroRow : row;
    }
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
