import { unwritable } from "@heatword/core/files";
import type { Journal } from "./journal.ts";
import { columnsOf } from "../render/rows.ts";

/** Whether there is something at a path, and how long it is. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    const { NotADirectory, NotFound } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
    throw error;
  }
}

/** Whether a file is a list of rejected rows that this program wrote. */
export async function isRejectedList(path: string): Promise<boolean> {
  const { isFile, size } = await Deno.stat(path);
  if (!isFile || size === 0) return false;
  using file = await Deno.open(path);
  const start = new Uint8Array(64);
  const length = await file.read(start) ?? 0;
  return /^\{"line":\d+,"reason":"/.test(new TextDecoder().decode(start.subarray(0, length)));
}

async function rename(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    throw unwritable(to, error);
  }
}

/** What is left of a run whose rows are all done: files that lack their names. */
export interface Unnamed {
  /** The output with its present and its right name. */
  readonly output: readonly [string, string];
  /** The rejected rows with their present and their right name. */
  readonly rejected: readonly [string, string];
  /** Whether there are rejected rows. */
  readonly anyRejected: boolean;
  /** Whether the output is yet to be turned into Parquet, and under which name. */
  readonly parquet?: string;
  /** Whether words are grouped, and so there are columns of groups. */
  readonly isGrouped: boolean;
}

/**
 * Gives the finished files their names; does what is left of it when it was stopped midway.
 *
 * @param unnamed The files.
 * @param journal Takes note of the groups of a Parquet file, where there is one.
 */
export async function nameFiles(unnamed: Unnamed, journal?: Journal): Promise<void> {
  const { output: [partial, out], rejected: [partialList, list], anyRejected, parquet } = unnamed;
  if (!anyRejected) {
    await Deno.remove(partialList).catch(() => {});
    // A list of an earlier run would be taken for one of this run; what is no such list stays.
    if (await sizeOf(list) !== undefined && await isRejectedList(list)) await Deno.remove(list);
  } else if (await sizeOf(partialList) !== undefined) await rename(partialList, list);
  if (await sizeOf(partial) === undefined) return;
  if (parquet === undefined) return await rename(partial, out);
  const { writeParquet } = await import("./_parquet.ts");
  const length = await sizeOf(parquet) ?? 0;
  const all = journal?.groups ?? [];
  const there = all.every(({ written }) => written <= length) ? all : [];
  if (there.length < all.length) journal?.add({ ...journal.resumed, complete: true });
  const columns = columnsOf(unnamed.isGrouped);
  await writeParquet(partial, parquet, there, (group) => journal?.addGroup(group), { columns });
  await rename(parquet, out);
  await Deno.remove(partial);
}
