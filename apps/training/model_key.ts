import type { OnProgress } from "@heatword/core";
import type { LabelledText } from "@heatword/datasets/tables";
import { describeRun } from "@heatword/eval/batch";
import { createHash } from "node:crypto";

/** What shapes a model that is trained. */
export interface ShapingModel {
  /** What it is trained for, with the version of how. */
  readonly purpose: Readonly<Record<string, number>>;
  /** The texts to train on. */
  readonly texts: readonly LabelledText[];
  /** The files of the model that it is like. */
  readonly files: readonly string[];
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

/**
 * A digest of all that shapes a model, by which it is known in the cache.
 *
 * @param shaping What it is trained for, on what, and like which model.
 * @param settled What else shapes it.
 */
export async function modelKey(
  { purpose, texts, files, onProgress }: ShapingModel,
  settled: object,
): Promise<string> {
  const hash = createHash("sha256");
  for (const { label, text } of texts) hash.update(JSON.stringify([label, text]));
  const all = { ...purpose, texts: hash.digest("hex"), ...settled };
  const run = await describeRun(all, files, new Set(), onProgress);
  return createHash("sha256").update(run).digest("hex").slice(0, 20);
}
