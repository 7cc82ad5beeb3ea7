import { maybeGunzip } from "../archives/maybe_gunzip.ts";
import { ByteReader } from "./_byte_reader.ts";
import { parseBinary } from "./_parse_binary.ts";
import { fields, MAX_LINE_BYTES, parseText } from "./_parse_text.ts";
import { VectorSink } from "./_vector_sink.ts";
import type { WordVectors } from "./word_vectors.ts";

/** Which vectors are kept, and what they must be like. */
export interface ParseVectorsOptions {
  /** Only these words are kept in memory, in this very form; see `wantedForms`. @default {all} */
  readonly wanted?: ReadonlySet<string>;
  /** The length that the vectors must have. @default {any} */
  readonly dimension?: number;
}

const MAX_DIMENSION = 10_000;

/**
 * Reads word vectors from a stream in one pass: word2vec's binary form, word2vec's text form (a first
 * line `V D`) or GloVe's (no such line), each plain or gzipped. Which it is, the content tells.
 *
 * @param source The bytes.
 * @param options Which vectors are kept.
 * @returns The vectors in the order of the stream.
 * @throws {SyntaxError} If the stream is none of these, is cut short or damaged, or a kept vector holds
 * what is no finite number.
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
): Promise<WordVectors> {
  const reader = new ByteReader(maybeGunzip(source));
  try {
    return await parse(reader, options);
  } finally {
    await reader.close();
  }
}

async function parse(reader: ByteReader, options: ParseVectorsOptions): Promise<WordVectors> {
  const first = await peekLine(reader);
  if (first === undefined) throw new SyntaxError("it holds no word vectors");
  const header = /^(\d+) +(\d+)$/.exec(first.trim());
  const dimension = header ? Number(header[2]) : fields(first).length - 1;
  if (!header && (dimension < 2 || !isVectorLine(first, dimension))) {
    throw new SyntaxError("it holds no word vectors");
  }
  if (dimension < 1 || dimension > MAX_DIMENSION) {
    throw new SyntaxError(`its first line says ${dimension} numbers a vector`);
  }
  if (options.dimension !== undefined && options.dimension !== dimension) {
    throw new RangeError(`its vectors have ${dimension} numbers and not ${options.dimension}`);
  }
  const count = header ? Number(header[1]) : undefined;
  if (count === 0) throw new SyntaxError("its first line says that it holds no vectors");

  const sink = new VectorSink(dimension, options.wanted);
  if (count === undefined) await parseText(reader, dimension, sink);
  else {
    reader.pos += reader.bytes.subarray(reader.pos).indexOf(10) + 1;
    const second = await peekLine(reader);
    if (second !== undefined && isVectorLine(second, dimension)) {
      await parseText(reader, dimension, sink, { count });
    } else await parseBinary(reader, count, dimension, sink);
  }
  const vectors = sink.finish();
  if (vectors.size === 0) throw new RangeError("it has none of the wanted words");
  return vectors;
}

/** The line that begins here, without using it up; undefined if none ends soon enough. */
async function peekLine(reader: ByteReader): Promise<string | undefined> {
  let length = await reader.until(10, MAX_LINE_BYTES);
  if (length < 0 && reader.available <= MAX_LINE_BYTES) length = reader.available;
  if (length <= 0) return undefined;
  return new TextDecoder().decode(reader.bytes.subarray(reader.pos, reader.pos + length));
}

function isVectorLine(line: string, dimension: number): boolean {
  const parts = fields(line);
  return parts.length > dimension &&
    parts.slice(-dimension).every((part) =>
      /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(part) || /^[-+]?(nan|inf)/i.test(part)
    );
}
