import { decodeLatin1 } from "@heatword/datasets/newsgroups";
import { UsageError } from "../cli/cli.ts";

/** Turns bytes into text, or says why that cannot be. */
export type Decode = (bytes: Uint8Array) => string;

/** How many bytes at the start are valid UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  const again = new TextEncoder().encode(
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
  );
  let i = 0;
  while (i < bytes.length && bytes[i] === again[i]) i++;
  return i;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const at = validPrefix(bytes);
    const byte = bytes[at]?.toString(16).padStart(2, "0");
    const what = byte === undefined ? "its end" : `byte 0x${byte} at offset ${at}`;
    throw new SyntaxError(`${what} is not UTF-8; name the encoding, e.g. --encoding latin1`);
  }
}

/**
 * The decoder of an encoding. `latin1` is ISO-8859-1, each byte the character of that number.
 *
 * @param encoding A name as the Encoding Standard has them.
 * @throws {UsageError} If there is no such encoding.
 */
export function decoderOf(encoding: string): Decode {
  const name = encoding.toLowerCase();
  if (["utf-8", "utf8"].includes(name)) return decodeUtf8;
  if (["latin1", "latin-1", "iso-8859-1"].includes(name)) return decodeLatin1;
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name, { fatal: true });
  } catch {
    throw new UsageError(`Unknown encoding "${encoding}": give utf-8, latin1, utf-16le, …`);
  }
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw new SyntaxError(`it is not ${name}`);
    }
  };
}
