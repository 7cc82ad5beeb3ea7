import { stringify } from "@std/csv";
import { type ExplainedPart, explainedParts, type Explanation } from "./explanation.ts";

const columns: readonly string[] = [
  "id",
  "explainer",
  "target",
  "position",
  "token",
  "start",
  "end",
  "relevance",
  "standardError",
  "unknown",
  "unseen",
];

/**
 * The columns that are needed.
 *
 * @param explanations What the rows are of.
 */
function columnsOf(explanations: readonly Explanation[]): readonly string[] {
  const isGrouped = explanations.some(({ unit }) => unit !== undefined);
  const isNamed = explanations.some(({ model }) => model !== undefined);
  const all = isGrouped ? columns.toSpliced(3, 0, "unit") : columns;
  return isNamed ? all.toSpliced(1, 0, "model") : all;
}

/** The rows of one explanation, in text order. */
function rowsOf(explanation: Explanation) {
  const { id = "", model = "", explainer, target, text, tokens, standardErrors } = explanation;
  const { unit } = explanation;
  const unknown = new Set(explanation.unknown);
  // A unit is unknown where all its words are.
  const isUnknown = unit === undefined
    ? (i: number) => unknown.has(i)
    : (_: number, { start, end }: ExplainedPart) =>
      tokens.every((word, t) => word.start < start || word.end > end || unknown.has(t));
  const words = explainedParts(explanation).map((part, i) => ({
    id,
    model,
    explainer,
    target,
    unit,
    position: i + 1,
    token: part.text,
    start: part.start,
    end: part.end,
    relevance: part.relevance,
    standardError: standardErrors?.[i] ?? "",
    unknown: isUnknown(i, part),
    unseen: "",
  }));
  const unseen = explanation.unseen?.map(({ start, end, reason }) => ({
    id,
    model,
    explainer,
    target,
    unit: "",
    position: "",
    token: text.slice(start, end),
    start,
    end,
    relevance: "",
    standardError: "",
    unknown: "",
    unseen: reason,
  }));
  // The sort is stable: words in one place stay in their order.
  return unseen ? [...words, ...unseen].sort((a, b) => a.start - b.start) : words;
}

/**
 * CSV: a row for every word of every explanation, so that it can be filtered and grouped as it is, and
 * in between one for every part of the text that the model does not see: `unseen` says why, and it has
 * neither position nor relevance. Where words are grouped, a row is for a group: there is one more
 * column, `unit`, that says what it is, and `token` is its text. Where explanations name their models,
 * a column `model` does, too. `position` counts from 1; `start` and `end` are UTF-16 offsets in the
 * text.
 *
 * @param explanations What was found.
 * @returns The text; its first row names the columns.
 */
export function renderCsv(explanations: readonly Explanation[]): string {
  return stringify(explanations.flatMap(rowsOf), { columns: columnsOf(explanations) });
}
