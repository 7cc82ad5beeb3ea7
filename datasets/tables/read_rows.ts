import { formatCount } from "@heatword/core/counts";
import { type BytewiseStream, firstLineOf, isMultibyte, openBytewise } from "./_beginning.ts";
import { type FieldForm, fieldsOf } from "./_fields.ts";
import { guessSeparator } from "./_guess_separator.ts";
import { type FileRecord, splitRecords } from "./_records.ts";
import { checkHeader, headerOf } from "./_header.ts";
import { type Decode, decoderOf, MisreadError } from "./encoding.ts";
import { type AskedColumns, quoteOf, separatorOf, type TableForm } from "./table_form.ts";

/** A row of a table, not yet checked. */
export interface TableRow {
  /** Number of its first line, from 1; of Parquet, number of the row. */
  readonly line: number;
  /** Number of its last line. */
  readonly lastLine: number;
  /** Offset after it in bytes; of Parquet, number of the rows up to it. */
  readonly end: number;
  /** Of a table of JSON lines: the line. */
  readonly json?: string;
  /** Of CSV and Parquet: the fields by column. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Why it cannot be read: `it has 2 fields and not 3`. */
  readonly fault?: string;
  /** Whether that is that its bytes are not in the encoding; absent where they are. */
  readonly misread?: true;
  /** What stands there, as far as it can be shown, when it cannot be read. */
  readonly raw?: string;
}

/** How a table is read. */
export interface ReadRowsOptions extends TableForm, AskedColumns {
  /** What the rows are. */
  readonly kind: "csv" | "jsonl";
  /** Only rows that begin at these offsets, from the first to before the second. @default {all} */
  readonly range?: readonly [number, number];
  /** How many bytes a row may have. @default {4 MiB} */
  readonly longest?: number;
}

/** How many bytes of a faulty row are shown. */
const SHOWN = 10_000;

/** Whether a line holds nothing; separators are something. */
function isBlank(bytes: Uint8Array, separator?: string): boolean {
  const code = separator?.charCodeAt(0);
  return bytes.every((byte) => [32, 9, 13].includes(byte) && byte !== code);
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
    const row = faultyRow(record, (error as Error).message);
    return error instanceof MisreadError ? { ...row, misread: true } : row;
  }
}

/** How fields stand in the records of CSV, said or found. */
function fieldForm(
  stream: BytewiseStream,
  options: ReadRowsOptions,
  decode: Decode,
): FieldForm {
  const { separator, fields, header = true, columns = [] } = options;
  const quote = fields === undefined ? quoteOf(options.quote ?? '"') : "";
  if (fields !== undefined && !(Number.isInteger(fields) && fields >= 1)) {
    throw new RangeError(`Cannot take ${fields} fields a line: give a whole number from 1`);
  }
  const found = separator !== undefined ? separatorOf(separator) : guessSeparator(stream.head, {
    quote,
    whole: stream.whole,
    columns: header ? columns : [],
    decode,
    multibyte: isMultibyte(stream.encoding),
    mark: stream.mark,
    lineEnd: firstLineOf(stream.head).lineEnd,
  })?.separator ?? ",";
  if (found === quote) {
    throw new RangeError(
      `Cannot take ${JSON.stringify(quote)} both for the separator and for the quote`,
    );
  }
  return { separator: found, quote, ...(fields !== undefined && { max: fields }) };
}

/** What else would give a row the right number of fields. */
function wayOut(text: string, form: FieldForm, count: number): string {
  for (const quote of ["'", '"']) {
    if (quote === form.quote || form.max !== undefined || !text.includes(quote)) continue;
    const fits = (() => {
      try {
        return fieldsOf(text, { ...form, quote }).length === count;
      } catch {
        return false;
      }
    })();
    if (fits) return `; it has with --quote ${quote === "'" ? "single" : "double"}`;
  }
  return "";
}

/** Reads the text of a record of CSV once the columns are known. */
function csvReader(header: readonly string[], form: FieldForm) {
  return (text: string): Pick<TableRow, "fields"> => {
    const fields = fieldsOf(text, form);
    if (fields.length !== header.length) {
      throw new SyntaxError(
        `it has ${formatCount(fields.length, "field")} and not ${header.length}` +
          wayOut(text, form, header.length),
      );
    }
    return { fields: Object.fromEntries(header.map((name, i) => [name, fields[i]!])) };
  };
}

/**
 * Reads the rows of a table: CSV (RFC 4180), or lines of JSON. What stands between the fields of
 * CSV is found by the first rows where it is not said, see {@linkcode TableForm}. A row that cannot
 * be read is given with what is wrong with it, and the others go on: a quote that is never closed,
 * or closed before the end of its field, spoils one line. A quote inside a field without quotes is
 * a character like others. Blank lines are left out.
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
  const isCsv = kind === "csv";
  const stream = await openBytewise(toAsync(source), {
    encoding,
    symbols: isCsv ? (options.separator ?? "") + (options.quote ?? "") : "",
    rows: isCsv && options.separator === undefined,
  });
  if (stream.recoded && (range[0] > 0 || range[1] < Infinity)) {
    throw new RangeError("only a part of it cannot be read in its encoding: convert it to UTF-8");
  }
  const decode = decoderOf(stream.encoding, { mark: "keep" });
  const form = isCsv ? fieldForm(stream, options, decode) : undefined;
  const records = splitRecords(stream.chunks, {
    mark: stream.mark,
    ...(form && { lineEnd: firstLineOf(stream.head).lineEnd }),
    ...(form && form.quote !== "" && {
      separator: form.separator.charCodeAt(0),
      quote: form.quote.charCodeAt(0),
    }),
    ...(longest !== undefined && { longest }),
  });
  let read: ((text: string) => Pick<TableRow, "json" | "fields">) | undefined = isCsv
    ? undefined
    : (json) => ({ json });
  for await (const list of records) {
    const filled = list.filter(({ bytes, fault }) =>
      fault !== undefined || !isBlank(bytes, form?.separator)
    );
    if (!read && filled.length > 0) {
      const header = headerOf(filled[0]!, form!, options.header ?? true, decode);
      if (options.header ?? true) filled.shift();
      checkHeader(header, options);
      options.onColumns?.(header);
      read = csvReader(header, form!);
    }
    yield filled
      .filter(({ start }) => start >= range[0] && start < range[1])
      .map((record) => rowOf(record, read!, decode));
    if ((list.at(-1)?.end ?? 0) > range[1]) return;
  }
  if (!read) throw new SyntaxError("it is empty");
}

async function* toAsync<T>(source: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* source;
}
