import type { Columns, RawRow, Rows } from "./_raw_row.ts";
import type { BadRow } from "./labelled_text.ts";
import { readTable, type TableFile, type TableOptions } from "./open_table.ts";
import type { TableRow } from "./read_rows.ts";

/** How the rows of one of several files are told apart. */
export interface TableName {
  /** What goes in front of a place: `a.csv, `. */
  readonly place: string;
  /** What goes in front of a number that serves as a name: `a.csv/`. */
  readonly id: string;
}

/** Reads the rows of a table with the columns that are asked for. */
export async function* tableRows(
  table: TableFile,
  columns: Columns,
  options: Pick<TableOptions, "onBytes" | "onColumns">,
  name: TableName = { place: "", id: "" },
): Rows {
  const names = [...new Set(Object.values(columns) as string[])];
  const optional = ["id", "split"].filter((name) => !names.includes(name));
  for await (const rows of readTable(table, { ...options, columns: names, optional })) {
    for (const row of rows) {
      yield rawRow(row, columns, name, table.unit === "rows" ? "row" : "line");
    }
  }
}

function rawRow(row: TableRow, columns: Columns, name: TableName, what: string): RawRow | BadRow {
  const { line, lastLine, fault } = row;
  const lines = line === lastLine ? `${what} ${line}` : `lines ${line} to ${lastLine}`;
  const place = name.place + lines;
  if (fault !== undefined) return { place, problem: fault, ...(row.misread && { misread: true }) };
  const fields = row.fields ?? objectOf(row.json!);
  if (typeof fields === "string") return { place, problem: fields };
  const missing = Object.values(columns).find((column) => !Object.hasOwn(fields, column));
  if (missing !== undefined) return { place, problem: `it has no "${missing}"` };
  return {
    place,
    name: name.id + line,
    text: fields[columns.text],
    label: fields[columns.label],
    ...(columns.id !== undefined && { id: fields[columns.id] }),
    ...(columns.part !== undefined && { part: fields[columns.part] }),
    unasked: {
      ...(columns.id === undefined && Object.hasOwn(fields, "id") && { id: fields.id }),
      ...(Object.hasOwn(fields, "split") && { split: fields.split }),
    },
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
