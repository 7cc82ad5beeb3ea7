import { ARCHIVE, findSource, readFiles } from "../newsgroups/article_files.ts";
import { CONTENT_DIGEST, contentDigest } from "../newsgroups/content_digest.ts";
import { type FetchOptions, fetchSource, type Source } from "./source.ts";

/** The official archive of the 20Newsgroups corpus, "bydate" split, and its mirror. */
export const NEWSGROUPS_SOURCE: Source = {
  name: "20news-bydate.tar.gz",
  addresses: [
    "https://ndownloader.figshare.com/files/5975967",
    "http://qwone.com/~jason/20Newsgroups/20news-bydate.tar.gz",
  ],
  sha256: "8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610",
  maxBytes: 2 ** 26,
};

/** What {@linkcode fetchNewsgroups} takes. */
export interface FetchNewsgroupsOptions extends FetchOptions {
  /** Where the archive is. @default {NEWSGROUPS_SOURCE} */
  readonly source?: Source;
  /** The `contentDigest` that the files must have, whatever the archive. @default {CONTENT_DIGEST} */
  readonly digest?: string;
}

/**
 * Downloads the 20Newsgroups corpus into a data folder, unless it is there already and intact.
 *
 * @param dataDir The data folder; see `findData`.
 * @param options Where from and how.
 * @returns Whether it was downloaded.
 * @throws {DownloadError} If no address gives the corpus.
 *
 * @example
 * ```ts
 * import { findData } from "@heatword/datasets";
 * import { hasNewsgroups } from "@heatword/datasets/newsgroups";
 * import { fetchNewsgroups } from "@heatword/datasets/sources";
 * import { assertEquals } from "@std/assert";
 *
 * const dataDir = findData();
 * if (hasNewsgroups(dataDir)) {
 *   assertEquals(await fetchNewsgroups(dataDir, { offline: true }), false);
 * }
 * ```
 */
export async function fetchNewsgroups(
  dataDir: string,
  options: FetchNewsgroupsOptions = {},
): Promise<boolean> {
  const { source = NEWSGROUPS_SOURCE, digest = CONTENT_DIGEST, ...rest } = options;
  const there = findSource(dataDir);
  if (there && !options.force && (await problemOf(there, digest)) === undefined) return false;
  await fetchSource(source, `${dataDir}/${ARCHIVE}`, rest, {
    verify: async (archive) => {
      const problem = await problemOf({ archive }, digest);
      if (problem !== undefined) throw new SyntaxError(problem);
    },
  });
  return true;
}

async function problemOf(
  source: Parameters<typeof readFiles>[0],
  digest: string,
): Promise<string | undefined> {
  try {
    const found = contentDigest(await readFiles(source));
    return found === digest ? undefined : `its files have the digest ${found} and not ${digest}`;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}
