import { writeFileAtomically } from "@heatword/core/files";
import type { NamedVectors } from "./named_vectors.ts";

/**
 * The binary form of the original word2vec: a line `V D`, then for each word the word, a blank, D
 * little-endian float32 and a line feed.
 *
 * @param vectors The vectors.
 * @returns The whole file.
 * @throws {RangeError} If a word is empty or holds a blank or a line feed, which end words there.
 *
 * @example
 * ```ts
 * import { toWord2Vec, NamedVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = toWord2Vec(new NamedVectors(["moon"], new Float32Array([0, 0]), 2));
 * assertEquals(new TextDecoder().decode(bytes), "1 2\nmoon \0\0\0\0\0\0\0\0\n");
 * ```
 */
export function toWord2Vec(vectors: NamedVectors): Uint8Array<ArrayBuffer> {
  const { words, matrix, dimensions } = vectors;
  const lost = words.find((word) => /^$|[ \n]/.test(word) || !word.isWellFormed());
  if (lost !== undefined) {
    throw new RangeError(
      `Cannot write the word ${
        JSON.stringify(lost)
      }: it is empty, or holds a blank, a line feed or half ` +
        "a character",
    );
  }
  const encoder = new TextEncoder();
  const header = encoder.encode(`${words.length} ${dimensions}\n`);
  const names = words.map((word) => encoder.encode(`${word} `));
  const size = names.reduce(
    (sum, name) => sum + name.length + 4 * dimensions + 1,
    header.length,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(header);
  let at = header.length;
  names.forEach((name, row) => {
    bytes.set(name, at);
    at += name.length;
    for (let d = 0; d < dimensions; d++, at += 4) {
      view.setFloat32(at, matrix[row * dimensions + d]!, true);
    }
    bytes[at++] = 10;
  });
  return bytes;
}

/**
 * Writes vectors in word2vec's binary form; the file is there whole or not at all.
 *
 * @param path The file.
 * @param vectors The vectors.
 *
 * @example
 * ```ts
 * import { readVectors, NamedVectors, writeWord2Vec } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await writeWord2Vec(path, new NamedVectors(["moon"], new Float32Array([1, 2]), 2));
 * assertEquals((await readVectors(path)).get("moon"), new Float32Array([1, 2]));
 * await Deno.remove(path);
 * ```
 */
export async function writeWord2Vec(path: string, vectors: NamedVectors): Promise<void> {
  await writeFileAtomically(path, toWord2Vec(vectors));
}
