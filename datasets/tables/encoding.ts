import { decodeLatin1 } from "../newsgroups/article.ts";

/** Turns bytes into text, or says why that cannot be. */
export type Decode = (bytes: Uint8Array) => string;

/** How a byte order mark at the start is taken. */
export interface DecoderOptions {
  /**
   * `"obey"` lets it overrule the encoding, and takes it off; `"keep"` leaves it to the encoding.
   *
   * @default {"obey"}
   */
  readonly mark?: "obey" | "keep";
}

/** How many bytes at the start are valid UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  const again = new TextEncoder().encode(
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
  );
  let i = 0;
  while (i < bytes.length && bytes[i] === again[i]) i++;
  // The first bytes of what stands for the bad one may be like it by chance.
  while (i > 0 && (again[i]! & 0xc0) === 0x80) i--;
  return i;
}

/** Bytes that are not in the encoding that they should be in. */
export class MisreadError extends SyntaxError {
  /** Its name, as it is shown. */
  override readonly name = "MisreadError";
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    const at = validPrefix(bytes);
    const byte = bytes[at]?.toString(16).padStart(2, "0");
    const what = byte === undefined ? "its end" : `byte 0x${byte} at offset ${at}`;
    throw new MisreadError(`${what} is not UTF-8; name the encoding, e.g. --encoding latin1`);
  }
}

/**
 * The encoding of a name, in the one spelling that the functions here use.
 *
 * @param name `utf-8`, `utf8`, `latin1`, `latin-1`, `iso-8859-1`, or any label of the Encoding
 * Standard, e.g. `windows-1252`, in capitals or not.
 * @returns `utf-8`, `latin1` (ISO-8859-1 as it is, which the Encoding Standard takes for
 * windows-1252), or the Standard's name.
 * @throws {RangeError} If there is no such encoding.
 */
export function encodingOf(name: string): string {
  const lower = name.toLowerCase();
  if (["latin1", "latin-1", "iso-8859-1"].includes(lower)) return "latin1";
  try {
    return new TextDecoder(lower).encoding;
  } catch {
    throw new RangeError(
      `Unknown encoding "${name}": give utf-8, latin1 or another of the Encoding Standard`,
    );
  }
}

/** The Unicode encoding that a byte order mark at the start tells, and the length of the mark. */
export function markOf(start: Uint8Array): { encoding: string; length: number } | undefined {
  const [a, b, c] = start;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

function plainDecoder(encoding: string): Decode {
  if (encoding === "utf-8") return decodeUtf8;
  if (encoding === "latin1") return decodeLatin1;
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw new MisreadError(`it is not ${encoding}`);
    }
  };
}

/**
 * The decoder of an encoding, for whole texts.
 *
 * @param name A name that {@linkcode encodingOf} takes.
 * @param options What becomes of a byte order mark.
 * @returns The decoder; it throws a {@linkcode MisreadError} that says what is wrong with the bytes.
 * @throws {RangeError} If there is no such encoding.
 *
 * @example
 * ```ts
 * import { decoderOf } from "@heatword/datasets/tables";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const bytes = new Uint8Array([0x63, 0x61, 0x66, 0xe9]);
 * assertEquals(decoderOf("iso-8859-1")(bytes), "café");
 * assertThrows(() => decoderOf("utf8")(bytes), SyntaxError, "byte 0xe9 at offset 3 is not UTF-8");
 * ```
 */
export function decoderOf(name: string, options: DecoderOptions = {}): Decode {
  const decode = plainDecoder(encodingOf(name));
  if (options.mark === "keep") return decode;
  return (bytes) => {
    const mark = markOf(bytes);
    return mark ? plainDecoder(mark.encoding)(bytes.subarray(mark.length)) : decode(bytes);
  };
}
