import { fileKind, wayOut } from "@heatword/core";
import { maybeGunzip } from "../archives/maybe_gunzip.ts";
import { ByteReader } from "./_byte_reader.ts";
import { numbersAtEnd } from "./_line.ts";
import { parseBinary } from "./_parse_binary.ts";
import { MAX_LINE_BYTES, parseText } from "./_parse_text.ts";
import { VectorSink } from "./_vector_sink.ts";
import type { NamedVectors } from "./named_vectors.ts";

/** Which vectors are kept, and what they must be like. */
export interface ParseVectorsOptions {
  /** Only these words are kept in memory, in this very form; see `wantedForms`. @default {all} */
  readonly wanted?: ReadonlySet<string>;
  /** The length that the vectors must have. @default {any} */
  readonly dimensions?: number;
  /** Called with what was left out of a file that could be read, one sentence each. */
  readonly onNotice?: (note: string) => void;
}

const MAX_DIMENSION = 10_000;

/**
 * Reads word vectors from a stream in one pass: word2vec's binary form, word2vec's text form (a first
 * line `V D`) or GloVe's (no such line), each plain or gzipped. Which it is, the content tells. Blanks
 * and tabs stand between fields; a word of several fields counts if none of them could be a number. The
 * first of two vectors of a word counts; words that are not UTF-8 are left out.
 *
 * @param source The bytes.
 * @param options Which vectors are kept.
 * @returns The vectors in the order of the stream.
 * @throws {SyntaxError} If the stream is none of these, is cut short or damaged, or a kept vector holds
 * what is not a finite number.
 * @throws {RangeError} If the dimension is another one or none of the wanted words is there.
 *
 * @example
 * ```ts
 * import { parseVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const file = new Blob(["moon 0.5 1\nride -1 0\n"]);
 * const vectors = await parseVectors(file.stream(), { wanted: new Set(["ride"]) });
 * assertEquals(vectors.words, ["ride"]);
 * assertEquals(vectors.matrix, new Float32Array([-1, 0]));
 * ```
 */
export async function parseVectors(
  source: AsyncIterable<Uint8Array>,
  options: ParseVectorsOptions = {},
): Promise<NamedVectors> {
  const reader = new ByteReader(maybeGunzip(source));
  try {
    return await parse(reader, options);
  } finally {
    await reader.close();
  }
}

/** How many bytes and lines at the start tell what the file is. */
const SAMPLE_BYTES = 2 ** 16;
const SAMPLE_LINES = 100;

async function parse(reader: ByteReader, options: ParseVectorsOptions): Promise<NamedVectors> {
  await reader.load(SAMPLE_BYTES);
  refuseOtherKinds(reader.bytes.subarray(reader.pos));
  if (startsWithMark(reader)) reader.pos += 3;
  const lines = await peekLines(reader);
  const header = /^(\d+)[ \t]+(\d+)[ \t\r]*$/.exec(lines[0] ?? "");
  const dimensions = header ? Number(header[2]) : dimensionOf(lines);
  if (dimensions === undefined) throw new SyntaxError("it holds no word vectors");
  if (dimensions < 1 || dimensions > MAX_DIMENSION) {
    throw new SyntaxError(`its first line says ${dimensions} numbers a vector`);
  }
  if (options.dimensions !== undefined && options.dimensions !== dimensions) {
    throw new RangeError(`its vectors have ${dimensions} numbers and not ${options.dimensions}`);
  }
  const count = header ? Number(header[1]) : undefined;
  if (count === 0) throw new SyntaxError("its first line says that it holds no vectors");

  const sink = new VectorSink(dimensions, options.wanted);
  if (count === undefined) await parseText(reader, dimensions, sink);
  else {
    reader.pos = Math.min(reader.bytes.length, reader.bytes.indexOf(10, reader.pos) + 1);
    if (await isText(reader, dimensions)) await parseText(reader, dimensions, sink, { count });
    else await parseBinary(reader, count, dimensions, sink);
  }
  const vectors = sink.finish();
  if (vectors.size === 0) throw new RangeError("it has none of the wanted words");
  sink.notes.forEach((note) => options.onNotice?.(note));
  return vectors;
}

function refuseOtherKinds(start: Uint8Array): void {
  const kind = fileKind(start);
  if (kind === undefined) return;
  const hint = /fastText/.test(kind) ? "give its .vec file" : wayOut(kind);
  throw new SyntaxError(`it holds no word vectors, it is ${kind}${hint ? `: ${hint}` : ""}`);
}

/** Whether a byte order mark stands here; at the start of a file only it is not part of a word. */
function startsWithMark({ bytes, pos }: ByteReader): boolean {
  return bytes[pos] === 0xef && bytes[pos + 1] === 0xbb && bytes[pos + 2] === 0xbf;
}

/** The lines that begin here, without using them up: at least one, if none is too long. */
async function peekLines(reader: ByteReader): Promise<string[]> {
  await reader.until(10, MAX_LINE_BYTES);
  await reader.load(SAMPLE_BYTES);
  const { bytes, pos } = reader;
  const lines: string[] = [];
  for (let from = pos; lines.length < SAMPLE_LINES && from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    // The last one may go on.
    if (end < 0 && lines.length > 0) break;
    const to = end < 0 ? bytes.length : end;
    if (to - from > MAX_LINE_BYTES) break;
    lines.push(new TextDecoder().decode(bytes.subarray(from, to)));
    from = to + 1;
  }
  return lines;
}

/** The length of the vectors of lines without a header: what most lines end in; 2 at least. */
function dimensionOf(lines: readonly string[]): number | undefined {
  const filled = lines.filter((line) => /[^ \t\r]/.test(line));
  const counts = filled.map(numbersAtEnd);
  if (counts.length === 0 || counts[0]! < 2) return undefined;
  const times = Map.groupBy(counts.filter((count) => count >= 2), (count) => count);
  return [...times].reduce((best, other) => other[1].length > best[1].length ? other : best)[0];
}

/** Whether what follows a header is text: a line ends in numbers, as no bytes of numbers do. */
async function isText(reader: ByteReader, dimensions: number): Promise<boolean> {
  const lines = await peekLines(reader);
  const max = Math.max(0, ...lines.map(numbersAtEnd));
  // deno-lint-ignore no-control-regex
  const isPlain = lines.every((line) => !/[\0-\x08\x0b-\x1f\x7f]/.test(line.trimEnd()));
  return max >= (isPlain ? 1 : Math.max(2, dimensions - 1));
}
