import { chunksOf } from "@heatword/core/files";
import { createHash, type Hash } from "node:crypto";
import { showProgress } from "../../cli/progress.ts";
import { modelPath } from "../../opening/model.ts";
import { modelReads } from "../../opening/reads.ts";
import type { BatchSettings } from "../_settings.ts";
import { listFolder } from "./_folder.ts";

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
 * @param settings What to explain, and how; not standard input, which is never the same twice.
 * @param ours Files that this program writes: they are not texts of a folder.
 * @returns One line of JSON.
 */
export async function describeRun(
  settings: BatchSettings,
  ours: ReadonlySet<string> = new Set(),
): Promise<string> {
  const { workers: _, model: __, limits: ___, ...rest } = settings;
  const model = await modelPath(settings);
  const hash = createHash("sha256").update(`${JSON.stringify({ ...rest, model })}\n`);
  const show = showProgress();
  let done = 0;
  const files = (await modelReads(model)).map(({ path }) => path);
  for (const path of [...files, ...settings.plugins, ...settings.batch]) {
    await addContent(hash, path, ours, (bytes) => {
      done += bytes;
      show({ task: "Checking the input", done, unit: "bytes" });
    });
  }
  return JSON.stringify({ heatword: 3, run: hash.digest("hex") });
}
