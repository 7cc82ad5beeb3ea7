import { stringify } from "@std/csv";
import type { Explanation } from "./explanation.ts";

const columns = [
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
] as const;

/** The rows of one explanation, in text order. */
function rowsOf(explanation: Explanation) {
  const { id = "", explainer, target, text, tokens, standardErrors } = explanation;
  const unknown = new Set(explanation.unknown);
  const words = tokens.map((token, i) => ({
    id,
    explainer,
    target,
    position: i + 1,
    token: token.text,
    start: token.start,
    end: token.end,
    relevance: token.relevance,
    standardError: standardErrors?.[i] ?? "",
    unknown: unknown.has(i),
    unseen: "",
  }));
  const unseen = explanation.unseen?.map(({ start, end, reason }) => ({
    id,
    explainer,
    target,
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
 * neither position nor relevance. `position` counts from 1; `start` and `end` are UTF-16 offsets in the
 * text.
 *
 * @param explanations What was found.
 * @returns The text; its first row names the columns.
 */
export function renderCsv(explanations: readonly Explanation[]): string {
  return stringify(explanations.flatMap(rowsOf), { columns });
}
