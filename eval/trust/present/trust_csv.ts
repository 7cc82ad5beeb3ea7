import { stringify } from "@std/csv";
import type { TrustTable } from "../table/trust_table.ts";

/**
 * The table as CSV: a row for each explainer and measure.
 *
 * @param table The table.
 * @returns CSV with a header line.
 */
export function trustCsv({ rows, verdicts }: TrustTable): string {
  const columns = [
    "explainer",
    "control",
    "verdict",
    "measure",
    "value",
    "low",
    "high",
    "documents",
  ];
  const lines = rows.flatMap(({ explainer, control, measures }) => {
    const verdict = verdicts.find((found) => found.explainer === explainer)?.verdict ?? "";
    return Object.entries(measures).map(([measure, { value, low, high, documents }]) => {
      return { explainer, control, verdict, measure, value, low, high, documents };
    });
  });
  return stringify(lines, { columns });
}
