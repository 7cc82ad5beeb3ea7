import { formatPercent } from "../../numbers/mod.ts";
import { visible } from "../../render/mod.ts";
import type { Interval } from "../../statistics/mod.ts";
import { figureNames } from "../figures.ts";
import type { RepairReport } from "../report.ts";
import { adviceText } from "./advice_text.ts";
import { figureTitles } from "./figure_titles.ts";

const signed = (share: number) => `${share < 0 ? "−" : "+"}${(100 * Math.abs(share)).toFixed(1)}`;

/** A change in points of percent, with its interval. */
const changeText = ({ estimate, low, high }: Interval) =>
  `${signed(estimate)} (${signed(low)} … ${signed(high)})`;

/**
 * What a repair came to, for a terminal.
 *
 * @param report What it came to.
 */
export function repairText(report: RepairReport): string {
  const { ways, against, texts, seeds, writtenFrom } = report;
  const advice = adviceText(report);
  const rows = ways.flatMap(({ way, figures }) =>
    figureNames.flatMap((name) => {
      const figure = figures[name];
      return figure
        ? [[
          way,
          figureTitles[name],
          formatPercent(figure.before.estimate),
          `→ ${formatPercent(figure.after.estimate)}`,
          changeText(figure.change),
        ]]
        : [];
    })
  );
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]!.length));
  const lines = rows.map((row) => row.map((cell, c) => cell.padEnd(width(c))).join("  ").trimEnd());
  const over = seeds.length > 1 ? `over ${seeds.length} seeds` : "over texts";
  return [
    `against ${against.kind} ${visible(against.what)}: in ${texts.learnedWithLeak} of ` +
    `${texts.learned} texts learned from, ${texts.measuredWithLeak} of ${texts.measured} ` +
    "measured on",
    ...lines,
    `intervals at 95 %, ${over}`,
    ...(writtenFrom === "all"
      ? ["measured models have not learned from the texts measured on, those in the folders have"]
      : []),
    ...ways.map(({ way, done }) => `${way}: ${done}`),
    ...advice === undefined ? [] : [`to take: ${advice}`],
  ].join("\n");
}
