import type { ByteReader } from "./_byte_reader.ts";
import type { VectorSink } from "./_vector_sink.ts";
import { decodeWord } from "./_words.ts";

/** Longer words are a sign of a wrong dimension or a damaged file. */
const MAX_WORD_BYTES = 4096;
/** Sizes that no number of a word vector has, but letters and shifted bytes that are read as one. */
const TOO_SMALL = 1e-15;
const TOO_LARGE = 1e6;
const LINE_FEED = 10;
const BLANK = 32;

const isLikely = (number: number) =>
  number === 0 || (Math.abs(number) > TOO_SMALL && Math.abs(number) < TOO_LARGE);

// deno-lint-ignore no-control-regex
const holdsControl = (word: string) => /[\0-\x1f\x7f]/.test(word);

/** The rows of word2vec's binary form: a word, a blank, D numbers and, in some files, a line feed. */
class BinaryRows {
  readonly #reader: ByteReader;
  readonly #count: number;
  readonly #size: number;
  readonly #sink: VectorSink;
  /** Whether a line feed ends every row, as the first one shows. */
  #lineFeeds: boolean | undefined;
  /** Further lengths that the last word could have, if it held blanks. */
  #doubts: readonly number[] = [];

  constructor(reader: ByteReader, count: number, dimensions: number, sink: VectorSink) {
    this.#reader = reader;
    this.#count = count;
    this.#size = 4 * dimensions;
    this.#sink = sink;
  }

  /** How many bytes must be loaded for a row, where there are so many. */
  get need(): number {
    return 2 * (MAX_WORD_BYTES + 1) + this.#size;
  }

  #cut(row: number): SyntaxError {
    return new SyntaxError(
      `it ends after ${row} of the ${this.#count} vectors that its first line says`,
    );
  }

  #fail(row: number, what: string): never {
    throw new SyntaxError(`the word of vector ${row + 1} of ${this.#count} ${what}`);
  }

  /** The length up to the first blank. */
  #firstBlank(row: number): number {
    const { bytes, pos, available } = this.#reader;
    const length = bytes.indexOf(BLANK, pos) - pos;
    if (length >= 0 && length <= MAX_WORD_BYTES) return length;
    if (available <= MAX_WORD_BYTES) throw this.#cut(row);
    throw new SyntaxError(`no word begins where vector ${row + 1} of ${this.#count} should be`);
  }

  /** Blanks after the first, as far as all between could belong to a word that holds blanks. */
  #laterBlanks(first: number): number[] {
    const { bytes, pos } = this.#reader;
    const found: number[] = [];
    for (let k = first + 1; k < MAX_WORD_BYTES; k++) {
      const byte = bytes[pos + k];
      if (byte === undefined || byte < BLANK || byte === 0x7f) break;
      if (byte === BLANK && decodeWord(bytes.subarray(pos, pos + k)) !== undefined) found.push(k);
    }
    return found;
  }

  /** Whether a row whose word has this length ends with a line feed, or with the file. */
  #endsAfter(length: number, row: number): boolean {
    const { bytes, pos, available } = this.#reader;
    const end = length + 1 + this.#size;
    return bytes[pos + end] === LINE_FEED || (row === this.#count - 1 && available === end);
  }

  /** The length of the word that begins here. */
  #wordLength(row: number): number {
    const first = this.#firstBlank(row);
    const later = this.#laterBlanks(first);
    const wasDoubtful = this.#doubts.length > 0;
    this.#doubts = later;
    const blanks = [first, ...later];
    const ends = this.#lineFeeds === false ? [] : blanks.filter((k) => this.#endsAfter(k, row));
    this.#lineFeeds ??= ends.length > 0;
    if (!this.#lineFeeds) {
      if (wasDoubtful) this.#checkAlignment(row, first);
      return first;
    }
    this.#doubts = ends.slice(1);
    if (ends.length > 0) return ends[0]!;
    if (this.#reader.available < first + 1 + this.#size) throw this.#cut(row);
    return this.#fail(row, "has no line feed behind its numbers, as the first has");
  }

  /** Refuses a word that begins with the last numbers of a word that held a blank. */
  #checkAlignment(row: number, length: number): void {
    const { bytes, pos } = this.#reader;
    const word = decodeWord(bytes.subarray(pos, pos + length));
    if (word === undefined || holdsControl(word)) {
      this.#fail(row, "holds bytes that are not text: did the word before it hold a blank?");
    }
  }

  /** The numbers at a place; copied, as they may begin anywhere and the window is used again. */
  #vectorAt(place: number): Float32Array {
    const vector = new Float32Array(this.#size / 4);
    new Uint8Array(vector.buffer).set(this.#reader.bytes.subarray(place, place + this.#size));
    return vector;
  }

  /** Reads a row, which is loaded as far as there is more. */
  read(row: number, afterLineFeed: boolean): void {
    const reader = this.#reader;
    const length = this.#wordLength(row);
    const end = length + 1 + this.#size;
    if (reader.available < end) throw this.#cut(row);
    const place = `vector ${row + 1}`;
    const { bytes, pos } = reader;
    let word = decodeWord(bytes.subarray(pos, pos + length));
    reader.pos = pos + end;
    if (word === undefined) return this.#sink.leaveOut(place, "encoding");
    if (word === "") {
      if (!afterLineFeed) return this.#sink.leaveOut(place, "empty");
      word = "\n";
    }
    if (this.#doubts.length === 0 && !this.#sink.wants(word, place)) return;
    const vector = this.#vectorAt(pos + length + 1);
    // By chance numbers look like letters, but letters hardly like numbers.
    if (this.#doubts.length > 0 && !vector.every(isLikely)) {
      for (const longer of this.#doubts) {
        if (pos + longer + 1 + this.#size > bytes.length) continue;
        if (this.#vectorAt(pos + longer + 1).every(isLikely)) {
          this.#fail(
            row,
            `, ${JSON.stringify(word)}, is followed by letters: is a blank part of it?`,
          );
        }
      }
    }
    if (this.#doubts.length > 0 && !this.#sink.wants(word, place)) return;
    if (!allFinite(vector)) {
      throw new SyntaxError(`the vector of "${word}" (number ${row + 1}) holds NaN or infinity`);
    }
    this.#sink.add(word).set(vector);
  }
}

/** Leaves out line feeds; tells whether there was one. */
async function skipLineFeeds(reader: ByteReader): Promise<boolean> {
  let skipped = false;
  do {
    for (; reader.bytes[reader.pos] === LINE_FEED; reader.pos++) skipped = true;
  } while (reader.available === 0 && await reader.more());
  return skipped;
}

/** Reads the rows of word2vec's binary form, the header being read already. */
export async function parseBinary(
  reader: ByteReader,
  count: number,
  dimensions: number,
  sink: VectorSink,
): Promise<void> {
  const rows = new BinaryRows(reader, count, dimensions, sink);
  for (let row = 0; row < count; row++) {
    let skipped = reader.bytes[reader.pos] === LINE_FEED;
    if (skipped) reader.pos++;
    if (reader.available === 0 || reader.bytes[reader.pos] === LINE_FEED) {
      skipped = await skipLineFeeds(reader) || skipped;
    }
    if (reader.available < rows.need) await reader.load(rows.need);
    rows.read(row, skipped);
  }
  await skipLineFeeds(reader);
  if (reader.available > 0) {
    throw new SyntaxError(`it has more than the ${count} vectors that its first line says`);
  }
}

function allFinite(numbers: Float32Array): boolean {
  // A number minus itself is 0, unless it is infinite or NaN.
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]! - numbers[i]!;
  return sum === 0;
}
