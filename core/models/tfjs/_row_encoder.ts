import type { Document } from "../../document.ts";
import type { FilledSettings } from "./_fill_settings.ts";
import type { Lengths } from "./_lengths.ts";

/** How documents become rows. */
export type RowSettings =
  & Pick<FilledSettings, "unknown" | "padding" | "paddingSide" | "truncatingSide" | "start">
  & {
    /** Whether words are looked up as they stand alone, and not in lower case too. */
    readonly exactCase: boolean;
  };

/** The rows of a document. */
export interface EncodedRows {
  /**
   * The row of each position, −1 for the zero vector, shape [T]: that of token t at position t, then
   * those of no token: start and padding.
   */
  readonly rows: Int32Array;
  /** Which position each row is that the model sees, in its order; absent where it sees all as they are. */
  readonly order?: Int32Array;
  /** The positions of words that are not in the vocabulary. */
  readonly unknown: readonly number[];
}

/** Turns documents into rows of the Embedding; −1 stands for the zero vector. */
export class RowEncoder {
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #settings: RowSettings;
  readonly #lengths: Lengths;
  #words: Map<number, string> | undefined;

  /**
   * Makes an encoder.
   *
   * @param vocabulary The row of each word.
   * @param settings The rows of what is not a word, and where it stands.
   * @param lengths How long inputs are.
   */
  constructor(vocabulary: ReadonlyMap<string, number>, settings: RowSettings, lengths: Lengths) {
    this.#vocabulary = vocabulary;
    this.#settings = settings;
    this.#lengths = lengths;
  }

  /** Whether words that are neighbours in a document always are neighbours to the model. */
  get keepsOrder(): boolean {
    const { unknown, start, paddingSide, truncatingSide } = this.#settings;
    return unknown !== "drop" && start === null && paddingSide === "post" &&
      truncatingSide === "post";
  }

  /** Most words that an input has room for, where it has room for so many only. */
  get maxWords(): number | undefined {
    const { start, truncatingSide } = this.#settings;
    const { fixed } = this.#lengths;
    if (fixed === undefined) return undefined;
    return Math.max(1, start !== null && truncatingSide === "post" ? fixed - 1 : fixed);
  }

  /** The row of a word: of its exact form, else in lower case; nothing for unknown words. */
  row(word: string): number | undefined {
    const vocabulary = this.#vocabulary;
    return vocabulary.get(word) ??
      (this.#settings.exactCase ? undefined : vocabulary.get(word.toLowerCase()));
  }

  /** The word of a row, the first of several; a name for a row that no word has, none for −1. */
  word(row: number): string | undefined {
    if (row < 0) return undefined;
    if (this.#words === undefined) {
      const { unknown, padding, start } = this.#settings;
      this.#words = new Map();
      if (typeof unknown === "number") this.#words.set(unknown, "<unknown>");
      if (padding !== null) this.#words.set(padding, "<padding>");
      if (start !== null) this.#words.set(start, "<start>");
      for (const [word, at] of [...this.#vocabulary].reverse()) this.#words.set(at, word);
    }
    return this.#words.get(row) ?? `<row ${row}>`;
  }

  /** The rows of a document. */
  encode({ tokens }: Document): EncodedRows {
    const { unknown } = this.#settings;
    const rows = new Int32Array(tokens.length);
    const missing: number[] = [];
    const present: number[] = [];
    tokens.forEach(({ text }, t) => {
      const row = this.row(text);
      if (row === undefined) missing.push(t);
      if (row !== undefined || unknown !== "drop") present.push(t);
      rows[t] = row ?? (unknown === "drop" ? -1 : unknown ?? -1);
    });
    const encoded = this.layOut(rows, present);
    return { ...encoded, unknown: missing.filter((t) => t < encoded.rows.length) };
  }

  /**
   * Lays words out as the model takes them: cut at one end, after the start, filled up.
   *
   * @param words The rows of the words.
   * @param present The positions of those that the model sees; increasing.
   */
  layOut(
    words: Int32Array,
    present: ArrayLike<number> = words.keys().toArray(),
  ): Omit<EncodedRows, "unknown"> {
    const { start, padding, paddingSide, truncatingSide } = this.#settings;
    const { fixed = Infinity } = this.#lengths;
    const isFront = truncatingSide === "pre";
    const startRows = start === null || isFront && present.length >= fixed ? 0 : 1;
    const room = Math.max(0, fixed - startRows);
    const seen = Array.from(present).slice(
      ...(isFront ? [Math.max(0, present.length - room)] : [0, room]) as [number, number?],
    );
    const length = this.#lengths.of(seen.length + startRows);
    const pads = length - seen.length - startRows;
    const rows = new Int32Array(words.length + startRows + pads);
    rows.set(words);
    if (startRows > 0) rows[words.length] = start!;
    rows.fill(fixed === Infinity ? -1 : padding ?? -1, words.length + startRows);
    const fill = Array.from({ length: pads }, (_, i) => words.length + startRows + i);
    const order = [
      ...(paddingSide === "pre" ? fill : []),
      ...(startRows > 0 ? [words.length] : []),
      ...seen,
      ...(paddingSide === "pre" ? [] : fill),
    ];
    // Words behind those that the model sees need no position.
    if (order.every((position, i) => position === i)) return { rows: rows.slice(0, length) };
    return { rows, order: Int32Array.from(order) };
  }
}
