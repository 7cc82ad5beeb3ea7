import { formatPercent } from "@heatword/core/counts";
import { macroF1 } from "../classification/macro_f1.ts";
import { proportionInterval } from "../statistics/proportion.ts";
import { verdictText } from "../trust/present/reasons.ts";
import { findingFigures, findingMark } from "./findings.ts";
import type { AssessmentData } from "./report_data.ts";

/**
 * What was found, for a terminal: how the classifier does, what was checked, what may be trusted.
 *
 * @param data What the report shows.
 */
export function assessmentText({ classification, findings, trust }: AssessmentData): string {
  const { correct, documents, accuracy, standardError } = classification;
  const { low, high } = proportionInterval(correct, documents);
  const rows = findings.map((finding) =>
    [findingMark(finding), finding.id, findingFigures(finding)] as const
  );
  const widths = ([0, 1] as const).map((c) => Math.max(...rows.map((row) => row[c].length)));
  return [
    `accuracy ${formatPercent(accuracy, 2)} (standard error ${
      formatPercent(standardError, 2)
    }, 95 % interval ` +
    `${formatPercent(low, 2)} to ${formatPercent(high, 2)}), macro-F1 ${
      formatPercent(macroF1(classification), 2)
    }, ` +
    `${documents.toLocaleString("en")} texts`,
    "",
    ...rows.map(([mark, id, figures]) =>
      `${mark.padEnd(widths[0]!)}  ${id.padEnd(widths[1]!)}  ${figures}`.trimEnd()
    ),
    ...(typeof trust === "string" ? [] : ["", verdictText(trust.table)]),
  ].join("\n");
}
