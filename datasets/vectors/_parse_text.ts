import { formatCount } from "@heatword/core/counts";
import type { ByteReader } from "./_byte_reader.ts";
import { fields, isNumber, isTorn, numberOf, scanLine } from "./_line.ts";
import type { VectorSink } from "./_vector_sink.ts";
import { decodeWord } from "./_words.ts";

/** Longer lines are a sign of a file of another kind. */
export const MAX_LINE_BYTES = 2 ** 20;

/** What the first line of a file says. */
export interface Header {
  /** How many vectors there are. */
  readonly count: number;
}

/** Reads the lines of a word and its numbers. */
class TextRows {
  readonly #dimensions: number;
  readonly #sink: VectorSink;
  readonly #header: Header | undefined;
  /** How many rows there were. */
  rows = 0;
  /** The number of the line, from 1. */
  line: number;
  #afterEmpty = false;

  constructor(dimensions: number, sink: VectorSink, header?: Header) {
    this.#dimensions = dimensions;
    this.#sink = sink;
    this.#header = header;
    this.line = header ? 1 : 0;
  }

  /** Takes the line from `from` to `to`. */
  take(bytes: Uint8Array, from: number, to: number): void {
    this.line++;
    const { wordEnd, separators } = scanLine(bytes, from, to);
    if (wordEnd === from && separators === 0) {
      this.#afterEmpty = true;
      return;
    }
    this.rows++;
    const afterEmpty = this.#afterEmpty;
    this.#afterEmpty = false;
    const place = `line ${this.line}`;
    const plain = separators === this.#dimensions && wordEnd > from;
    // The numbers of words that nobody wants are not looked at.
    let word = plain ? decodeWord(bytes.subarray(from, wordEnd)) : undefined;
    if (word !== undefined && !this.#sink.wants(word, place)) return;
    const line = plain && word === undefined ? undefined : decodeWord(bytes.subarray(from, to));
    if (line === undefined) return this.#sink.leaveOut(place, "encoding");
    const parts = fields(line);
    if (word === undefined || parts.length !== this.#dimensions + 1) {
      word = this.#wordOf(parts, afterEmpty);
      if (word === "") return this.#sink.leaveOut(place, "empty");
      if (!this.#sink.wants(word, place)) return;
    }
    const vector = this.#sink.add(word);
    const numbers = parts.slice(-this.#dimensions);
    for (let d = 0; d < numbers.length; d++) {
      vector[d] = numberOf(numbers[d]!);
      if (Number.isNaN(vector[d])) {
        this.#fail(`holds ${JSON.stringify(numbers[d])} where a number should be`);
      }
    }
  }

  /** The word of a row that has not a word and D numbers just so. */
  #wordOf(parts: readonly string[], afterEmpty: boolean): string {
    const dimensions = this.#dimensions;
    const missing = (count: number) => this.#fail(`has ${count} numbers and not ${dimensions}`);
    if (parts.length <= dimensions) missing(parts.length - 1);
    const first = parts.slice(0, -dimensions);
    // A word that is a line feed ends the line before its numbers; other white space is lost.
    if (first.length === 1) return first[0] !== "" ? first[0]! : afterEmpty ? "\n" : "";
    const word = first[0] === "" ? first.slice(1) : first;
    if (isTorn(word)) {
      const numbers = parts.length - 1 - (parts[0] === "" ? 1 : 0);
      const why = this.#header && word.slice(1).every(isNumber)
        ? "; is the first line wrong, or a line feed lost?"
        : "; is a line feed lost?";
      this.#fail(
        `has ${formatCount(numbers + 1, "field")}, of which ${
          JSON.stringify(word.join(" "))
        } cannot be the ` +
          `word of ${dimensions} numbers${why}`,
      );
    }
    return word.join(" ");
  }

  #fail(what: string): never {
    throw new SyntaxError(`line ${this.line} ${what}`);
  }
}

/**
 * Reads lines of a word and its numbers. Words may hold blanks (some of GloVe's do): the last D fields
 * are the vector.
 */
export async function parseText(
  reader: ByteReader,
  dimensions: number,
  sink: VectorSink,
  header?: Header,
): Promise<void> {
  const rows = new TextRows(dimensions, sink, header);
  for (;;) {
    let length = await reader.until(10, MAX_LINE_BYTES);
    if (length < 0) length = reader.available;
    if (length === 0 && reader.available === 0) break;
    if (length > MAX_LINE_BYTES) {
      throw new SyntaxError(`line ${rows.line + 1} is too long for word vectors`);
    }
    const from = reader.pos;
    reader.pos = Math.min(from + length + 1, reader.bytes.length);
    rows.take(reader.bytes, from, from + length);
  }
  if (header && rows.rows !== header.count) {
    throw new SyntaxError(
      `it has ${rows.rows} vectors and not ${header.count}, as its first line says`,
    );
  }
}
