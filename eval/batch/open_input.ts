import { textChunks } from "@heatword/core";
import {
  findTable,
  readRows,
  readTable,
  sameColumns,
  type TableFile,
  type TableRow,
} from "@heatword/datasets/tables";
import { unreadable } from "@heatword/datasets/text-file";
import type { Batch, Shard } from "./batch.ts";
import { listFolder } from "./list_folder.ts";

/** A row of the input, not yet checked. */
export interface Row extends Omit<TableRow, "lastLine"> {
  /** The file that holds the text. */
  readonly path?: string;
  /** The table that it is a row of, where there are several. */
  readonly file?: string;
  /** The name of that file in its folder. */
  readonly id?: string;
}

/** An input of a batch. */
export interface Input {
  /** Its rows, in order; each list is what became known at once. */
  readonly rows: AsyncIterable<Row[]>;
  /** From where to where it goes, when that is known. */
  readonly range?: readonly [number, number];
  /** What offsets count. */
  readonly unit: "bytes" | "rows" | "files";
}

/** From where to where a shard goes, of a number of bytes, rows or files. */
function shardRange(total: number, shard?: Shard): [number, number] {
  if (!shard) return [0, total];
  const at = (index: number) => Number((BigInt(total) * BigInt(index)) / BigInt(shard.count));
  return [at(shard.index - 1), at(shard.index)];
}

/** Says of an error which input it is about. */
function inInput(error: unknown, name: string): unknown {
  if (!(error instanceof SyntaxError || error instanceof RangeError)) return error;
  if (error.message.startsWith("Cannot ")) return error;
  const hint = /^Unknown column/.test(error.message) ? "; see --text" : "";
  error.message = `Cannot read ${name}: ${error.message}${hint}`;
  return error;
}

/** Rows as they are explained; the offsets of those of a further file come after the earlier ones. */
async function* inputRows(
  source: AsyncIterable<TableRow[]>,
  name: string,
  { file, before }: { readonly file?: string; readonly before: number },
): AsyncGenerator<Row[]> {
  try {
    for await (const rows of source) {
      yield rows.map(({ lastLine: _, fault, end, ...row }) => ({
        ...row,
        end: before + end,
        ...(fault !== undefined && { fault: `Cannot read the row: ${fault}` }),
        ...(file !== undefined && { file }),
      }));
    }
  } catch (error) {
    throw inInput(error, name);
  }
}

async function* fileRows(
  folder: string,
  [from, to]: readonly [number, number],
  files: Awaited<ReturnType<typeof listFolder>>,
): AsyncGenerator<Row[]> {
  for (let i = from; i < to; i++) {
    const { path: id, fault } = files[i]!;
    const row = { line: i + 1, end: i + 1, path: `${folder}/${id}`, id };
    yield await Promise.resolve([fault === undefined ? row : { ...row, fault }]);
  }
}

/** What the settings ask of every table. */
const askedOf = ({ textField, idField, labelField }: Batch) => ({
  columns: [textField],
  optional: [...new Set([idField, labelField])].filter((name) => name !== textField),
});

/** Lines of JSON, or CSV where it is said how that is written. */
function standardInput(settings: Batch): Input {
  const { encoding, form } = settings;
  const kind = Object.keys(form).some((name) => name !== "encoding") ? "csv" : "jsonl";
  const bytes = textChunks(Deno.stdin.readable, encoding);
  const rows = readRows(bytes, { ...askedOf(settings), ...form, encoding, kind });
  return { rows: inputRows(rows, "standard input", { before: 0 }), unit: "bytes" };
}

async function findTables(settings: Batch): Promise<TableFile[]> {
  const { batch, encoding, form } = settings;
  const tables: TableFile[] = [];
  for (const path of batch) {
    if (batch.indexOf(path) < tables.length) {
      throw new RangeError(`Cannot explain "${path}" twice: name every file once`);
    }
    try {
      tables.push(await findTable(path, { ...form, encoding }));
    } catch (error) {
      throw unreadable(path, error);
    }
  }
  return tables;
}

/** How much there is in all tables, where that is known and counted alike. */
function totalOf(tables: readonly TableFile[]): number | undefined {
  if (new Set(tables.map(({ unit }) => unit)).size > 1) return undefined;
  return tables.reduce<number | undefined>(
    (sum, { total }) => sum === undefined || total === undefined ? undefined : sum + total,
    0,
  );
}

async function* tablesRows(
  tables: readonly TableFile[],
  settings: Batch,
  range?: readonly [number, number],
): AsyncGenerator<Row[]> {
  const onColumns = sameColumns();
  let before = 0;
  for (const table of tables) {
    const { path, total = 0 } = table;
    const source = readTable(table, {
      ...askedOf(settings),
      onColumns: (names) => onColumns(path, names),
      ...(range && settings.shard && { range: [range[0] - before, range[1] - before] as const }),
    });
    yield* inputRows(source, `"${path}"`, { before, ...(tables.length > 1 && { file: path }) });
    before += total;
  }
}

async function tablesInput(settings: Batch): Promise<Input> {
  const { shard } = settings;
  const tables = await findTables(settings);
  const total = totalOf(tables);
  const { unit } = tables[0]!;
  if (total === undefined) {
    if (!shard) return { rows: tablesRows(tables, settings), unit };
    const packed = tables.find((table) => table.total === undefined);
    throw new RangeError(
      packed
        ? `Cannot explain a part of "${packed.path}": it is packed, unpack it first`
        : "Cannot explain a part of these files: give them all as Parquet, or none",
    );
  }
  const range = shardRange(total, shard);
  return { rows: tablesRows(tables, settings, range), range, unit };
}

/**
 * Opens the input of a batch.
 *
 * @param settings What to explain.
 * @param ours Files that this program writes: they are not texts of a folder.
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {SyntaxError} If neither its name nor its content tells what it is.
 * @throws {TypeError} If it is a named pipe or a device.
 */
export async function openInput(
  settings: Batch,
  ours: ReadonlySet<string> = new Set(),
): Promise<Input> {
  const { batch, shard } = settings;
  const [first] = batch;
  if (first === "-") return standardInput(settings);
  const folders: string[] = [];
  for (const path of batch) {
    try {
      if ((await Deno.stat(path)).isDirectory) folders.push(path);
    } catch (error) {
      throw unreadable(path, error);
    }
  }
  if (folders.length === 0) return await tablesInput(settings);
  if (batch.length > 1) {
    throw new RangeError(
      `Cannot explain the folder "${folders[0]}" together with others: give it alone`,
    );
  }
  const folder = folders[0]!.replace(/(?<=.)\/+$/, "");
  const files = await listFolder(folder, ours);
  const range = shardRange(files.length, shard);
  return { rows: fileRows(folder, range, files), range, unit: "files" };
}
