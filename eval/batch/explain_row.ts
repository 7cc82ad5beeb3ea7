import { isUnavailable, type Model } from "@heatword/core";
import { readTextFile } from "@heatword/datasets/text-file";
import { explainDocument, type Request } from "../explanations/explanation.ts";
import { type RowId, rowsOf } from "../render/rows.ts";
import type { Batch } from "./batch.ts";
import type { Row } from "./open_input.ts";
import { type Outcome, rejection } from "./outcome.ts";

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

async function check(row: Row, settings: Batch): Promise<CheckedRow> {
  if (row.fault !== undefined) throw new SyntaxError(row.fault);
  if (row.path !== undefined) {
    return { text: await readTextFile(row.path, settings), id: row.id };
  }
  const fields = fieldsOf(row);
  const field = row.json?.startsWith('"') ? "text" : settings.textField;
  const text = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (text === undefined) throw new TypeError(`The field "${field}" is missing`);
  if (typeof text !== "string") throw new TypeError(`The field "${field}" is not a string`);
  const label = labelOf(fields, settings.labelField);
  return {
    text,
    id: idOf(fields, settings.idField),
    ...(label !== undefined && { label }),
  };
}

/** The name; what is neither a text nor a number, as a list or an object is, in JSON. */
function idOf(fields: Readonly<Record<string, unknown>>, name: string): RowId {
  const id = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (id === undefined || id === null) return undefined;
  return typeof id === "string" || typeof id === "number" ? id : jsonOf(id);
}

const jsonOf = (value: unknown) => typeof value === "bigint" ? `${value}` : JSON.stringify(value);

/** A model that is ready, and what to explain of it. */
export interface BatchWork {
  /** The model. */
  readonly model: Model;
  /** The explainers and the targets. */
  readonly request: Request;
}

/**
 * Explains a row. One that cannot be explained is rejected with the reason.
 *
 * @param work Model, explainers and targets.
 * @param settings Format and fields.
 * @param row The row.
 * @throws {ModelUnavailable} If the model answers no more: that is no fault of the row.
 */
export async function explainRow(
  work: BatchWork,
  settings: Batch,
  row: Row,
): Promise<Outcome> {
  try {
    const { text, id, label } = await check(row, settings);
    const document = work.model.read(text, label === undefined ? {} : { label });
    const explanations = await explainDocument(work.model, document, work.request);
    const output = new TextEncoder().encode(rowsOf(settings.format, explanations, id));
    return { output, rejected: [] };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { output: new Uint8Array(), rejected: [rejection(row, reason)] };
  }
}
