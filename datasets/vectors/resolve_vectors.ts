import { fetchGoogleNews } from "../sources/google_news.ts";
import { cachedSkipgram } from "./cached_skipgram.ts";
import { readVectors } from "./read_vectors.ts";
import type { TrainSkipgramOptions } from "./skipgram/mod.ts";
import type { NamedVectors } from "./named_vectors.ts";

/** What {@linkcode resolveVectors} may need. */
export interface ResolveVectorsOptions extends TrainSkipgramOptions {
  /** The words of each text to train on, in lower case; asked for only to train. */
  readonly texts: () => Iterable<readonly string[]>;
  /** The words to keep of a file; `googlenews` needs them. @default {all} */
  readonly wanted?: ReadonlySet<string>;
  /** The cache folder; see `findCache`. */
  readonly cacheDir: string;
  /** The data folder, which may have the GoogleNews vectors; see `findData`. @default {none} */
  readonly dataDir?: string;
  /** Called with what was left out of a file that could be read, one sentence each. */
  readonly onNotice?: (note: string) => void;
  /** Forbids to use the network. @default {false} */
  readonly offline?: boolean;
}

/**
 * Gets the word vectors that `--vectors` names: `skipgram` takes them out of the cache or trains them
 * on the texts; `googlenews` takes those of the wanted words out of the cache or downloads them; anything
 * else is a file that {@linkcode readVectors} reads.
 *
 * @param spec `skipgram`, `googlenews` or a path (`./skipgram` is the file of that name).
 * @param options Texts, cache, how to train, and which words to keep.
 * @returns The vectors, and the file they are in.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file holds no word vectors, is cut short or damaged.
 * @throws {RangeError} If a training option makes no sense, or none of the wanted words is there.
 * @throws {DownloadError} If the GoogleNews vectors cannot be downloaded.
 *
 * @example
 * ```ts
 * import { resolveVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const cacheDir = await Deno.makeTempDir();
 * const texts = () => [["the", "moon", "and", "the", "sun"]];
 * const options = { texts, cacheDir, dimensions: 4, minCount: 1, subsample: 1 };
 * const { vectors, path } = await resolveVectors("skipgram", options);
 * assertEquals(vectors.size, 4);
 * assertEquals((await resolveVectors(path, options)).vectors, vectors);
 * await Deno.remove(cacheDir, { recursive: true });
 * ```
 */
export async function resolveVectors(
  spec: string,
  options: ResolveVectorsOptions,
): Promise<{ vectors: NamedVectors; path: string }> {
  const { texts, wanted, cacheDir, dataDir, offline, onNotice, ...training } = options;
  if (spec === "skipgram") return cachedSkipgram(texts(), cacheDir, training);
  const { onProgress, signal } = training;
  const progress = onProgress ? { onProgress } : {};
  if (spec === "googlenews") {
    if (!wanted) throw new TypeError("Cannot fetch all GoogleNews vectors: say which words");
    return fetchGoogleNews(wanted, cacheDir, {
      ...progress,
      ...(signal ? { signal } : {}),
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(offline === undefined ? {} : { offline }),
    });
  }
  const vectors = await readVectors(spec, {
    ...(wanted ? { wanted } : {}),
    ...(onNotice ? { onNotice } : {}),
    ...progress,
  });
  return { vectors, path: spec };
}
