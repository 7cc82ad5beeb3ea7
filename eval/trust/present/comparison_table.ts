import { fixed, fragment, Html, table as htmlTable } from "../../report/html_elements.ts";
import { COLUMNS } from "../table/columns.ts";
import type { Comparison } from "../table/compare_rows.ts";
import { estimateCell } from "./estimate_cell.ts";

/**
 * Whether one explainer is ahead of another, column by column.
 *
 * @param comparison The comparison.
 * @param number What stands before the caption, as `Table 11.`
 * @returns A table, with a sentence that sums it up.
 */
export function comparisonTable(
  { rows: [first, second], columns }: Comparison,
  number: string,
): Html {
  return htmlTable({
    caption: fragment`<strong>${number}</strong> ${
      comparisonText({
        rows: [first, second],
        columns,
      })
    } Gains are paired by texts; p-values are of flipped signs, by Holm's method over all rows.`,
    numbers: true,
    columns: ["measure", first, second, "gain", "p", `${first} is`],
    rows: columns.map(({ measure, first, second, gain, p, answer }) => {
      const column = COLUMNS.find(({ name }) => name === measure);
      return [
        `${column?.title ?? measure} ${column?.better === "lower" ? "↓" : "↑"}`,
        fixed(first),
        fixed(second),
        estimateCell(gain),
        fixed(p),
        answer,
      ];
    }),
  });
}

/**
 * A comparison in a sentence.
 *
 * @param comparison The comparison.
 * @returns How often the first is ahead, and where it is not.
 */
export function comparisonText({ rows: [first, second], columns }: Comparison): string {
  const of = (answer: string) =>
    columns.filter((column) => column.answer === answer)
      .map(({ measure }) => COLUMNS.find(({ name }) => name === measure)?.title ?? measure);
  const [ahead, behind, open] = ["ahead", "behind", "open"].map(of);
  const list = new Intl.ListFormat("en");
  return [
    `${first} is ahead of ${second} in ${ahead!.length} of ${columns.length} columns`,
    ...(behind!.length > 0 ? [`behind in ${list.format(behind!)}`] : []),
    ...(open!.length > 0 ? [`not told apart in ${list.format(open!)}`] : []),
  ].join("; ") + ".";
}
