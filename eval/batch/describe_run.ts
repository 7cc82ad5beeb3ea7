import type { OnProgress } from "@heatword/core";
import { chunksOf } from "@heatword/core/files";
import { createHash, type Hash } from "node:crypto";
import { listFolder } from "./list_folder.ts";

/** Takes in the content of a file, or of all files of a folder. */
async function addContent(
  hash: Hash,
  path: string,
  ours: ReadonlySet<string>,
  read: (bytes: number) => void,
): Promise<void> {
  const info = await Deno.stat(path).catch(() => undefined);
  // A model need not be a file: then its name says all that there is to say.
  if (info === undefined) return;
  if (info.isDirectory) {
    for (const file of await listFolder(path, ours)) {
      hash.update(`${JSON.stringify(file)}\n`);
      const info = await Deno.stat(`${path}/${file.path}`).catch(() => undefined);
      if (info?.isFile) await addContent(hash, `${path}/${file.path}`, ours, read);
    }
    return;
  }
  let size = 0;
  for await (const chunk of chunksOf(path)) {
    hash.update(chunk);
    size += chunk.length;
    read(chunk.length);
  }
  hash.update(`\n${size}\n`);
}

/**
 * What makes a run this one: what is explained, by what and how, but not by how many workers. Files
 * are known by their content, which costs a thousandth of the time that explaining takes; size and time
 * would not do, as another content may have the same.
 *
 * @param settings What the result depends on, as plain data.
 * @param files The files and folders that it depends on, too; not standard input, which is never the
 * same twice.
 * @param ours Files that this program writes: they are not texts of a folder.
 * @param onProgress Called with progress.
 * @returns One line of JSON.
 */
export async function describeRun(
  settings: object,
  files: readonly string[],
  ours: ReadonlySet<string>,
  onProgress: OnProgress,
): Promise<string> {
  const hash = createHash("sha256").update(`${JSON.stringify(settings)}\n`);
  let done = 0;
  for (const path of files) {
    await addContent(hash, path, ours, (bytes) => {
      done += bytes;
      onProgress({ task: "Checking the input", done, unit: "bytes" });
    });
  }
  return JSON.stringify({ heatword: 3, run: hash.digest("hex") });
}
