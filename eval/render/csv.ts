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
] as const;

/**
 * CSV: a row for every word of every explanation, so that it can be filtered and grouped as it is.
 * `position` counts from 1; `start` and `end` are UTF-16 offsets in the text.
 *
 * @param explanations What was found.
 * @returns The text; its first row names the columns.
 */
export function renderCsv(explanations: readonly Explanation[]): string {
  const rows = explanations.flatMap((explanation) => {
    const { id = "", explainer, target, tokens, standardErrors } = explanation;
    const unknown = new Set(explanation.unknown);
    return tokens.map(({ text, start, end, relevance }, i) => ({
      id,
      explainer,
      target,
      position: i + 1,
      token: text,
      start,
      end,
      relevance,
      standardError: standardErrors?.[i] ?? "",
      unknown: unknown.has(i),
    }));
  });
  return stringify(rows, { columns });
}
