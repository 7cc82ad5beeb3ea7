/** A record of a file: a line, or a row of CSV that may span lines. */
export interface FileRecord {
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  /** Offset of its first byte in the file. */
  readonly start: number;
  /** Offset behind its line end. */
  readonly end: number;
  /** Its bytes, without the line end. */
  readonly bytes: Uint8Array;
  /** Why it cannot be read, when the splitter itself found that out. */
  readonly fault?: string;
}

/** Tells where records end: fed byte by byte, it knows when a line feed ends one. */
export interface Boundary {
  /** Takes the next byte; returns whether the record ends with it. */
  next(byte: number): boolean;
  /** Whether a quote is open now. */
  open(): boolean;
  /** Goes back to the state at the start of a record. */
  reset(): void;
}

const LF = 10;
const CR = 13;
const COMMA = 44;
const QUOTE = 34;

/** Every line feed ends a record. */
export function lineBoundary(): Boundary {
  return { next: (byte) => byte === LF, open: () => false, reset: () => {} };
}

/** A line feed ends a record unless it stands in a quoted field (RFC 4180). */
export function csvBoundary(): Boundary {
  let state: "start" | "plain" | "quoted" | "closing" = "start";
  return {
    next(byte) {
      if (state === "quoted") {
        if (byte === QUOTE) state = "closing";
        return false;
      }
      // Two quotes in a quoted field are one quote of its text.
      if (byte === QUOTE && state !== "plain") state = "quoted";
      else if (byte === LF || byte === COMMA) state = "start";
      else state = "plain";
      return byte === LF;
    },
    open: () => state === "quoted",
    reset: () => state = "start",
  };
}

/** A record longer than this is a fault: it would not fit into memory for long. */
const LONGEST = 64 * 2 ** 20;

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) count++;
  return count;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Cuts a stream of bytes into records; holds no more than one record and one chunk. */
class Splitter {
  #pending = new Uint8Array();
  #scanned = 0;
  #start = 0;
  #line = 1;

  constructor(readonly boundary: Boundary, readonly longest: number) {}

  /** Takes a chunk; gives the records that end in it. */
  push(chunk: Uint8Array): FileRecord[] {
    const bytes = join(this.#pending, chunk);
    const records: FileRecord[] = [];
    let begin = 0;
    let i = this.#scanned;
    for (; i < bytes.length; i++) {
      if (!this.boundary.next(bytes[i]!)) continue;
      records.push(this.#take(bytes.subarray(begin, i + 1)));
      begin = i + 1;
    }
    this.#pending = bytes.slice(begin);
    this.#scanned = i - begin;
    while (this.#pending.length > this.longest) records.push(...this.#give("is too long"));
    return records;
  }

  /** Ends the stream; gives what is left. */
  end(): FileRecord[] {
    const records: FileRecord[] = [];
    while (this.#pending.length > 0) {
      if (this.boundary.open()) records.push(...this.#give("has a quote that is never closed"));
      else {
        records.push(this.#take(this.#pending));
        this.#pending = new Uint8Array();
      }
    }
    return records;
  }

  /** Gives the first pending line up as faulty, and looks at the rest afresh. */
  #give(fault: string): FileRecord[] {
    const lineEnd = this.#pending.indexOf(LF) + 1 || this.#pending.length;
    const bad = { ...this.#take(this.#pending.subarray(0, lineEnd)), fault };
    const rest = this.#pending.slice(lineEnd);
    this.#pending = new Uint8Array();
    this.#scanned = 0;
    this.boundary.reset();
    return [bad, ...this.push(rest)];
  }

  #take(bytes: Uint8Array): FileRecord {
    const start = this.#start;
    const line = this.#line;
    this.#start += bytes.length;
    this.#line += countLines(bytes);
    let end = bytes.length;
    if (bytes[end - 1] === LF) end--;
    if (bytes[end - 1] === CR) end--;
    const mark = start === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    return { line, start, end: start + bytes.length, bytes: bytes.subarray(mark, end) };
  }
}

/**
 * Cuts a stream of bytes into records, in constant memory. Each list it gives is what one chunk of
 * the stream completed, so that a slow stream is not held up. A quote that is never closed spoils
 * one line, not the rest of the file.
 *
 * @param chunks The bytes.
 * @param boundary Where records end.
 * @param longest How many bytes a record may have. @default {64 MiB}
 */
export async function* splitRecords(
  chunks: AsyncIterable<Uint8Array>,
  boundary: Boundary,
  longest: number = LONGEST,
): AsyncGenerator<FileRecord[]> {
  const splitter = new Splitter(boundary, longest);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}
