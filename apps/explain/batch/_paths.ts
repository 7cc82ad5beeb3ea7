import { ownFiles, rejectedPath, workFiles } from "@heatword/eval/batch";
import { keepApart, type PathUse } from "../../cli/keep_apart.ts";
import { readsOf } from "../_paths.ts";
import type { BatchSettings } from "../_settings.ts";

function writesOf(settings: BatchSettings): PathUse[] {
  const { out, batch: [batch], rejected } = settings;
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
  const reads = await readsOf(settings);
  const inputs = settings.batch.filter((path) => path !== "-");
  reads.unshift(...inputs.map((path) => ({ path, what: "the input" })));
  const toFile = settings.out !== undefined && settings.out !== "-";
  await keepApart(writes, reads, toFile ? await ownFiles(settings) : new Set());
}
