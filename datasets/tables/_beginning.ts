import { encodingOf, markOf } from "./encoding.ts";

/** How much of a file is looked at for the end of its first line. */
const MAX_BYTES = 2 ** 20;
/** How much of a file is looked at where its first rows are to be compared. */
const ROWS = 2 ** 18;
const LF = 10;
const CR = 13;

/** What the beginning of a table tells. */
export interface Beginning {
  /** The first bytes: at least the first line, where it is not too long. */
  readonly head: Uint8Array;
  /** Whether they are all. */
  readonly whole: boolean;
  /** All bytes, those of the head too. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

function firstLineEnd(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte === LF || byte === CR);
}

/** Whether the first line is there: one byte more than the line end, as CR LF is one. */
function hasFirstLine(head: Uint8Array): boolean {
  const end = firstLineEnd(head);
  return end >= 0 && (head[end] === LF || end + 1 < head.length);
}

/**
 * Reads the first line or some of the first rows, and gives them back with the others.
 *
 * @param chunks The bytes.
 * @param rows Whether more than the first line is needed.
 */
export async function lookAhead(
  chunks: AsyncIterable<Uint8Array>,
  rows: boolean,
): Promise<Beginning> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  let whole = false;
  while (head.length < MAX_BYTES) {
    if (hasFirstLine(head) && (!rows || head.length >= ROWS)) break;
    const { value, done } = await iterator.next();
    if (done) {
      whole = true;
      break;
    }
    const joined = new Uint8Array(head.length + value.length);
    joined.set(head);
    joined.set(value, head.length);
    head = joined;
  }
  return {
    head,
    whole,
    chunks: (async function* () {
      try {
        if (head.length > 0) yield head;
        for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
          yield next.value;
        }
      } finally {
        await iterator.return?.();
      }
    })(),
  };
}

/** The first line, and the byte that ends lines: a carriage return where no line feed follows it. */
export function firstLineOf(head: Uint8Array): { line: Uint8Array; lineEnd: number } {
  const end = firstLineEnd(head);
  if (end < 0) return { line: head, lineEnd: LF };
  const lineEnd = head[end] === CR && head[end + 1] !== LF ? CR : LF;
  return { line: head.subarray(0, end), lineEnd };
}

/** Whether a byte from `@` on may be part of another character. */
export function isMultibyte(encoding: string): boolean {
  return /^(gbk|gb18030|big5|shift_jis)$/.test(encoding);
}

/** Whether the bytes of line ends, separators and quotes may be parts of other characters. */
function needsDecoding(encoding: string, symbols: string): boolean {
  return /^(utf-16|iso-2022)/.test(encoding) || isMultibyte(encoding) && /[@-~]/.test(symbols);
}

async function* asUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const decode = (bytes?: Uint8Array) => {
    try {
      return encoder.encode(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
    } catch {
      throw new SyntaxError(`it is not ${encoding.toUpperCase()}`);
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** A stream of bytes in which line ends, separators and quotes are bytes of their own. */
export interface BytewiseStream extends Beginning {
  /** The encoding of the bytes. */
  readonly encoding: string;
  /** The length of the byte order mark at the start. */
  readonly mark: number;
  /** Whether offsets are no longer those of the file. */
  readonly recoded: boolean;
}

/** What is known of a table. */
export interface BeginningOptions {
  /** The encoding that was named; a byte order mark overrules it. */
  readonly encoding: string;
  /** The separator and the quote, as far as they are known. */
  readonly symbols: string;
  /** Whether more than the first line is needed. */
  readonly rows: boolean;
}

/** Looks at the beginning of a table. */
export async function openBytewise(
  source: AsyncIterable<Uint8Array>,
  options: BeginningOptions,
): Promise<BytewiseStream> {
  const { encoding: name, symbols, rows } = options;
  const named = encodingOf(name);
  const start = await lookAhead(source, rows);
  const mark = markOf(start.head);
  const encoding = mark?.encoding ?? named;
  if (!needsDecoding(encoding, symbols)) {
    return { ...start, encoding, mark: mark?.length ?? 0, recoded: false };
  }
  const recoded = await lookAhead(asUtf8(start.chunks, encoding), rows);
  return { ...recoded, encoding: "utf-8", mark: 0, recoded: true };
}
