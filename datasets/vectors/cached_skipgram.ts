import { createHash } from "node:crypto";
import { readVectors } from "./read_vectors.ts";
import {
  skipgramDefaults,
  type SkipgramOptions,
  trainingText,
  trainOnText,
  type TrainSkipgramOptions,
} from "./skipgram.ts";
import type { NamedVectors } from "./named_vectors.ts";
import { writeWord2Vec } from "./write_word2vec.ts";

/** What trains; another version may give other bytes. The same as in the import map. */
export const SKIPGRAM_ENGINE = "fasttext.wasm.js@1.0.0";

/** Rises whenever the same texts and options would give other vectors than before. */
const RECIPE = 2;

/**
 * The name of the cache file for vectors trained on a text: a digest of all that shapes them.
 *
 * @param text What {@linkcode trainingText} wrote.
 * @param options How to train.
 * @returns A file name.
 */
export function skipgramFileName(text: Uint8Array, options: SkipgramOptions): string {
  // The key of files that are in caches has this name.
  const { dimensions, ...others } = skipgramDefaults(options);
  const settings = JSON.stringify([
    SKIPGRAM_ENGINE,
    RECIPE,
    Object.entries({ dimension: dimensions, ...others }),
  ]);
  const key = createHash("sha256").update(`${settings}\n`).update(text).digest("hex");
  return `skipgram-${key.slice(0, 20)}.bin`;
}

/**
 * Takes skip-gram vectors out of the cache, or trains them and puts them there. A training that is
 * killed leaves nothing behind.
 *
 * @param texts The words of each text.
 * @param cacheDir The cache folder; see `findCache`.
 * @param options How to train.
 * @returns The vectors, and the file they are in now.
 * @throws {RangeError} If an option makes no sense or no word is frequent enough.
 */
export async function cachedSkipgram(
  texts: Iterable<readonly string[]>,
  cacheDir: string,
  options: TrainSkipgramOptions = {},
): Promise<{ vectors: NamedVectors; path: string }> {
  const text = trainingText(texts);
  const path = `${cacheDir}/vectors/${skipgramFileName(text, options)}`;
  try {
    return { vectors: await readVectors(path), path };
  } catch (error) {
    if (error instanceof SyntaxError) error.message += "; remove it to train them anew";
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const vectors = await trainOnText(text, options);
  await writeWord2Vec(path, vectors);
  return { vectors, path };
}
