/**
 * Stand-in for `@std/csv`: `parse` and `stringify` with that package's signatures, over
 * `csv-parse` and `csv-stringify`. See the README for the lines of `deno.json` that switch to it.
 *
 * @module
 */
import { parse as csvParse } from "csv-parse/sync";
import { stringify as csvStringify } from "csv-stringify/sync";

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** The character between fields. @default {","} */
  separator?: string;
  /** Take the first row as names of the columns. @default {false} */
  skipFirstRow?: boolean;
  /** The names of the columns. */
  columns?: readonly string[];
}

/**
 * Parses CSV text (RFC 4180): rows of fields, or records by column name.
 *
 * @param input The text; a byte order mark is dropped.
 * @param options The separator and whether the first row names the columns.
 * @returns An array a row, or with `skipFirstRow` or `columns` a record a row.
 * @throws {SyntaxError} If a quote is not closed or a row has another number of fields.
 */
export function parse(
  input: string,
  options: ParseOptions & ({ skipFirstRow: true } | { columns: readonly string[] }),
): Record<string, string>[];
export function parse(input: string, options?: ParseOptions): string[][];
export function parse(
  input: string,
  options: ParseOptions = {},
): string[][] | Record<string, string>[] {
  const columns = options.columns ? [...options.columns] : options.skipFirstRow ? true : undefined;
  const rows = () =>
    csvParse(input, {
      bom: true,
      delimiter: options.separator ?? ",",
      skip_empty_lines: true,
      relax_column_count: columns === undefined,
      ...(columns === undefined ? {} : { columns }),
      ...(options.columns && options.skipFirstRow ? { from: 2 } : {}),
    }) as string[][] | Record<string, string>[];
  try {
    return rows();
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
}

/** Options of {@linkcode stringify}. */
export interface StringifyOptions {
  /** The character between fields. @default {","} */
  separator?: string;
  /** Whether a first row names the columns. @default {true} */
  headers?: boolean;
  /** The columns, in order; needed for records. */
  columns?: readonly string[];
}

/**
 * Writes rows as CSV text (RFC 4180, lines end with CRLF).
 *
 * @param data Arrays, or records of which `columns` are written.
 * @param options Columns, separator, whether to write a first row of names.
 * @returns The text.
 */
export function stringify(
  data: readonly (readonly unknown[] | Record<string, unknown>)[],
  options: StringifyOptions = {},
): string {
  const { columns } = options;
  return csvStringify(data as unknown[], {
    delimiter: options.separator ?? ",",
    record_delimiter: "\r\n",
    header: columns !== undefined && (options.headers ?? true),
    ...(columns === undefined ? {} : { columns: [...columns] }),
    cast: { boolean: (value) => String(value) },
  });
}
