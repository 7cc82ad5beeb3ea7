import { contentDigest } from "@heatword/datasets/newsgroups";
import { tarGz } from "../_archive.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A tiny corpus in the layout of the real one; é and 0x85 are one byte each. */
export const FILES: ReadonlyMap<string, Uint8Array> = new Map([
  ["20news-bydate-test/sci.space/61393", bytes("From: a\nSubject: b\n\nMoon \xe9\x85\n\nEnd.\n")],
  ["20news-bydate-test/alt.atheism/9", bytes("From: a\n\nnine")],
  ["20news-bydate-train/sci.space/100", bytes("From: c\n\nhundred")],
  ["20news-bydate-train/alt.atheism/51", bytes("From: d\n\n")],
  ["20news-bydate-train/alt.atheism/50", bytes("no header at all")],
]);

/** The content digest of {@linkcode FILES}. */
export const DIGEST: string = contentDigest(FILES);

/** Calls back with a data folder that is removed afterwards. */
export async function withDataDir(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${dir}/newsgroups`);
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Writes an archive of files into a data folder. */
export async function writeArchive(
  dir: string,
  files: ReadonlyMap<string, Uint8Array> = FILES,
): Promise<string> {
  const path = `${dir}/newsgroups/20news-bydate.tar.gz`;
  await Deno.writeFile(path, await tarGz([...files]));
  return path;
}

/** Writes files as extracted folders into a data folder. */
export async function writeFolders(dir: string): Promise<void> {
  for (const [path, content] of FILES) {
    const file = `${dir}/newsgroups/${path}`;
    await Deno.mkdir(file.replace(/\/\d+$/, ""), { recursive: true });
    await Deno.writeFile(file, content);
  }
}
