import type { OnProgress } from "@heatword/core";
import { statFile } from "@heatword/core/files";
import { parseVectors, type ParseVectorsOptions } from "./parse_vectors.ts";
import type { NamedVectors } from "./named_vectors.ts";

/** Options of {@linkcode readVectors}. */
export interface ReadVectorsOptions extends ParseVectorsOptions {
  /** Called with how many bytes of the file are read. */
  readonly onProgress?: OnProgress;
}

const CHUNK = 2 ** 18;

/**
 * Reads a file of word vectors in one pass, whatever its size: word2vec binary or text, or GloVe text,
 * plain or gzipped.
 *
 * @param path The file.
 * @param options Which vectors are kept.
 * @returns The vectors in the order of the file.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it holds no word vectors, is cut short or damaged.
 * @throws {RangeError} If the dimension is another one or none of the wanted words is there.
 *
 * @example
 * ```ts
 * import { readVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "2 3\nmoon 0 1 2\nride 3 4 5\n");
 * const vectors = await readVectors(path, { wanted: new Set(["ride"]) });
 * assertEquals(vectors.get("Ride"), new Float32Array([3, 4, 5]));
 * await Deno.remove(path);
 * ```
 */
export async function readVectors(
  path: string,
  options: ReadVectorsOptions = {},
): Promise<NamedVectors> {
  let file;
  try {
    await statFile(path);
    file = await Deno.open(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`Cannot find the word vectors "${path}"`);
  }
  try {
    return await parseVectors(chunksOf(file, options.onProgress), options);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      error.message = `Cannot read the word vectors "${path}": ${error.message}`;
    }
    throw error;
  } finally {
    file.close();
  }
}

async function* chunksOf(file: Deno.FsFile, onProgress?: OnProgress): AsyncGenerator<Uint8Array> {
  const { size } = await file.stat();
  let done = 0;
  for (;;) {
    onProgress?.({ task: "Reading word vectors", done, total: size, unit: "bytes" });
    const chunk = new Uint8Array(CHUNK);
    const length = await file.read(chunk);
    if (length === null) return;
    done += length;
    yield chunk.subarray(0, length);
  }
}
