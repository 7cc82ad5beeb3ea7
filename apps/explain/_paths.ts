import { findReadableData } from "@heatword/datasets";
import { keepApart, type PathUse } from "../cli/keep_apart.ts";
import { readModelPath } from "../opening/model.ts";
import { dataReads, modelReads, pluginReads } from "../opening/reads.ts";
import { ownFiles, workFiles } from "./batch/_own_files.ts";
import { rejectedPath } from "./batch/_sink.ts";
import type { BatchSettings, Settings, TextSettings } from "./_settings.ts";

async function common(settings: Settings): Promise<PathUse[]> {
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
  const reads = await common(settings);
  if ("file" in origin) reads.unshift({ path: origin.file, what: "the input" });
  await keepApart([{ path: out, what: "the output" }], reads);
}

function writesOf(settings: BatchSettings): PathUse[] {
  const { out, batch, rejected } = settings;
  if (out === undefined || out === "-") {
    return rejected === undefined ? [] : [{ path: rejected, what: "the rejected rows" }];
  }
  const named = [
    { path: out, what: "the output" },
    { path: rejectedPath(settings), what: "the rejected rows" },
  ];
  if (batch === "-") return named;
  const { journal, partial, partialList, writing } = workFiles(settings);
  return [
    ...named,
    { path: journal, what: "the journal" },
    { path: partial, what: "the unfinished output" },
    { path: partialList, what: "the unfinished list of rejected rows" },
    ...(settings.format === "parquet" ? [{ path: writing, what: "the unfinished output" }] : []),
  ];
}

/**
 * Makes sure that no file of a run on many texts overwrites anything that is read.
 *
 * @throws {RangeError} If one would.
 */
export async function checkBatchPaths(settings: BatchSettings): Promise<void> {
  const writes = writesOf(settings);
  if (writes.length === 0) return;
  const reads = await common(settings);
  if (settings.batch !== "-") reads.unshift({ path: settings.batch, what: "the input" });
  const toFile = settings.out !== undefined && settings.out !== "-";
  await keepApart(writes, reads, toFile ? await ownFiles(settings) : new Set());
}
