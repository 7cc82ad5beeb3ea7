import { parseVectors } from "@heatword/datasets/vectors";
import { assertEquals } from "@std/assert";

/** Parts of a binary file: texts in UTF-8, numbers as little-endian float32. */
export function binary(...parts: (string | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const chunks = parts.map((part) => {
    if (typeof part === "string") return new TextEncoder().encode(part);
    const bytes = new DataView(new ArrayBuffer(4 * part.length));
    part.forEach((number, i) => bytes.setFloat32(4 * i, number, true));
    return new Uint8Array(bytes.buffer);
  });
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The bytes as a stream of pieces of this size. */
export async function* pieces(
  bytes: Uint8Array,
  size = bytes.length || 1,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.slice(at, at + size));
  }
}

/** The vectors of a file by word, whatever the size of its pieces; and what it left out. */
export async function readWhole(file: Uint8Array, wanted?: string[]) {
  const inPieces = async (size: number) => {
    const notes: string[] = [];
    const vectors = await parseVectors(pieces(file, size), {
      ...(wanted && { wanted: new Set(wanted) }),
      onNotice: (note) => notes.push(note),
    });
    return { words: vectors.words.map((word) => [word, ...vectors.get(word)!]), notes };
  };
  const whole = await inPieces(file.length);
  for (const size of [1, 7]) assertEquals(await inPieces(size), whole);
  return whole;
}
