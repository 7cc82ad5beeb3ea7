import { textChunks } from "@heatword/core";
import { chunksOf, statFile } from "@heatword/core/files";
import { maybeGunzip } from "../archives/maybe_gunzip.ts";
import { openBytewise } from "./_beginning.ts";
import { guessSeparator } from "./_guess_separator.ts";
import { openParquet, parquetRows } from "./_parquet_rows.ts";
import { decoderOf, encodingOf } from "./encoding.ts";
import { readRows, type TableRow } from "./read_rows.ts";
import { type AskedColumns, quoteOf, type TableForm } from "./table_form.ts";
import { type TableKind, tableKind } from "./table_kind.ts";

/** A file that holds a table. */
export interface TableFile extends TableForm {
  /** The file. */
  readonly path: string;
  /** What it consists of. */
  readonly kind: TableKind;
  /** What offsets in it count. */
  readonly unit: "bytes" | "rows";
  /** How many of these it has; nothing where it is packed, as only reading it tells. */
  readonly total?: number;
}

/** What of a table is read, and who is told how far it is. */
export interface TableOptions extends AskedColumns {
  /** Only rows that begin at these offsets, from the first to before the second. @default {all} */
  readonly range?: readonly [number, number];
  /** Told how many bytes of the file were read since the last time. */
  readonly onBytes?: (count: number) => void;
}

/** The share of the first rows that must have the same number of fields where no name helps. */
const CONSISTENT = 0.9;

async function* bytesOf(
  path: string,
  onBytes?: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(path)) {
    yield chunk;
    onBytes?.(chunk.length);
  }
}

/** Tells by the first bytes what kind of table a file is whose name does not say it. */
async function kindByContent(path: string, form: TableForm): Promise<TableKind | undefined> {
  const { encoding = "utf-8", separator, quote: given = '"', fields } = form;
  const quote = fields === undefined ? quoteOf(given) : "";
  const bytes = maybeGunzip(bytesOf(path));
  const stream = await openBytewise(bytes, { encoding, symbols: quote, rows: true });
  await stream.chunks[Symbol.asyncIterator]().return?.();
  const start = new TextDecoder().decode(stream.head.subarray(stream.mark, stream.mark + 256));
  if (start.startsWith("PAR1")) return "parquet";
  if (/^\s*\{/.test(start)) return "jsonl";
  if (separator !== undefined) return "csv";
  const guess = guessSeparator(stream.head, {
    quote,
    whole: stream.whole,
    columns: [],
    decode: decoderOf(stream.encoding, { mark: "keep" }),
    multibyte: false,
    mark: stream.mark,
  });
  return guess && guess.rows > 1 && guess.share >= CONSISTENT ? "csv" : undefined;
}

/**
 * Looks at a file that should hold a table.
 *
 * @param path The file: `.csv`, `.tsv`, `.jsonl` (or `.ndjson`), `.parquet`, the first three also
 * gzipped; where the name does not tell, the first bytes do.
 * @param form How it is written, as far as that was said.
 * @returns The file and what it consists of.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is a folder, a named pipe or a device.
 * @throws {SyntaxError} If it is no table.
 * @throws {RangeError} If there is no such encoding, separator or quote.
 */
export async function findTable(path: string, form: TableForm = {}): Promise<TableFile> {
  const { size } = await statFile(path);
  if (form.encoding !== undefined) encodingOf(form.encoding);
  const byName = tableKind(path);
  const kind = byName?.kind ?? await kindByContent(path, form);
  if (kind === undefined) {
    throw new SyntaxError(
      "its name should end in .csv, .tsv or .jsonl (or .parquet), or say with --separator what " +
        "stands between its fields",
    );
  }
  const known = { ...byName, ...form, path, kind };
  if (kind === "parquet") {
    using file = await openParquet(path);
    return { ...known, unit: "rows", total: file.rows };
  }
  return { ...known, unit: "bytes", ...(await isPacked(path) ? {} : { total: size }) };
}

async function isPacked(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const start = new Uint8Array(2);
  return await file.read(start) === 2 && start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * Reads the rows of a file.
 *
 * @param table What {@linkcode findTable} found.
 * @param options Which columns, which part.
 * @returns The rows in order; each list is what became known at once.
 * @throws {SyntaxError} If its first row cannot be read, there is none, or it is damaged.
 * @throws {RangeError} If a column does not exist.
 *
 * @example
 * ```ts
 * import { findTable, readTable } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile({ suffix: ".csv" });
 * await Deno.writeTextFile(path, "ham;See you, Ann\nspam;Win, now\n");
 * const table = await findTable(path, { header: false });
 * const rows = (await Array.fromAsync(readTable(table))).flat();
 * assertEquals(rows.map(({ fields }) => fields), [
 *   { "1": "ham", "2": "See you, Ann" },
 *   { "1": "spam", "2": "Win, now" },
 * ]);
 * await Deno.remove(path);
 * ```
 */
export async function* readTable(
  table: TableFile,
  options: TableOptions = {},
): AsyncGenerator<TableRow[]> {
  const { path, kind, unit: _, total, ...form } = table;
  const { onBytes, range, ...asked } = options;
  if (kind === "parquet") {
    using file = await openParquet(path);
    const size = file.buffer.byteLength;
    let done = 0;
    for await (const rows of parquetRows(file, asked, range ?? [0, file.rows])) {
      yield rows;
      const now = Math.round(size * (rows.at(-1)?.end ?? 0) / Math.max(1, file.rows));
      onBytes?.(now - done);
      done = now;
    }
    return;
  }
  if (range && total === undefined) {
    throw new RangeError("only a part of it cannot be read, as it is packed: unpack it first");
  }
  const bytes = textChunks(maybeGunzip(bytesOf(path, onBytes)), form.encoding ?? "utf-8");
  yield* readRows(bytes, { ...form, ...asked, kind, ...(range && { range }) });
}
