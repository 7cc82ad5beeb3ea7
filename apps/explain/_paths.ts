import { findReadableData } from "@heatword/datasets/folders";
import { keepApart, type PathUse } from "../cli/keep_apart.ts";
import { readModelPath } from "../opening/model.ts";
import { dataReads, modelReads, pluginReads } from "../opening/reads.ts";
import type { Settings } from "../opening/settings.ts";
import type { TextSettings } from "./_settings.ts";

/** What every run reads. */
export async function readsOf(settings: Settings): Promise<PathUse[]> {
  const [model, data] = [await readModelPath(settings), findReadableData(settings.data)];
  return [
    ...pluginReads(settings.plugins),
    ...(model === undefined ? [] : await modelReads(model)),
    ...(data === undefined ? [] : dataReads(data)),
  ];
}

/**
 * Makes sure that the output of a run on one text overwrites nothing that is read.
 *
 * @throws {RangeError} If it would.
 */
export async function checkTextPaths(settings: TextSettings): Promise<void> {
  const { out, origin } = settings;
  if (out === undefined || out === "-") return;
  const reads = await readsOf(settings);
  if ("file" in origin) reads.unshift({ path: origin.file, what: "the input" });
  await keepApart([{ path: out, what: "the output" }], reads);
}
