import type { Columns, RawRow, Rows } from "./_raw_row.ts";
import type { BadRow } from "./labelled_text.ts";
import { readRows, type ReadRowsOptions, type TableRow } from "./read_rows.ts";

/** Reads the rows of a table with the columns that are asked for. */
export async function* tableRows(
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
  form: Pick<ReadRowsOptions, "kind" | "encoding" | "delimiter">,
): Rows {
  const names = Object.values(columns) as string[];
  for await (const rows of readRows(bytes, { ...form, columns: names })) {
    for (const row of rows) yield rawRow(row, columns);
  }
}

function rawRow(row: TableRow, columns: Columns): RawRow | BadRow {
  const { line, lastLine, fault } = row;
  const place = line === lastLine ? `line ${line}` : `lines ${line} to ${lastLine}`;
  if (fault !== undefined) return { place, problem: fault };
  const fields = row.fields ?? objectOf(row.json!);
  if (typeof fields === "string") return { place, problem: fields };
  const missing = Object.values(columns).find((column) => !Object.hasOwn(fields, column));
  if (missing !== undefined) return { place, problem: `it has no "${missing}"` };
  return {
    place,
    name: String(line),
    text: fields[columns.text],
    label: fields[columns.label],
    ...(columns.id === undefined ? {} : { id: fields[columns.id] }),
  };
}

/** The object in a line of JSON, or what is wrong with it. */
function objectOf(json: string): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return "it is not JSON";
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? value as Record<string, unknown> : "it is not an object";
}
