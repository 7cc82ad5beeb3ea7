import { writeFileAtomically } from "@heatword/core/files";
import { createHash } from "node:crypto";
import { DownloadError } from "../download/download_error.ts";
import { downloadStream } from "../download/download_stream.ts";
import { parseVectors } from "../vectors/parse_vectors.ts";
import { readVectors } from "../vectors/read_vectors.ts";
import type { NamedVectors } from "../vectors/named_vectors.ts";
import { writeWord2Vec } from "../vectors/write_word2vec.ts";
import type { FetchOptions, Source } from "./source.ts";

/** The GoogleNews vectors, 3 million words and phrases in 300 dimensions; Mikolov et al. 2013. */
export const GOOGLE_NEWS_SOURCE: Source = {
  name: "GoogleNews-vectors-negative300.bin.gz",
  addresses: [
    "https://s3.amazonaws.com/dl4j-distribution/GoogleNews-vectors-negative300.bin.gz",
    "https://huggingface.co/LoganKilpatrick/GoogleNews-vectors-negative300/resolve/main/GoogleNews-vectors-negative300.bin.gz",
  ],
  sha256: "21c05ae916a67a4da59b1d006903355cced7de7da1e42bff9f0504198c748da8",
  maxBytes: 1_647_046_227,
};

/** What {@linkcode fetchGoogleNews} takes. */
export interface FetchGoogleNewsOptions extends FetchOptions {
  /** Where the vectors are. @default {GOOGLE_NEWS_SOURCE} */
  readonly source?: Source;
  /** A data folder that may have the whole file, as `vectors/GoogleNews-vectors-negative300.bin.gz`. @default {none} */
  readonly dataDir?: string;
}

/**
 * Gets the GoogleNews vectors of some words: out of the cache, from the whole file in the data folder, or
 * from the network. The download runs through gunzip and the choice of words as it comes, so neither the
 * packed nor the unpacked file touches the disk, and memory holds the chosen words alone. What was
 * chosen goes into the cache.
 *
 * @param wanted The words, in the very form of the file; see `wantedForms`.
 * @param cacheDir The cache folder; see `findCache`.
 * @param options Where from and how.
 * @returns The vectors, and the file they are in now.
 * @throws {DownloadError} If no address gives the right file.
 * @throws {SyntaxError} If a file is damaged.
 * @throws {RangeError} If none of the words has a vector.
 */
export async function fetchGoogleNews(
  wanted: ReadonlySet<string>,
  cacheDir: string,
  options: FetchGoogleNewsOptions = {},
): Promise<{ vectors: NamedVectors; path: string }> {
  const { source = GOOGLE_NEWS_SOURCE, dataDir, onProgress, force } = options;
  const progress = onProgress ? { onProgress } : {};
  const list = `${cacheDir}/vectors/googlenews.words`;
  const cached = await readList(list);
  if (!force && cached && wanted.isSubsetOf(cached.words)) {
    const path = `${cacheDir}/vectors/${cached.file}`;
    return { vectors: await readVectors(path, { wanted, ...progress }), path };
  }
  // Words that were asked for before stay in the cache.
  const all = cached ? wanted.union(cached.words) : wanted;
  const whole = dataDir === undefined ? undefined : await wholeFile(dataDir, source.name);
  const vectors = whole
    ? await readVectors(whole, { wanted: all, ...progress })
    : await fromAnywhere(source, all, options);

  const words = [...all].sort().join("\n");
  const file = `googlenews-${createHash("sha256").update(words).digest("hex").slice(0, 20)}.bin`;
  const path = `${cacheDir}/vectors/${file}`;
  await writeWord2Vec(path, vectors);
  await writeFileAtomically(list, `${file}\n${words}`);
  if (cached && cached.file !== file) {
    await Deno.remove(`${cacheDir}/vectors/${cached.file}`).catch(() => {});
  }
  return { vectors, path };
}

/** Thrown when what came is not the file. */
class WrongContentError extends DownloadError {}

async function fromAnywhere(
  source: Source,
  wanted: ReadonlySet<string>,
  options: FetchGoogleNewsOptions,
): Promise<NamedVectors> {
  const addresses = [...(options.mirrors ?? []), ...source.addresses];
  try {
    return await streamVectors(addresses, source, wanted, options);
  } catch (error) {
    if (!(error instanceof WrongContentError) || addresses.length === 1) throw error;
    // One of them has another file: each anew.
    for (const address of addresses) {
      try {
        return await streamVectors([address], source, wanted, options);
      } catch (again) {
        if (!(again instanceof DownloadError)) throw again;
      }
    }
    throw error;
  }
}

async function streamVectors(
  addresses: readonly string[],
  source: Source,
  wanted: ReadonlySet<string>,
  options: FetchGoogleNewsOptions,
): Promise<NamedVectors> {
  const { mirrors: _mirrors, force: _force, source: _source, dataDir: _dataDir, ...rest } = options;
  const { name, maxBytes } = source;
  const hash = createHash("sha256");
  async function* hashed() {
    for await (
      const chunk of downloadStream(addresses, { ...rest, name, maxBytes, checked: true })
    ) {
      hash.update(chunk);
      yield chunk;
    }
  }
  let problem: string | undefined;
  try {
    const vectors = await parseVectors(hashed(), { wanted });
    const found = hash.digest("hex");
    if (found === source.sha256) return vectors;
    problem = `its SHA-256 is ${found} and not ${source.sha256}`;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problem = error.message;
  }
  throw new WrongContentError(`Cannot download ${name}: ${problem}`);
}

async function wholeFile(dataDir: string, name: string): Promise<string | undefined> {
  for (const path of [name, name.replace(/\.gz$/, "")].map((n) => `${dataDir}/vectors/${n}`)) {
    try {
      if ((await Deno.stat(path)).isFile) return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

/** Which words were asked for, and in which file those of them are that have a vector. */
async function readList(path: string): Promise<{ file: string; words: Set<string> } | undefined> {
  try {
    const [file, ...words] = (await Deno.readTextFile(path)).split("\n");
    if (!/^googlenews-[0-9a-f]{20}\.bin$/.test(file!)) return undefined;
    await Deno.stat(path.replace(/[^/]*$/, file!));
    return { file: file!, words: new Set(words) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
