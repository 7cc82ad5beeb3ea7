import { statFile } from "@heatword/core/files";
import type { AsyncBuffer, Compressors, FileMetaData } from "hyparquet";
import * as zlib from "node:zlib";
import { checkHeader } from "./_header.ts";
import type { TableRow } from "./read_rows.ts";
import type { AskedColumns } from "./table_form.ts";

/** How many rows one list has at most. */
const ROWS = 1024;

/** Beside Snappy, which the library reads itself. */
const compressors: Compressors = {
  GZIP: (bytes) => new Uint8Array(zlib.gunzipSync(bytes)),
  BROTLI: (bytes) => new Uint8Array(zlib.brotliDecompressSync(bytes)),
  ZSTD: (bytes) => {
    // Node has it since version 22.15 only.
    if (zlib.zstdDecompressSync === undefined) {
      throw new SyntaxError(
        "it is compressed by Zstandard, which this version of Node cannot read",
      );
    }
    return new Uint8Array(zlib.zstdDecompressSync(bytes));
  },
};

/** A Parquet file that is open. */
export interface ParquetFile extends Disposable {
  /** Its content. */
  readonly buffer: AsyncBuffer;
  /** What its end tells of it. */
  readonly metadata: FileMetaData;
  /** How many rows it has. */
  readonly rows: number;
}

/** The bytes of a file, read where they are asked for. */
function bufferOf(file: Deno.FsFile, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice(start, end = byteLength) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - start));
      file.seekSync(start, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) {
        const count = file.readSync(bytes.subarray(at));
        if (count === null) throw new SyntaxError("it ends too early");
        at += count;
      }
      return bytes.buffer;
    },
  };
}

/** What a library says, as a part of a sentence. */
const said = (error: unknown) =>
  new SyntaxError(`it is no Parquet file that can be read: ${(error as Error).message}`);

/**
 * Opens a Parquet file.
 *
 * @throws {SyntaxError} If it is none.
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  const { parquetMetadataAsync } = await import("hyparquet");
  const { size } = await statFile(path);
  const file = await Deno.open(path);
  try {
    const buffer = bufferOf(file, size);
    const metadata = await parquetMetadataAsync(buffer);
    return {
      buffer,
      metadata,
      rows: Number(metadata.num_rows),
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw said(error);
  }
}

/** A value as JSON has it: whole numbers that fit become numbers, others text. */
function plain(value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/**
 * Reads the rows of a Parquet file, of the columns that are asked for, group by group.
 *
 * @param file The file.
 * @param asked The columns.
 * @param range From which row to before which.
 * @throws {RangeError} If it lacks a column.
 * @throws {SyntaxError} If it is damaged.
 */
export async function* parquetRows(
  file: ParquetFile,
  asked: AskedColumns,
  range: readonly [number, number],
): AsyncGenerator<TableRow[]> {
  const { parquetReadObjects, parquetSchema } = await import("hyparquet");
  const { buffer, metadata } = file;
  const names = parquetSchema(metadata).children.map(({ element: { name } }) => name);
  checkHeader(names, asked);
  asked.onColumns?.(names);
  const wanted = new Set([...asked.columns ?? [], ...asked.optional ?? []]);
  const columns = names.filter((name) => wanted.has(name));
  let first = 0;
  for (const { num_rows } of metadata.row_groups) {
    const from = Math.max(first, range[0]);
    const to = Math.min(first + Number(num_rows), range[1]);
    first += Number(num_rows);
    if (from >= to) continue;
    // A group is decoded once, however many lists its rows make.
    const rows = await parquetReadObjects({
      file: buffer,
      metadata,
      compressors,
      columns,
      rowStart: from,
      rowEnd: to,
    }).catch((error) => {
      throw said(error);
    });
    for (let at = 0; at < rows.length; at += ROWS) {
      yield rows.slice(at, at + ROWS).map((row, i): TableRow => {
        const line = from + at + i + 1;
        const fields = Object.fromEntries(columns.map((name) => [name, plain(row[name])]));
        return { line, lastLine: line, end: line, fields };
      });
    }
  }
}
