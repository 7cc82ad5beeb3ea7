import { stringify } from "@std/csv";
import { figureNames } from "../figures.ts";
import type { RepairReport } from "../report.ts";

const columns = [
  "way",
  "figure",
  "texts",
  "before",
  "before_low",
  "before_high",
  "after",
  "after_low",
  "after_high",
  "change",
  "change_low",
  "change_high",
] as const;

/**
 * What a repair came to as CSV, a row for each way and figure.
 *
 * @param report What it came to.
 */
export function repairCsv({ ways }: RepairReport): string {
  const rows = ways.flatMap(({ way, figures }) =>
    figureNames.flatMap((name) => {
      const figure = figures[name];
      if (!figure) return [];
      const { before, after, change, texts } = figure;
      return [{
        way,
        figure: name,
        texts,
        before: before.estimate,
        before_low: before.low,
        before_high: before.high,
        after: after.estimate,
        after_low: after.low,
        after_high: after.high,
        change: change.estimate,
        change_low: change.low,
        change_high: change.high,
      }];
    })
  );
  return stringify(rows, { columns });
}
