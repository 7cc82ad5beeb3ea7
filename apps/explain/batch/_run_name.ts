import { modelPath } from "../../opening/model.ts";
import type { BatchSettings } from "../_settings.ts";
import { listFiles } from "./_rows.ts";

/** Size and time of a file or of all files of a folder: another content has others. */
async function stamp(path: string): Promise<unknown> {
  const info = await Deno.stat(path);
  const one = (info: Deno.FileInfo) => [info.size, info.mtime?.getTime()];
  if (!info.isDirectory) return one(info);
  const files = await listFiles(path);
  return await Promise.all(
    files.map(async (file) => [file, one(await Deno.stat(`${path}/${file}`))]),
  );
}

/**
 * Tells one run from another: what is explained, by what and how, but not by how many workers.
 * Standard input is never the same twice.
 *
 * @param settings What to explain, and how.
 * @returns One line of JSON.
 */
export async function describeRun(settings: BatchSettings): Promise<string> {
  const { workers: _, model: __, ...rest } = settings;
  const model = await modelPath(settings);
  const parts = {
    ...rest,
    input: settings.batch === "-" ? crypto.randomUUID() : await stamp(settings.batch),
    model: [model, await stamp(model)],
    plugins: await Promise.all(settings.plugins.map(async (path) => [path, await stamp(path)])),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return JSON.stringify({ heatword: 1, run: digest.toHex() });
}
