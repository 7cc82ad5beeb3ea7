import { macroF1 } from "../classification/macro_f1.ts";
import { proportionInterval } from "../statistics/proportion.ts";
import { verdictText } from "../trust/present/reasons.ts";
import { findingFigures, findingMark } from "./findings.ts";
import type { AssessmentData } from "./report_data.ts";

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

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
    `accuracy ${percent(accuracy)} (standard error ${percent(standardError)}, 95 % interval ` +
    `${percent(low)} to ${percent(high)}), macro-F1 ${percent(macroF1(classification))}, ` +
    `${documents.toLocaleString("en")} texts`,
    "",
    ...rows.map(([mark, id, figures]) =>
      `${mark.padEnd(widths[0]!)}  ${id.padEnd(widths[1]!)}  ${figures}`.trimEnd()
    ),
    ...(typeof trust === "string" ? [] : ["", verdictText(trust.table)]),
  ].join("\n");
}
