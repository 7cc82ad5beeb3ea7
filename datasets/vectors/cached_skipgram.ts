import { createHash } from "node:crypto";
import { readVectors } from "./read_vectors.ts";
import {
  skipgramDefaults,
  type SkipgramOptions,
  trainingText,
  trainOnText,
  type TrainSkipgramOptions,
} from "./skipgram/mod.ts";
import type { NamedVectors } from "./named_vectors.ts";
import { writeWord2Vec } from "./write_word2vec.ts";

/** Rises whenever the same texts and options would give other vectors than before. */
const RECIPE = 3;

/**
 * The name of the cache file for vectors trained on a text: a digest of all that shapes them.
 *
 * @param text What {@linkcode trainingText} wrote.
 * @param options How to train.
 * @returns A file name.
 */
export function skipgramFileName(text: Uint8Array, options: SkipgramOptions): string {
  const settings = JSON.stringify(["skipgram", RECIPE, Object.entries(skipgramDefaults(options))]);
  const key = createHash("sha256").update(`${settings}\n`).update(text).digest("hex");
  return `skipgram-${key.slice(0, 20)}.bin`;
}

/**
 * Takes skip-gram vectors out of the cache, or trains them and puts them there. A training leaves a
 * checkpoint beside them every half minute and when the signal stops it; started again, it resumes
 * from there and gives the same bytes.
 *
 * @param texts The words of each text.
 * @param cacheDir The cache folder; see `findCache`.
 * @param options How to train.
 * @returns The vectors, and the file they are in now.
 * @throws {RangeError} If an option makes no sense or no word is frequent enough.
 * @throws {SyntaxError} If the file or the checkpoint is damaged.
 */
export async function cachedSkipgram(
  texts: Iterable<readonly string[]>,
  cacheDir: string,
  options: TrainSkipgramOptions = {},
): Promise<{ vectors: NamedVectors; path: string }> {
  const text = trainingText(texts);
  const name = skipgramFileName(text, options);
  const path = `${cacheDir}/vectors/${name}`;
  try {
    return { vectors: await readVectors(path), path };
  } catch (error) {
    if (error instanceof SyntaxError) error.message += "; remove it to train them anew";
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const checkpoint = `${path}.checkpoint`;
  const vectors = await trainOnText(text, options, { path: checkpoint, run: name });
  await writeWord2Vec(path, vectors);
  await Deno.remove(checkpoint).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  return { vectors, path };
}
