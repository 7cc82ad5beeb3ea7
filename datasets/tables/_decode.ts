import { decodeLatin1 } from "../newsgroups/article.ts";

/** How bytes stand for characters. */
export type Encoding = "utf8" | "latin1";

/** Decodes a stream; a byte order mark is taken off, and UTF-16 is told by it. */
export async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  let decoder: { decode(bytes?: Uint8Array): string } | undefined;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk, encoding);
    yield decoder.decode(chunk);
  }
  if (decoder) yield decoder.decode();
}

/** Decodes a whole file. */
export function decodeAll(bytes: Uint8Array, encoding: Encoding): string {
  const decoder = decoderFor(bytes, encoding);
  return decoder.decode(bytes) + decoder.decode();
}

function decoderFor(start: Uint8Array, encoding: Encoding) {
  const [a, b, c] = start;
  const utf16 = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "";
  const utf8 = a === 0xef && b === 0xbb && c === 0xbf;
  if (encoding === "latin1" && !utf16 && !utf8) {
    return { decode: (bytes?: Uint8Array) => bytes ? decodeLatin1(bytes) : "" };
  }
  const decoder = new TextDecoder(utf16 || "utf-8", { fatal: true });
  return {
    decode(bytes?: Uint8Array): string {
      try {
        return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      } catch {
        throw new SyntaxError(`it is not ${utf16 ? "UTF-16" : "UTF-8"}; is it latin1?`);
      }
    },
  };
}
