/** A record of a file: a line, or a row of CSV that may span lines. */
export interface FileRecord {
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  /** Number of its last line. */
  readonly lastLine: number;
  /** Offset of its first byte in the file. */
  readonly start: number;
  /** Offset after its line end. */
  readonly end: number;
  /** Its bytes, without the line end; of one that is too long, the first ones. */
  readonly bytes: Uint8Array;
  /** Why it cannot be read, when the splitter itself found that out. */
  readonly fault?: string;
}

/** What ends records. */
export interface RecordOptions {
  /** The byte between the fields of CSV; without it there are no quotes, and every line is a record. */
  readonly separator?: number;
  /** The byte around fields of CSV that hold a separator or a line end. @default {34, `"`} */
  readonly quote?: number;
  /** The byte that ends lines: a line feed, or a carriage return. @default {10} */
  readonly lineEnd?: number;
  /** Length of the byte order mark at the start, which belongs to no record. @default {0} */
  readonly mark?: number;
  /** How many bytes a record may have. @default {4 MiB} */
  readonly longest?: number;
}

/** A record longer than this is a fault: cut into words, a text takes thirty times its length. */
const LONGEST = 4 * 2 ** 20;
/** How many bytes of a record that is too long are kept to be shown. */
const KEPT = 16_384;

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Where a scan stands: at the start of a field, in one, in quotes, after the closing quote, … */
const FIELD = 0, PLAIN = 1, QUOTED = 2, CLOSED = 3, CLOSED_CR = 4, BROKEN = 5;

const NEVER_CLOSED = "it has a quote that is never closed";
const CLOSED_EARLY = "it has a quote that is closed before the end of its field";

/**
 * Cuts a stream of bytes into records in time linear in the bytes, holding no more than one record
 * and one chunk.
 *
 * A row with a broken quote loses its first line only, and what follows is read afresh, so lines
 * are read again. It stays linear since wherever a scan is within quotes at the start of a line,
 * it goes on as every other scan that was: where that led to is kept in `#from` to `#to`.
 */
class Splitter {
  readonly #separator: number;
  readonly #quote: number;
  readonly #lineEnd: number;
  readonly #longest: number;
  readonly #mark: number;
  #bytes = new Uint8Array(1 << 17);
  #length = 0;
  /** Where the present record begins in the buffer, and in the file. */
  #begin = 0;
  #start = 0;
  #line = 1;
  /** How far the present record is scanned, in which state, and where its first line ends. */
  #at = 0;
  #state = FIELD;
  #firstEnd = -1;
  /** Scans in quotes at the start of a line between these come to the second in this state. */
  #from = -1;
  #to = -1;
  #then = FIELD;
  /** The start of a line that is too long, whose rest is dropped. */
  #dropping: { readonly kept: Uint8Array; readonly fault: string; length: number } | undefined;

  constructor(options: RecordOptions) {
    const { separator = -1, quote = QUOTE, lineEnd = LF, mark = 0, longest = LONGEST } = options;
    this.#at = mark;
    this.#mark = mark;
    this.#separator = separator;
    this.#quote = quote;
    this.#lineEnd = lineEnd;
    this.#longest = longest;
  }

