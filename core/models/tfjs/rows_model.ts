import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Input } from "../../model.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import type { RowEncoder } from "./_row_encoder.ts";

/** A document as a model sees it that the library runs. */
export interface ScoringTfjsInput extends Input {
  /** The row of the Embedding of each word, −1 for the zero vector, shape [T]. */
  readonly rows: Int32Array;
  /**
   * Where the rows go that the library sees: row i of them is position `order[i]`. Absent where it
   * sees all as they are.
   */
  readonly order?: Int32Array;
}

/** What reads texts, and turns them into rows. */
export interface RowsParts {
  readonly classes: readonly string[];
  /** Why it has no layers. */
  readonly limitation: string;
  /** The row of zeros. */
  readonly zeroRow: number;
  readonly encoder: RowEncoder;
  readonly reader?: TextReader;
  readonly notes?: readonly string[];
  /** Whether the only output z is turned into two, −z/2 and z/2, whose softmax is its sigmoid. */
  readonly isSingle?: boolean;
}

/** Most numbers that the rows of one batch hold; what the layers make of them takes far more room. */
const BATCH_ROWS = 2 ** 14;

/** Rows of some texts, all of the same length. */
export interface RowBatch {
  /** Shape [texts, T]. */
  readonly rows: Int32Array;
  /** How many texts there are. */
  readonly texts: number;
}

/** A model of rows of an Embedding that the library runs; a deleted word is the zero vector. */
export abstract class RowsModel {
  /** The names of the classes, in the order of the scores. */
  readonly classes: readonly string[];
  /** Why it has no layers. */
  readonly limitation: string;
  /** How it reads texts. */
  readonly reader: TextReader;
  /** What is worth knowing of how it was read. */
  readonly notes: readonly string[];
  /** Most words that it takes, where every input has one length. */
  readonly maxWords?: number;
  readonly #parts: RowsParts;

  /** Made when a model is loaded. */
  constructor(parts: RowsParts) {
    this.classes = parts.classes;
    this.limitation = parts.limitation;
    this.reader = parts.reader ?? plainReader;
    this.notes = parts.notes ?? [];
    this.#parts = parts;
    const { maxWords } = parts.encoder;
    if (maxWords !== undefined) this.maxWords = maxWords;
  }

  /**
   * Reads a text.
   *
   * @param text The text.
   * @param about Its name and class, where they are known.
   * @returns The words that the model sees, and what it does not see.
   */
  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  /**
   * Looks up the rows of words.
   *
   * @param document The document.
   * @returns The rows, laid out as the model takes them.
   */
  encode(document: Document): ScoringTfjsInput {
    const encoded = this.#parts.encoder.encode(document);
    return { length: encoded.rows.length, ...encoded };
  }

  /**
   * Gives an input with some words deleted: they get the zero vector.
   *
   * @param input The input; it is not changed.
   * @param positions The positions to delete.
   * @returns The new input.
   */
  withoutWords(input: ScoringTfjsInput, positions: Iterable<number>): ScoringTfjsInput {
    const rows = input.rows.slice();
    for (const t of positions) rows[t] = -1;
    return { ...input, rows };
  }

  /** Where the scores of an input, or of each of its coalitions, go. */
  protected emptyScores(coalitions?: Coalitions): Float32Array {
    return new Float32Array((coalitions?.size ?? 1) * this.classes.length);
  }

  /**
   * Writes outputs as scores.
   *
   * @param found The outputs of some texts.
   * @param scores All scores.
   * @param offset Where those of these texts begin.
   * @returns Where those of the next texts begin.
   */
  protected put(found: Float32Array, scores: Float32Array, offset: number): number {
    if (!this.#parts.isSingle) {
      scores.set(found, offset);
      return offset + found.length;
    }
    found.forEach((value, i) => {
      scores[offset + 2 * i] = -value / 2;
      scores[offset + 2 * i + 1] = value / 2;
    });
    return offset + 2 * found.length;
  }

  /** The rows of an input, or of each of its coalitions, as the library takes them. */
  protected *batches(input: ScoringTfjsInput, coalitions?: Coalitions): Generator<RowBatch> {
    const length = input.order?.length ?? input.length;
    const size = coalitions?.size ?? 1;
    const max = Math.max(1, Math.floor(BATCH_ROWS / length));
    for (let from = 0; from < size; from += max) {
      const texts = Math.min(max, size - from);
      const rows = new Int32Array(texts * length);
      for (let m = 0; m < texts; m++) {
        this.#write(input, coalitions?.deleted(from + m) ?? [], rows, m * length);
      }
      yield { rows, texts };
    }
  }

  /** Writes the rows of a text. */
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
}
