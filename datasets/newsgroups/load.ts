import { type OnProgress, unknownName } from "@heatword/core";
import { type Article, decodeLatin1, removeHeader } from "./article.ts";
import { CONTENT_DIGEST, contentDigest } from "./content_digest.ts";
import {
  ARCHIVE,
  findSource,
  parsePath,
  readFile,
  readFiles,
  type Source,
} from "./article_files.ts";
import { type Group, GROUPS } from "./groups.ts";

/** The corpus: 11,314 articles to train on and 7,532 to test on. */
export interface Newsgroups {
  /** The articles to train on, sorted by newsgroup and number. */
  readonly train: readonly Article[];
  /** The articles to test on, sorted by newsgroup and number. */
  readonly test: readonly Article[];
}

/** Options of {@linkcode loadNewsgroups}. */
export interface LoadNewsgroupsOptions {
  /** Called with progress. */
  readonly onProgress?: OnProgress;
  /**
   * The {@linkcode contentDigest} that the files must have; another corpus of the same layout has
   * another.
   *
   * @default {CONTENT_DIGEST}
   */
  readonly digest?: string;
}

/**
 * Tells whether the corpus is in a data folder, as an archive or extracted.
 *
 * @param dataDir The data folder.
 * @returns Whether {@linkcode loadNewsgroups} would find something to read.
 *
 * @example
 * ```ts
 * import { hasNewsgroups } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hasNewsgroups("./no/such/folder"), false);
 * ```
 */
export function hasNewsgroups(dataDir: string): boolean {
  return findSource(dataDir) !== undefined;
}

function sourceIn(dataDir: string): Source {
  const source = findSource(dataDir);
  if (source) return source;
  throw new Deno.errors.NotFound(
    `Cannot find the 20Newsgroups corpus at "${dataDir}/${ARCHIVE}": ` +
      'fetch it with "deno task fetch" or name another folder with --data',
  );
}

function damaged(source: Source, why: string): SyntaxError {
  const place = "archive" in source ? source.archive : source.folder;
  return new SyntaxError(
    `Cannot read the corpus "${place}": ${why}; remove it and fetch it again with "deno task fetch"`,
  );
}

async function reading<T>(source: Source, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(source, error.message);
    throw error;
  }
}

function toArticle(path: string, bytes: Uint8Array): Article {
  const { split, id } = parsePath(path)!;
  const label = id.slice(0, id.indexOf("/")) as Group;
  return { id, split, label, text: removeHeader(decodeLatin1(bytes)) };
}

/**
 * Reads the 20Newsgroups corpus, "bydate" split, from `newsgroups/20news-bydate.tar.gz` or from the
 * folders `newsgroups/20news-bydate-train` and `-test`, and checks that every byte is as it should be.
 * Nothing is extracted to disk.
 *
 * @param dataDir The data folder; see `findData`.
 * @param options Progress, and the digest to expect.
 * @returns The articles without their headers.
 * @throws {Deno.errors.NotFound} If the corpus is not there.
 * @throws {SyntaxError} If it is damaged, incomplete or another one.
 *
 * @example
 * ```ts
 * import { findData } from "@heatword/datasets";
 * import { hasNewsgroups, loadNewsgroups } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * const dataDir = findData();
 * if (hasNewsgroups(dataDir)) {
 *   const { train, test } = await loadNewsgroups(dataDir);
 *   assertEquals([train.length, test.length], [11_314, 7_532]);
 * }
 * ```
 */
export async function loadNewsgroups(
  dataDir: string,
  options: LoadNewsgroupsOptions = {},
): Promise<Newsgroups> {
  const { onProgress, digest = CONTENT_DIGEST } = options;
  const source = sourceIn(dataDir);
  const files = await reading(source, () => readFiles(source, onProgress));
  const found = contentDigest(files);
  if (found !== digest) {
    throw damaged(source, `its ${files.size} files have the digest ${found} and not ${digest}`);
  }
  const articles = [...files.keys()].sort().map((path) => toArticle(path, files.get(path)!));
  return {
    train: articles.filter(({ split }) => split === "train"),
    test: articles.filter(({ split }) => split === "test"),
  };
}

/**
 * Reads one article of the corpus.
 *
 * @param dataDir The data folder; see `findData`.
 * @param id Newsgroup and number, e.g. `sci.space/61393`.
 * @returns The article without its header.
 * @throws {Deno.errors.NotFound} If the corpus is not there or has no such article.
 * @throws {SyntaxError} If the archive is damaged.
 *
 * @example
 * ```ts
 * import { findData } from "@heatword/datasets";
 * import { hasNewsgroups, loadArticle } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * const dataDir = findData();
 * if (hasNewsgroups(dataDir)) {
 *   const { label, split } = await loadArticle(dataDir, "sci.space/61393");
 *   assertEquals([label, split], ["sci.space", "test"]);
 * }
 * ```
 */
export async function loadArticle(dataDir: string, id: string): Promise<Article> {
  const source = sourceIn(dataDir);
  const file = await reading(source, () => readFile(source, id));
  if (file) return toArticle(file.path, file.bytes);
  const [group = ""] = id.split("/");
  const why = (GROUPS as readonly string[]).includes(group)
    ? `"${group}" has no such number`
    : unknownName("newsgroup", group, GROUPS).message;
  throw new Deno.errors.NotFound(`Cannot find the article "${id}": ${why}`);
}
