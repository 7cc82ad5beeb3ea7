import { basename, dirname } from "node:path";
import type { Batch } from "./batch.ts";
import { isJournal } from "./journal.ts";
import { isRejectedList, sizeOf } from "./_naming.ts";
import { rejectedPath } from "./sink.ts";

/** Where a run to a file keeps what is unfinished. */
export function workFiles(settings: Batch): Record<
  "journal" | "partial" | "partialList" | "writing",
  string
> {
  const { out } = settings;
  return {
    journal: `${out}.journal`,
    partial: `${out}.partial`,
    partialList: `${rejectedPath(settings)}.partial`,
    writing: `${out}.writing`,
  };
}

/** The real path of a file that may not be there. */
async function realPath(path: string): Promise<string> {
  const folder = await Deno.realPath(dirname(path)).catch(() => dirname(path));
  return `${folder.replace(/\/$/, "")}/${basename(path)}`;
}

/**
 * The files of an unfinished run, by their real paths; with a journal of this program also the output
 * and the list of rejected rows, which get their names before the journal goes.
 *
 * @param settings A run to a file.
 */
export async function ownFiles(settings: Batch): Promise<ReadonlySet<string>> {
  const { journal, ...others } = workFiles(settings);
  if (await sizeOf(journal) === undefined || !await isJournal(journal)) return new Set();
  const paths = [journal, ...Object.values(others), settings.out!, rejectedPath(settings)];
  return new Set(await Promise.all(paths.map(realPath)));
}

function refuse(path: string, way = "name another --out"): never {
  throw new TypeError(`Cannot write "${path}": another file is there; move it away, or ${way}`);
}

/**
 * Makes sure that files whose names nobody gave, but which follow from that of the output, are not
 * there already, unless this program wrote them.
 *
 * @throws {TypeError} If one is of another program.
 */
export async function refuseForeign(settings: Batch): Promise<void> {
  const { journal, ...others } = workFiles(settings);
  const begun = await sizeOf(journal) !== undefined;
  if (begun && !await isJournal(journal)) refuse(journal);
  for (const path of Object.values(others)) {
    if (!begun && await sizeOf(path) !== undefined) refuse(path);
  }
  await refuseForeignList(settings);
}

/**
 * Makes sure that the list of rejected rows, where nobody gave its name, takes the place of no file of
 * another program.
 *
 * @throws {TypeError} If it would.
 */
export async function refuseForeignList(settings: Batch): Promise<void> {
  const list = rejectedPath(settings);
  const size = settings.rejected === undefined ? await sizeOf(list) : undefined;
  const isFolder = size !== undefined && (await Deno.stat(list)).isDirectory;
  if (size && !isFolder && !await isRejectedList(list)) refuse(list, "name one by --rejected");
}

/** Makes sure that an output, which is given its name in the end, takes the place of no device. */
export async function refuseDevice(out: string): Promise<void> {
  const info = await Deno.stat(out).catch(() => undefined);
  if (!info || info.isFile) return;
  throw new TypeError(
    `Cannot write "${out}": it is not a file; without --out the output goes to standard output`,
  );
}
