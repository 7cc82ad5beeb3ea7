import { createHash } from "node:crypto";
import { readVectors } from "./read_vectors.ts";
import type { NamedVectors } from "./named_vectors.ts";
import {
  ppmiDefaults,
  type PpmiOptions,
  trainPpmiOnText,
  type TrainPpmiOptions,
} from "./ppmi/mod.ts";
import {
  skipgramDefaults,
  type SkipgramOptions,
  trainOnText,
  type TrainSkipgramOptions,
} from "./skipgram/mod.ts";
import { trainingText } from "./training_text.ts";
import { writeWord2Vec } from "./write_word2vec.ts";

/** Rise whenever the same texts and options would give other vectors than before. */
const RECIPES = { skipgram: 3, ppmi: 1 } as const;

/** The name of a cache file: a digest of the text and of all options. */
function fileName(kind: keyof typeof RECIPES, text: Uint8Array, options: object): string {
  const settings = JSON.stringify([kind, RECIPES[kind], Object.entries(options)]);
  const key = createHash("sha256").update(`${settings}\n`).update(text).digest("hex");
  return `${kind}-${key.slice(0, 20)}.bin`;
}

/**
 * The name of the cache file for vectors trained on a text: a digest of all that shapes them.
 *
 * @param text What {@linkcode trainingText} wrote.
 * @param options How to train.
 * @returns A file name.
 */
export function skipgramFileName(text: Uint8Array, options: SkipgramOptions): string {
  return fileName("skipgram", text, skipgramDefaults(options));
}

/**
 * The name of the cache file for vectors made of the counts of a text: a digest of all that shapes them.
 *
 * @param text What {@linkcode trainingText} wrote.
 * @param options How to make them.
 * @returns A file name.
 */
export function ppmiFileName(text: Uint8Array, options: PpmiOptions): string {
  return fileName("ppmi", text, ppmiDefaults(options));
}

/** The vectors of a cache file; nothing if there is none. */
async function cached(path: string): Promise<NamedVectors | undefined> {
  try {
    return await readVectors(path);
  } catch (error) {
    if (error instanceof SyntaxError) error.message += "; remove it to train them anew";
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
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
  const known = await cached(path);
  if (known) return { vectors: known, path };
  const checkpoint = `${path}.checkpoint`;
  const vectors = await trainOnText(text, options, { path: checkpoint, run: name });
  await writeWord2Vec(path, vectors);
  await Deno.remove(checkpoint).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  return { vectors, path };
}

/**
 * Takes vectors made of counts out of the cache, or makes them and puts them there.
 *
 * @param texts The words of each text.
 * @param cacheDir The cache folder; see `findCache`.
 * @param options How to make them.
 * @returns The vectors, and the file they are in now.
 * @throws {RangeError} If an option makes no sense or no word is frequent enough.
 * @throws {SyntaxError} If the file is damaged.
 */
export async function cachedPpmi(
  texts: Iterable<readonly string[]>,
  cacheDir: string,
  options: TrainPpmiOptions = {},
): Promise<{ vectors: NamedVectors; path: string }> {
  const text = trainingText(texts);
  const path = `${cacheDir}/vectors/${ppmiFileName(text, options)}`;
  const known = await cached(path);
  if (known) return { vectors: known, path };
  const vectors = await trainPpmiOnText(text, options);
  await writeWord2Vec(path, vectors);
  return { vectors, path };
}
