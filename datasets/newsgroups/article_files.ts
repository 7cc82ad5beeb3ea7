import type { OnProgress } from "@heatword/core";
import { readTarGz } from "../archives/tar_gz.ts";
import { GROUPS } from "./groups.ts";

/** The name of the archive in the data folder. */
export const ARCHIVE = "newsgroups/20news-bydate.tar.gz";
/** The official archive has 14 MB. */
const MAX_ARCHIVE_BYTES = 2 ** 26;
const SPLITS = ["20news-bydate-train", "20news-bydate-test"] as const;
const PATH = /^20news-bydate-(train|test)\/([a-z.-]+)\/(\d+)$/;

/** Where the corpus is: one archive, or the folders that come out of it. */
export type Source = { readonly archive: string } | { readonly folder: string };

function exists(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Looks for the archive, then for the extracted folders. */
export function findSource(dataDir: string): Source | undefined {
  const archive = `${dataDir}/${ARCHIVE}`;
  if (exists(archive)?.isFile) return { archive };
  const folder = `${dataDir}/newsgroups`;
  if (SPLITS.every((split) => exists(`${folder}/${split}`)?.isDirectory)) return { folder };
  return undefined;
}

/** What the parts of an article's path are, or undefined if it is not an article's path. */
export function parsePath(path: string): { split: "train" | "test"; id: string } | undefined {
  const match = PATH.exec(path);
  if (!match || !(GROUPS as readonly string[]).includes(match[2]!)) return undefined;
  return { split: match[1] as "train" | "test", id: `${match[2]}/${match[3]}` };
}

/** Reads the raw bytes of every article by its path, `20news-bydate-train/sci.space/59497`. */
export async function readFiles(
  source: Source,
  onProgress?: OnProgress,
): Promise<Map<string, Uint8Array>> {
  if ("folder" in source) return readFolders(source.folder, onProgress);
  const { size } = await Deno.stat(source.archive);
  if (size > MAX_ARCHIVE_BYTES) {
    throw new SyntaxError(`The archive has ${size} bytes, more than ${MAX_ARCHIVE_BYTES}`);
  }
  onProgress?.({ task: "Unpacking the corpus", done: 0, total: size, unit: "bytes" });
  const files = await readTarGz(await Deno.readFile(source.archive));
  onProgress?.({ task: "Unpacking the corpus", done: size, total: size, unit: "bytes" });
  for (const path of files.keys()) {
    if (!parsePath(path)) {
      throw new SyntaxError(`The file "${path}" is not an article of the corpus`);
    }
  }
  return files;
}

function readFolders(folder: string, onProgress?: OnProgress): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const split of SPLITS) {
    for (const group of GROUPS) {
      if (!exists(`${folder}/${split}/${group}`)?.isDirectory) continue;
      for (const { name, isFile } of Deno.readDirSync(`${folder}/${split}/${group}`)) {
        const path = `${split}/${group}/${name}`;
        if (isFile && parsePath(path)) files.set(path, Deno.readFileSync(`${folder}/${path}`));
      }
      onProgress?.({ task: "Reading the corpus", done: files.size, unit: "articles" });
    }
  }
  return files;
}

/** Reads one article without the others where the corpus is extracted; undefined if there is none. */
export async function readFile(
  source: Source,
  id: string,
): Promise<{ path: string; bytes: Uint8Array } | undefined> {
  const paths = SPLITS.map((split) => `${split}/${id}`).filter((path) => parsePath(path));
  if ("folder" in source) {
    const path = paths.find((path) => exists(`${source.folder}/${path}`)?.isFile);
    return path ? { path, bytes: await Deno.readFile(`${source.folder}/${path}`) } : undefined;
  }
  const files = await readFiles(source);
  const path = paths.find((path) => files.has(path));
  return path ? { path, bytes: files.get(path)! } : undefined;
}
