import { environmentVariable } from "@heatword/core/permissions";

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
