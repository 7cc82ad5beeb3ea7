// deno-lint-ignore-file no-control-regex
/** The first bytes, one character each, of kinds of files that are often given in place of others. */
const SIGNATURES: readonly (readonly [start: RegExp, kind: string])[] = [
  [/^PK(\x03\x04|\x05\x06)/, "a zip archive"],
  [/^\x93NUMPY[\x01-\x03]/, "a NumPy array (.npy)"],
  [/^\xba\x16\x4f\x2f/, "a model of fastText (.bin)"],
  // Protocol 2 and later; the first opcode is a frame, a global, or the begin of an object.
  [/^\x80[\x02-\x05][\x80-\x9f(\]})c-gJ-NU-Xh-rt]/, "a Python pickle"],
  [/^\x89HDF\r\n\x1a\n/, "an HDF5 file (.h5)"],
  [/^PAR1[\0-\x1f]/, "a Parquet file"],
  [/^GGUF[\x01-\x09]\0\0\0/, "a GGUF model"],
  [/^.{3}\0{5}\{"/s, "a file of safetensors"],
  [/^BZh[1-9]1AY&SY/, "a bzip2 archive"],
  [/^\xfd7zXZ\0/, "an xz archive"],
  [/^\x28\xb5\x2f\xfd/, "a Zstandard archive"],
  [/^7z\xbc\xaf\x27\x1c/, "a 7z archive"],
  [/^Rar!\x1a\x07/, "a RAR archive"],
  [/^\x1f\x8b/, "a gzip archive"],
  [/^.{257}ustar/s, "a tar archive"],
  [/^SQLite format 3\0/, "an SQLite database"],
  [/^%PDF-\d/, "a PDF document"],
  [/^\x89PNG\r\n\x1a\n/, "a PNG picture"],
  [/^\xff\xd8\xff/, "a JPEG picture"],
  [/^\x7fELF/, "a program"],
  [/^(\xff\xfe\0\0|\0\0\xfe\xff)/, "a text in UTF-32"],
  [/^(\xff\xfe|\xfe\xff)/, "a text in UTF-16"],
  // Without a byte order mark: every second byte is zero.
  [/^((\0[^\0]){3}|([^\0]\0){3})/, "a text in UTF-16"],
];

/** How many bytes {@linkcode fileKind} looks at. */
export const FILE_KIND_BYTES = 512;

/**
 * Tells by the first bytes what a file is that is not plain text: an archive, a pickle, a NumPy array, a
 * text in UTF-16, …
 *
 * @param start The first bytes of the file, at best {@linkcode FILE_KIND_BYTES}.
 * @returns What it is, with an article, e.g. `a zip archive`; nothing where the bytes do not tell.
 *
 * @example
 * ```ts
 * import { fileKind } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fileKind(new TextEncoder().encode("PK\u0003\u0004…")), "a zip archive");
 * assertEquals(fileKind(new TextEncoder().encode("moon 1 2 3\n")), undefined);
 * ```
 */
export function fileKind(start: Uint8Array): string | undefined {
  const head = String.fromCharCode(...start.subarray(0, FILE_KIND_BYTES));
  return SIGNATURES.find(([start]) => start.test(head))?.[1];
}

/**
 * What to do with a file of a kind that {@linkcode fileKind} told, where a plain one is needed.
 *
 * @param kind What it told.
 * @returns The way out, e.g. `unpack it first`; nothing where there is none in general.
 */
export function wayOut(kind: string): string | undefined {
  if (/archive$/.test(kind)) return "unpack it first";
  if (/UTF-(16|32)$/.test(kind)) return "convert it to UTF-8";
  return undefined;
}

/** Whether bytes begin with a byte order mark of UTF-16, which decoders know. */
const isMarked = ([a, b]: Uint8Array) => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

function refuse(start: Uint8Array, encoding: string): void {
  const kind = fileKind(start);
  if (kind === undefined) return;
  const isText = kind.endsWith("UTF-16");
  if (isText && (isMarked(start) || !/^utf-?8$/i.test(encoding))) return;
  const hint = isText ? `name the encoding, utf-16${start[0] === 0 ? "be" : "le"}` : wayOut(kind);
  throw new SyntaxError(`it is ${kind}${hint === undefined ? ", no text" : `: ${hint}`}`);
}

/**
 * Makes sure that bytes can be a text, before a decoder makes one of an archive or a picture.
 *
 * @param bytes The whole file, or at least its start.
 * @param encoding The encoding in which they will be read. @default {"utf-8"}
 * @returns The same bytes.
 * @throws {SyntaxError} If they are those of another kind of file, or of UTF-16 without a mark.
 *
 * @example
 * ```ts
 * import { textBytes } from "@heatword/core";
 * import { assertThrows } from "@std/assert";
 *
 * const zip = new Uint8Array([0x50, 0x4b, 3, 4]);
 * assertThrows(() => textBytes(zip), SyntaxError, "it is a zip archive: unpack it first");
 * ```
 */
export function textBytes<T extends Uint8Array>(bytes: T, encoding = "utf-8"): T {
  refuse(bytes.subarray(0, FILE_KIND_BYTES), encoding);
  return bytes;
}

const LINE_FEED = 10;

/**
 * As {@linkcode textBytes}, for a file that comes in pieces. A piece that ends a line is handed on at
 * once, others when enough is there to tell the kind of the file.
 *
 * @param source The pieces.
 * @param encoding The encoding in which they will be read. @default {"utf-8"}
 * @returns The same bytes.
 * @throws {SyntaxError} While reading, if they are those of another kind of file.
 */
export async function* textChunks(
  source: AsyncIterable<Uint8Array>,
  encoding = "utf-8",
): AsyncGenerator<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  let given = 0;
  for await (const chunk of source) {
    if (given >= FILE_KIND_BYTES) {
      yield chunk;
      continue;
    }
    const both = new Uint8Array(start.length + chunk.length);
    both.set(start);
    both.set(chunk, start.length);
    start = both;
    // Whoever sends a line may wait for the answer before sending more.
    if (start.length < FILE_KIND_BYTES && !chunk.includes(LINE_FEED)) continue;
    yield textBytes(start, encoding).subarray(given);
    given = start.length;
  }
  if (given < start.length) yield textBytes(start, encoding).subarray(given);
}
