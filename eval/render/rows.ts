/**
 * The explanations of many texts as lines of one file: JSON, or flat rows for CSV and Parquet.
 *
 * @module
 */
import { stringify } from "@std/csv";
import type { Explanation } from "./explanation.ts";

/** How the explanations of many texts are written: in lines of JSON, or in rows. */
export type RowFormat = "jsonl" | "csv" | "parquet";

/** The columns of CSV and Parquet: one row for every explanation. */
export const rowColumns = [
  "id",
  "label",
  "explainer",
  "target",
  "score",
  "predicted",
  "runner_up",
  "truncated",
  "text",
  "scores",
  "tokens",
  "starts",
  "ends",
  "relevance",
  "unknown",
  "unseen_starts",
  "unseen_ends",
  "unseen_reasons",
] as const;

/** What CSV and Parquet have besides where words are grouped: what into, and where the groups stand. */
export const unitColumns = ["unit", "unit_starts", "unit_ends"] as const;

/** The name of a column. */
export type RowColumn = (typeof rowColumns)[number] | (typeof unitColumns)[number];

/**
 * The columns of CSV and Parquet.
 *
 * @param isGrouped Whether words are grouped.
 */
export function columnsOf(isGrouped: boolean): readonly RowColumn[] {
  return isGrouped ? [...rowColumns, ...unitColumns] : rowColumns;
}

/** An explanation as one flat record. */
export type FlatRecord =
  & Readonly<Record<(typeof rowColumns)[number], unknown>>
  & Readonly<Partial<Record<RowColumn, unknown>>>;

/** The name of a row as its input had it: a string or a number. */
export type RowId = string | number | undefined;

/** Flattens an explanation: the words become lists of equal length, as do the parts not seen. */
function flatten(explanation: Explanation, id: RowId): FlatRecord {
  const { tokens, unknown, unseen = [], unit, units } = explanation;
  return {
    id: id === undefined ? null : String(id),
    label: explanation.label ?? null,
    explainer: explanation.explainer,
    target: explanation.target,
    score: explanation.score,
    predicted: explanation.predicted,
    runner_up: explanation.runnerUp ?? null,
    truncated: explanation.truncated,
    text: explanation.text,
    scores: explanation.scores,
    tokens: tokens.map(({ text }) => text),
    starts: tokens.map(({ start }) => start),
    ends: tokens.map(({ end }) => end),
    relevance: explanation.relevance,
    unknown,
    unseen_starts: unseen.map(({ start }) => start),
    unseen_ends: unseen.map(({ end }) => end),
    unseen_reasons: unseen.map(({ reason }) => reason),
    ...(units && {
      unit,
      unit_starts: units.map(({ start }) => start),
      unit_ends: units.map(({ end }) => end),
    }),
  };
}

const withId = (id: RowId) => id === undefined ? {} : { id };

/** The lines of a file have the text and its scores once, so they are of one model. */
function assertOneModel(explanations: readonly Explanation[]): void {
  const names = new Set(explanations.map(({ model }) => model));
  if (names.size < 2) return;
  const quoted = [...names].map((name) => name === undefined ? "one without a name" : `"${name}"`);
  throw new Error(
    `The lines of a file are of one model, but these explanations are of several: ${
      quoted.join(", ")
    }; write a file for each`,
  );
}

/** A line for one text: the explanation itself, or the text once and its explanations in a list. */
function jsonLine(explanations: readonly Explanation[], id: RowId): string {
  const [first] = explanations;
  if (explanations.length === 1) return `${JSON.stringify({ ...first, ...withId(id) })}\n`;
  const { text, scores, tokens, predicted, runnerUp, truncated, unknown, label } = first!;
  const { truncatedSide, unseen, unknownShareVector, unit, units, model } = first!;
  const value = {
    model,
    text,
    scores,
    tokens: tokens.map(({ text, start, end }) => ({ text, start, end })),
    unit,
    units: units?.map(({ start, end }) => ({ start, end })),
    explanations: explanations.map((explanation) => ({
      explainer: explanation.explainer,
      target: explanation.target,
      score: explanation.score,
      relevance: explanation.relevance,
      signed: explanation.signed,
      unitsAreSums: explanation.unitsAreSums,
      conservation: explanation.conservation,
      padding: explanation.padding,
      standardErrors: explanation.standardErrors,
      ledger: explanation.ledger,
    })),
    predicted,
    runnerUp,
    truncated,
    truncatedSide,
    unseen,
    unknown,
    unknownShareVector,
    label,
    ...withId(id),
  };
  return `${JSON.stringify(value)}\n`;
}

/** Lists become JSON in CSV. */
function csvLines(records: readonly FlatRecord[]): string {
  const rows = records.map((record) =>
    columnsOf(record.unit !== undefined).map((name) => {
      const value = record[name];
      return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : value;
    })
  );
  return stringify(rows);
}

/**
 * What stands at the beginning of a file of explanations.
 *
 * @param format The format of the file.
 * @param isGrouped Whether words are grouped.
 * @returns The names of the columns in CSV; else nothing.
 */
export function rowsHead(format: RowFormat, isGrouped = false): string {
  return format === "csv" ? stringify([columnsOf(isGrouped)]) : "";
}

/**
 * The explanations of one text as lines of a file. Parquet has its records in JSON lines until the
 * end.
 *
 * @param format The format.
 * @param explanations All of one text.
 * @param id The name of its row.
 * @returns The lines, each with its line feed.
 * @throws {Error} If the explanations are of several models.
 */
export function rowsOf(
  format: RowFormat,
  explanations: readonly Explanation[],
  id: RowId,
): string {
  assertOneModel(explanations);
  if (format === "jsonl") return jsonLine(explanations, id);
  const records = explanations.map((explanation) => flatten(explanation, id));
  return format === "csv"
    ? csvLines(records)
    : records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
