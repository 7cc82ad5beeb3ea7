import type { OnProgress } from "@heatword/core";
import { fetchGoogleNews } from "../sources/google_news.ts";
import { cachedPpmi, cachedSkipgram } from "./cached_vectors.ts";
import { joinVectors } from "./join_vectors.ts";
import type { NamedVectors } from "./named_vectors.ts";
import { readVectors } from "./read_vectors.ts";
import { skipgramDefaults, type TrainSkipgramOptions } from "./skipgram/mod.ts";
import { readVectorSpec, type TrainedVectors } from "./vector_spec.ts";

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

/** Vectors, and the file they are in. */
interface Found {
  readonly vectors: NamedVectors;
  readonly path: string;
}

/** Those of a file, or of GoogleNews. */
async function fromFile(spec: string, options: ResolveVectorsOptions): Promise<Found> {
  const { wanted, cacheDir, dataDir, offline, onNotice, onProgress, signal } = options;
  const progress: { onProgress?: OnProgress } = onProgress ? { onProgress } : {};
  if (spec === "googlenews") {
    if (!wanted) throw new TypeError("Cannot fetch all GoogleNews vectors: say which words");
    return await fetchGoogleNews(wanted, cacheDir, {
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

/** Those that are made of the texts; both ways take the same window and the same words. */
async function fromTexts(kind: TrainedVectors, options: ResolveVectorsOptions): Promise<Found> {
  const { texts, cacheDir, onProgress, signal, ...training } = options;
  if (kind === "skipgram") return await cachedSkipgram(texts(), cacheDir, options);
  const { dimensions, window, minCount, seed } = skipgramDefaults(training);
  return await cachedPpmi(texts(), cacheDir, {
    ...{ dimensions, window, minCount, seed },
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  });
}

/**
 * Gets the word vectors that `--vectors` names: `skipgram` and `ppmi` take them out of the cache or make
 * them of the texts; `googlenews` takes those of the wanted words out of the cache or downloads them;
 * anything else is a file that {@linkcode readVectors} reads. Several with `+` between are joined, see
 * {@linkcode joinVectors}.
 *
 * @param spec What {@linkcode readVectorSpec} reads (`./skipgram` is the file of that name).
 * @param options Texts, cache, how to train, and which words to keep.
 * @returns The vectors, and the file they are in; of several, all files with " + " between.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file holds no word vectors, is cut short or damaged.
 * @throws {RangeError} If the spec or a training option makes no sense, or none of the wanted words is
 * there.
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
  const { trained, file } = readVectorSpec(spec);
  // First the file: what is wrong with it must not be found after a long training.
  const given = file === undefined ? [] : [await fromFile(file, options)];
  const found: Found[] = [];
  for (const kind of trained) found.push(await fromTexts(kind, options));
  found.push(...given);
  if (found.length === 1) return found[0]!;
  return {
    vectors: joinVectors(found.map(({ vectors }) => vectors)),
    path: found.map(({ path }) => path).join(" + "),
  };
}
