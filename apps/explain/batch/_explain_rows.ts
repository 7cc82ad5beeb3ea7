import { isUnavailable } from "@heatword/core";
import { explainDocument } from "@heatword/eval/explanations";
import type { BatchSettings } from "../_settings.ts";
import { readTextFile } from "../../opening/source.ts";
import type { Workbench } from "../../opening/workbench.ts";
import { type RowId, rowsOf } from "@heatword/eval/rows";
import { type Outcome, rejection } from "./_messages.ts";
import type { Row } from "./_rows.ts";

/** A row that passed all checks. */
interface CheckedRow {
  readonly text: string;
  readonly id: RowId;
  readonly label?: string;
}

function fieldsOf(row: Row): Readonly<Record<string, unknown>> {
  if (row.fields) return row.fields;
  let value: unknown;
  try {
    value = JSON.parse(row.json!);
  } catch (error) {
    throw new SyntaxError(`Not JSON: ${(error as Error).message}`);
  }
  if (typeof value === "string") return { text: value };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError("Not a JSON object with a text");
}

/** The class; numbers and truth values, which tables and JSON have too, as text. */
function labelOf(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const label = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const isPlain = ["string", "number", "boolean"].includes(typeof label);
  return isPlain && label !== "" ? String(label) : undefined;
}

async function check(row: Row, settings: BatchSettings): Promise<CheckedRow> {
  if (row.fault !== undefined) throw new SyntaxError(row.fault);
  if (row.path !== undefined) {
    return { text: await readTextFile(row.path, settings), id: row.id };
  }
  const fields = fieldsOf(row);
  const field = row.json?.startsWith('"') ? "text" : settings.textField;
  const text = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (text === undefined) throw new TypeError(`The field "${field}" is missing`);
  if (typeof text !== "string") throw new TypeError(`The field "${field}" is not a string`);
  const id = Object.hasOwn(fields, settings.idField) ? fields[settings.idField] : undefined;
  const label = labelOf(fields, settings.labelField);
  return {
    text,
    id: typeof id === "string" || typeof id === "number" ? id : undefined,
    ...(label !== undefined && { label }),
  };
}

/**
 * Explains a row. One that cannot be explained is rejected with the reason.
 *
 * @param bench Model, explainers and targets.
 * @param settings Format and fields.
 * @param row The row.
 * @throws {ModelUnavailable} If the model answers no more: that is no fault of the row.
 */
export async function explainRow(
  bench: Workbench,
  settings: BatchSettings,
  row: Row,
): Promise<Outcome> {
  try {
    const { text, id, label } = await check(row, settings);
    const document = bench.model.read(text, label === undefined ? {} : { label });
    const explanations = await explainDocument(bench.model, document, bench.request);
    const output = new TextEncoder().encode(rowsOf(settings.format, explanations, id));
    return { output, rejected: [] };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { output: new Uint8Array(), rejected: [rejection(row, reason)] };
  }
}
