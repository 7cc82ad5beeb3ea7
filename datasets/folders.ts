import { environmentVariable, isGranted } from "@heatword/core/permissions";

/**
 * The folder of the data: corpora, tables and word vectors that come from elsewhere.
 *
 * @param dir A folder that the user named, e.g. by `--data`.
 * @returns `dir`, else `$HEATWORD_DATA`, else `./data`. It need not exist.
 *
 * @example
 * ```ts
 * import { findData } from "@heatword/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findData("/srv/data"), "/srv/data");
 * ```
 */
export function findData(dir?: string): string {
  return dir || environmentVariable("HEATWORD_DATA") || "./data";
}

/**
 * The folder of the data, for what can do without: the usual `./data` only where it may be read.
 *
 * @param dir A folder that the user named, e.g. by `--data`.
 * @returns As {@linkcode findData}; nothing where neither `dir` nor `$HEATWORD_DATA` names a folder
 * and `./data` may not be read.
 *
 * @example
 * ```ts
 * import { findReadableData } from "@heatword/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findReadableData("/srv/data"), "/srv/data");
 * ```
 */
export function findReadableData(dir?: string): string | undefined {
  const data = findData(dir);
  const named = dir || environmentVariable("HEATWORD_DATA");
  return named || isGranted({ name: "read", path: data }) ? data : undefined;
}

/**
 * The folder of what the project has computed and may compute again: word vectors, checkpoints.
 *
 * @param dir A folder that the user named, e.g. by `--cache`.
 * @returns `dir`, else `$HEATWORD_CACHE`, else `./.cache`. It need not exist.
 *
 * @example
 * ```ts
 * import { findCache } from "@heatword/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findCache("/var/cache/heatword"), "/var/cache/heatword");
 * ```
 */
export function findCache(dir?: string): string {
  return dir || environmentVariable("HEATWORD_CACHE") || "./.cache";
}

/** The file beside a model that tells which rows it was trained on. */
export const TRAINING_ROWS = "training-rows.bin";
