import { formatNumber } from "../../numbers/format_number.ts";
import { COLUMNS } from "../table/columns.ts";
import type { TrustTable, TrustVerdict } from "../table/trust_table.ts";
import { VERDICT_COLUMNS } from "../verdict/verdict.ts";

/** The heading of a column. */
function titleOf(column: string): string {
  return COLUMNS.find(({ name }) => name === column)?.title ?? column;
}

/** Why a row is not judged: there is no truth, or the only one is what the row itself computes. */
function unjudged(explainer: string, rows: TrustTable["rows"], few: number): string {
  const own = VERDICT_COLUMNS.find(({ control }) => control === explainer);
  const measures = rows.find((row) => row.explainer === explainer)?.measures;
  return own && (measures?.[own.name]?.documents ?? 0) >= few
    ? `the yardstick of ${
      titleOf(own.name)
    } itself, and no other truth was measured on ${few} texts or more`
    : `no truth was measured on ${few} texts or more`;
}

/**
 * Why a verdict is what it is, in words.
 *
 * @param verdict The verdict.
 * @param table The table it stands in.
 * @returns A clause, without a full stop.
 */
export function reasonOf(
  { explainer, verdict, column, against }: TrustVerdict,
  { rows, rule }: Pick<TrustTable, "rows" | "rule">,
): string {
  if (column === undefined) {
    return verdict === "unjudged"
      ? unjudged(explainer, rows, rule.few)
      : "level with the best in all that was measured";
  }
  if (column === "emprt") return "does not depend on the model's weights";
  const valueOf = (name?: string) =>
    rows.find((row) => row.explainer === name)?.measures[column]?.value ?? NaN;
  const title = titleOf(column);
  if (against === "random") return `no better than chance at ${title}`;
  const numbers = `${formatNumber(valueOf(explainer))} against ${formatNumber(valueOf(against))}`;
  return verdict === "open"
    ? `may be behind ${against} at ${title} (${numbers}): more texts are needed`
    : `behind ${against} at ${title} (${numbers})`;
}

/**
 * The verdicts for a terminal, a line each.
 *
 * @param table The table.
 * @returns Lines, the names of explainers aligned.
 */
export function verdictText(table: TrustTable): string {
  const lines = table.verdicts.map((verdict) =>
    [verdict.explainer, verdict.verdict, reasonOf(verdict, table)] as const
  );
  const width = (place: 0 | 1) => Math.max(0, ...lines.map((line) => line[place].length));
  return lines.map(([name, answer, reason]) =>
    `${name.padEnd(width(0))}  ${answer.padEnd(width(1))}  ${reason}`
  ).join("\n");
}
