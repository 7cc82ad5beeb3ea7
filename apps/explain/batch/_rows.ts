import { textChunks } from "@heatword/core";
import { chunksOf, statFile } from "@heatword/core/files";
import {
  readRows,
  type ReadRowsOptions,
  tableKind,
  type TableRow,
} from "@heatword/datasets/tables";
import type { BatchSettings, Shard } from "../_settings.ts";
import { unreadable } from "../../opening/source.ts";
import { listFolder } from "./_folder.ts";

/** A row of the input, not yet checked. */
export interface Row extends Omit<TableRow, "lastLine"> {
  /** The file that holds the text. */
  readonly path?: string;
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
  readonly unit: "bytes" | "files";
}

/** From where to where a shard goes, of a number of bytes or files. */
export function shardRange(total: number, shard?: Shard): [number, number] {
  if (!shard) return [0, total];
  const at = (index: number) => Number((BigInt(total) * BigInt(index)) / BigInt(shard.count));
  return [at(shard.index - 1), at(shard.index)];
}

async function* tableRows(
  source: AsyncIterable<Uint8Array>,
  form: ReadRowsOptions,
  name: string,
): AsyncGenerator<Row[]> {
  try {
    for await (const rows of readRows(source, form)) {
      yield rows.map(({ lastLine: _, fault, ...row }) => ({
        ...row,
        ...(fault !== undefined && { fault: `Cannot read the row: ${fault}` }),
      }));
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      const hint = /^Unknown column/.test(error.message) ? "; see --text-field" : "";
      error.message = `Cannot read ${name}: ${error.message}${hint}`;
    }
    throw error;
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

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunksOf(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Opens the input of a batch.
 *
 * @param settings What to explain.
 * @param ours Files that this program writes: they are not texts of a folder.
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {RangeError} If its name does not tell what it is.
 * @throws {TypeError} If it is a named pipe or a device.
 */
export async function openInput(
  settings: BatchSettings,
  ours: ReadonlySet<string> = new Set(),
): Promise<Input> {
  const { batch, encoding, shard, textField, idField } = settings;
  const form = { encoding, columns: [textField], optional: [idField, "label"] };
  if (batch === "-") {
    const bytes = textChunks(Deno.stdin.readable, encoding);
    const rows = tableRows(bytes, { ...form, kind: "jsonl" }, "standard input");
    return { rows, unit: "bytes" };
  }
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(batch);
  } catch (error) {
    throw unreadable(batch, error);
  }
  if (info.isDirectory) {
    const folder = batch.replace(/(?<=.)\/+$/, "");
    const files = await listFolder(folder, ours);
    const range = shardRange(files.length, shard);
    return { rows: fileRows(folder, range, files), range, unit: "files" };
  }
  await statFile(batch);
  const kind = tableKind(batch);
  if (!kind || /\.gz$/i.test(batch)) {
    throw new RangeError(
      `Cannot tell what "${batch}" is: give a .jsonl, .csv or .tsv file, or a folder`,
    );
  }
  const range = shardRange(info.size, shard);
  const part = { ...form, ...kind, ...(shard && { range }) };
  return {
    rows: tableRows(textChunks(bytesOf(batch), encoding), part, `"${batch}"`),
    range,
    unit: "bytes",
  };
}