  /** Takes a chunk; gives the records that end in it. */
  *push(chunk: Uint8Array): Generator<FileRecord> {
    if (this.#dropping) {
      const end = chunk.indexOf(this.#lineEnd);
      this.#dropping.length += end < 0 ? chunk.length : end + 1;
      if (end < 0) return;
      yield this.#dropped();
      chunk = chunk.subarray(end + 1);
    }
    this.#append(chunk);
    yield* this.#cut(false);
  }

  /** Ends the stream; gives what is left. */
  *end(): Generator<FileRecord> {
    yield* this.#cut(true);
    if (this.#dropping) yield this.#dropped();
  }

  #append(chunk: Uint8Array): void {
    if (this.#begin > this.#length / 2) {
      this.#bytes.copyWithin(0, this.#begin, this.#length);
      const by = this.#begin;
      this.#length -= by;
      this.#at -= by;
      this.#firstEnd -= by;
      this.#from -= by;
      this.#to -= by;
      this.#begin = 0;
    }
    if (this.#length + chunk.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + chunk.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length += chunk.length;
  }

  /** Takes all records from the buffer that are whole. */
  *#cut(final: boolean): Generator<FileRecord> {
    while (this.#begin < this.#length) {
      const limit = Math.min(this.#length, this.#begin + this.#longest);
      if (this.#separator < 0 ? this.#scanLine(limit) : this.#scanRow(limit)) {
        yield this.#take(this.#at, this.#state === BROKEN ? CLOSED_EARLY : undefined);
      } else if (this.#state === BROKEN && this.#firstEnd >= 0) {
        yield this.#spoil(CLOSED_EARLY);
      } else if (this.#at - this.#begin >= this.#longest) {
        const fault = `it is longer than ${this.#size()}`;
        if (this.#firstEnd < 0) yield* this.#dropLine(fault);
        else yield this.#spoil(`${fault}, or a quote in it is never closed`);
      } else if (!final) return;
      else if (this.#state !== QUOTED) {
        yield this.#take(this.#length, this.#state === BROKEN ? CLOSED_EARLY : undefined);
      } else if (this.#firstEnd >= 0) yield this.#spoil(NEVER_CLOSED);
      else yield this.#take(this.#length, NEVER_CLOSED);
    }
  }

  #size(): string {
    return this.#longest % 2 ** 20 ? `${this.#longest} bytes` : `${this.#longest / 2 ** 20} MiB`;
  }

  /** Scans to the end of the line; tells whether it found it. */
  #scanLine(limit: number): boolean {
    const end = this.#bytes.subarray(0, limit).indexOf(this.#lineEnd, this.#at);
    this.#at = end < 0 ? limit : end + 1;
    return end >= 0;
  }

  /** Scans to the end of the row, or to where it is broken; tells whether the row ended. */
  #scanRow(limit: number): boolean {
    const bytes = this.#bytes;
    const separator = this.#separator;
    const quote = this.#quote;
    const lineEnd = this.#lineEnd;
    let state = this.#state;
    let at = this.#at;
    while (at < limit) {
      const byte = bytes[at++]!;
      if (state === QUOTED) {
        if (byte === quote) state = CLOSED;
        else if (byte === lineEnd) {
          if (this.#firstEnd < 0) this.#firstEnd = at;
          if (at >= this.#from && at < this.#to) {
            at = this.#to;
            state = this.#then;
            if (state === BROKEN) break;
          }
        }
      } else if (byte === lineEnd) {
        this.#at = at;
        this.#state = state;
        return true;
      } else if (state === BROKEN) continue;
      else if (byte === separator && state !== CLOSED_CR) state = FIELD;
      else if (state === FIELD) state = byte === quote ? QUOTED : PLAIN;
      else if (state === CLOSED && byte === quote) state = QUOTED;
      else if (state === CLOSED && byte === CR) state = CLOSED_CR;
      else if (state !== PLAIN) {
        state = BROKEN;
        // In the first line all up to its end is spoiled; after it the first line alone.
        if (this.#firstEnd >= 0) break;
      }
    }
    this.#at = at;
    this.#state = state;
    return false;
  }

  /** Gives the first line of a row up as faulty, and remembers where the quotes led to. */
  #spoil(fault: string): FileRecord {
    this.#from = this.#firstEnd;
    this.#to = this.#at;
    this.#then = this.#state;
    return this.#take(this.#firstEnd, fault);
  }

  #take(to: number, fault?: string): FileRecord {
    const begin = this.#begin;
    let end = to;
    if (end > begin && this.#bytes[end - 1] === this.#lineEnd) end--;
    if (this.#lineEnd === LF && end > begin && this.#bytes[end - 1] === CR) end--;
    const bytes = this.#bytes.slice(begin + (this.#start === 0 ? this.#mark : 0), end);
    let lines = 0;
    if (this.#firstEnd >= 0 && this.#firstEnd < to) {
      for (let i = bytes.indexOf(this.#lineEnd); i >= 0; i = bytes.indexOf(this.#lineEnd, i + 1)) {
        lines++;
      }
    }
    const record = this.#record(to - begin, lines, bytes, fault);
    this.#restart(to);
    return record;
  }

  #record(length: number, lines: number, bytes: Uint8Array, fault?: string): FileRecord {
    const line = this.#line;
    const start = this.#start;
    this.#line += lines + 1;
    this.#start += length;
    const record = { line, lastLine: line + lines, start, end: this.#start, bytes };
    return fault === undefined ? record : { ...record, fault };
  }

  #restart(begin: number): void {
    this.#begin = begin;
    this.#at = begin;
    this.#state = FIELD;
    this.#firstEnd = -1;
  }

  /** Drops a line that is too long; what of it is in the buffer already goes first. */
  *#dropLine(fault: string): Generator<FileRecord> {
    const kept = this.#bytes.slice(this.#begin, this.#begin + Math.min(KEPT, this.#longest));
    const end = this.#bytes.subarray(0, this.#length).indexOf(this.#lineEnd, this.#at);
    const to = end < 0 ? this.#length : end + 1;
    this.#dropping = { kept, fault, length: to - this.#begin };
    if (end >= 0) yield this.#dropped();
    this.#restart(to);
  }

  #dropped(): FileRecord {
    const { kept, length, fault } = this.#dropping!;
    this.#dropping = undefined;
    return this.#record(length, 0, kept, fault);
  }
}

/** How many records one list has at most. */
const MAX_RECORDS = 1024;

/**
 * Cuts a stream of bytes into records. Each list it gives is what one chunk of the stream
 * completed, or a part of that, so that a slow stream is not held up. A quote that is never closed spoils one line,
 * not the rest of the file.
 *
 * @param chunks The bytes.
 * @param options What ends records.
 */
export async function* splitRecords(
  chunks: AsyncIterable<Uint8Array>,
  options: RecordOptions = {},
): AsyncGenerator<FileRecord[]> {
  const splitter = new Splitter(options);
  function* lists(records: Iterable<FileRecord>): Generator<FileRecord[]> {
    let list: FileRecord[] = [];
    for (const record of records) {
      if (list.push(record) < MAX_RECORDS) continue;
      yield list;
      list = [];
    }
    yield list;
  }
  for await (const chunk of chunks) yield* lists(splitter.push(chunk));
  yield* lists(splitter.end());
}

/**
 * Cuts bytes into records that are all there at once, as {@linkcode splitRecords} does.
 *
 * @param bytes The bytes.
 * @param options What ends records.
 */
export function* recordsIn(bytes: Uint8Array, options: RecordOptions): Generator<FileRecord> {
  const splitter = new Splitter(options);
  yield* splitter.push(bytes);
  yield* splitter.end();
}
