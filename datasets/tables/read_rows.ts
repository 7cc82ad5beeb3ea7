import { unknownName } from "@heatword/core";
import { firstLineOf, openBytewise } from "./_beginning.ts";
import { delimiterOf, fieldsOf } from "./_fields.ts";
import { type FileRecord, splitRecords } from "./_records.ts";
import { type Decode, decoderOf } from "./encoding.ts";

/** A row of a table, not yet checked. */
export interface TableRow {
  /** Number of its first line, from 1. */
  readonly line: number;
  /** Number of its last line. */
  readonly lastLine: number;
  /** Offset after it in bytes. */
  readonly end: number;
  /** Of a table of JSON lines: the line. */
  readonly json?: string;
  /** Of CSV: the fields by column. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Why it cannot be read: `it has 2 fields and not 3`. */
  readonly fault?: string;
  /** What stands there, as far as it can be shown, when it cannot be read. */
  readonly raw?: string;
}

/** How a table is read. */
export interface ReadRowsOptions {
  /** What the rows are. */
  readonly kind: "csv" | "jsonl";
  /**
   * A name that {@linkcode encodingOf} takes; a byte order mark overrules it.
   *
   * @default {"utf-8"}
   */
  readonly encoding?: string;
  /**
   * What stands between the fields of CSV: one character of ASCII.
   *
   * @default {the one of comma, semicolon and tab that the first line has most of}
   */
  readonly delimiter?: string;
  /** Columns that CSV must have, once each. @default {[]} */
  readonly columns?: readonly string[];
  /** Columns that CSV may have, but not twice. @default {[]} */
  readonly optional?: readonly string[];
  /** Only rows that begin at these offsets, from the first to before the second. @default {all} */
  readonly range?: readonly [number, number];
  /** How many bytes a row may have. @default {4 MiB} */
  readonly longest?: number;
}

/** How many bytes of a faulty row are shown. */
const SHOWN = 10_000;

const isBlank = (bytes: Uint8Array) =>
  bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);

/** The byte of a delimiter. */
function byteOf(delimiter: string): number {
  if (/^[^"\r\n]$/.test(delimiter) && delimiter.charCodeAt(0) < 128) return delimiter.charCodeAt(0);
  throw new RangeError(
    `Cannot take ${JSON.stringify(delimiter)} for a delimiter: give one character of ASCII`,
  );
}

const decoder = new TextDecoder();

function faultyRow({ line, lastLine, end, bytes }: FileRecord, fault: string): TableRow {
  const raw = decoder.decode(bytes.subarray(0, SHOWN));
  return { line, lastLine, end, fault, raw: bytes.length > SHOWN ? `${raw}…` : raw };
}

function rowOf(
  record: FileRecord,
  read: (text: string) => Pick<TableRow, "json" | "fields">,
  decode: Decode,
): TableRow {
  const { line, lastLine, end, bytes, fault } = record;
  if (fault !== undefined) return faultyRow(record, fault);
  try {
    return { line, lastLine, end, ...read(decode(bytes)) };
  } catch (error) {
    return faultyRow(record, (error as Error).message);
  }
}

function checkHeader(header: readonly string[], options: ReadRowsOptions): void {
  const { columns = [], optional = [] } = options;
  for (const column of [...columns, ...optional]) {
    const times = header.filter((name) => name === column).length;
    if (times > 1) throw new SyntaxError(`it has the column "${column}" ${times} times`);
    if (times === 0 && columns.includes(column)) throw unknownName("column", column, header);
  }
}

function headerOf(record: FileRecord, decode: Decode, delimiter: string): string[] {
  try {
    if (record.fault !== undefined) throw new SyntaxError(record.fault);
    return fieldsOf(decode(record.bytes), delimiter).map((name) => name.trim());
  } catch (error) {
    throw new SyntaxError(`in its first row, ${(error as Error).message}`);
  }
}

/**
 * Reads the rows of a table: CSV (RFC 4180) whose first row names the columns, or lines of JSON.
 * A row that cannot be read is given with what is wrong with it, and the others go on: a quote that
 * is never closed, or closed before the end of its field, spoils one line. A quote inside a field
 * without quotes is a character like others. Blank lines are left out.
 *
 * It takes time linear in the bytes, and memory for the longest row.
 *
 * @param source The bytes.
 * @param options What they are.
 * @returns The rows in order; each list is what became known at once.
 * @throws {SyntaxError} If the first row cannot be read, or there is none.
 * @throws {RangeError} If a column or the encoding does not exist.
 *
 * @example
 * ```ts
 * import { readRows } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('id;text\n1;"moon; orbit"\n2;"never closed\n3;ride\n');
 * const rows = (await Array.fromAsync(readRows([bytes].values(), { kind: "csv" }))).flat();
 * assertEquals(rows.map(({ fields, fault }) => fields?.text ?? fault), [
 *   "moon; orbit",
 *   "it has a quote that is never closed",
 *   "ride",
 * ]);
 * ```
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadRowsOptions,
): AsyncGenerator<TableRow[]> {
  const { kind, encoding = "utf-8", range = [0, Infinity], longest } = options;
  const given = options.delimiter === undefined ? undefined : byteOf(options.delimiter);
  const stream = await openBytewise(toAsync(source), encoding);
  if (stream.recoded && (range[0] > 0 || range[1] < Infinity)) {
    throw new RangeError("only a part of it cannot be read in its encoding: convert it to UTF-8");
  }
  const decode = decoderOf(stream.encoding, { mark: "keep" });
  const { line, lineEnd } = firstLineOf(stream.head);
  const delimiter = given ?? byteOf(delimiterOf(new TextDecoder().decode(line)));
  const symbol = String.fromCharCode(delimiter);
  const records = splitRecords(stream.chunks, {
    mark: stream.mark,
    ...(kind === "csv" && { delimiter, lineEnd }),
    ...(longest !== undefined && { longest }),
  });
  let header: string[] | undefined;
  const read = (text: string): Pick<TableRow, "json" | "fields"> => {
    if (kind === "jsonl") return { json: text };
    const fields = fieldsOf(text, symbol);
    if (fields.length !== header!.length) {
      throw new SyntaxError(`it has ${fields.length} fields and not ${header!.length}`);
    }
    return { fields: Object.fromEntries(header!.map((name, i) => [name, fields[i]!])) };
  };
  for await (const list of records) {
    const filled = list.filter(({ bytes, fault }) => fault !== undefined || !isBlank(bytes));
    if (kind === "csv" && !header && filled.length > 0) {
      header = headerOf(filled.shift()!, decode, symbol);
      checkHeader(header, options);
    }
    yield filled
      .filter(({ start }) => start >= range[0] && start < range[1])
      .map((record) => rowOf(record, read, decode));
    if ((list.at(-1)?.end ?? 0) > range[1]) return;
  }
  if (kind === "csv" && !header) throw new SyntaxError("it is empty");
}

async function* toAsync<T>(source: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* source;
}
