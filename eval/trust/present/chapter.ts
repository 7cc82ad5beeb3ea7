import { fragment, type Html, table as htmlTable } from "../../report/html_elements.ts";
import { COLUMNS } from "../table/columns.ts";
import type { TrustTable } from "../table/trust_table.ts";
import { comparisonTable } from "./comparison_table.ts";
import { estimateCell } from "./estimate_cell.ts";
import { reasonOf } from "./reasons.ts";
import { shortcutTable } from "./shortcut_table.ts";

/**
 * The columns of the verdict as a part of another page, with what follows from them, and with the
 * comparison of two explainers where there is one.
 *
 * @param trust The table.
 * @returns Tables and sentences; no heading.
 */
export function trustChapter(trust: TrustTable): Html {
  const columns = COLUMNS.filter(({ name, kind }) =>
    kind !== undefined && trust.rows.some(({ measures }) => measures[name] !== undefined)
  );
  return fragment`${trust.comparison && comparisonTable(trust.comparison, "Table T1.")}
${
    htmlTable({
      caption: fragment`<strong>Table T2.</strong> What explanations of the predicted class of ${
        String(trust.documents)
      } test texts are worth, with 95 % intervals; ${
        trust.models > 1 ? `means over ${String(trust.models)} trained models; ` : ""
      }high is good in every column. Rows in italics are controls.`,
      numbers: true,
      columns: ["row", ...columns.map(({ title }) => title)],
      rows: trust.rows.map(({ explainer, control, measures }) => [
        control ? fragment`<em>${explainer}</em>` : explainer,
        ...columns.map(({ name }) => estimateCell(measures[name])),
      ]),
    })
  }
${
    htmlTable({
      caption:
        fragment`<strong>Table T3.</strong> May it be trusted for this model? By a rule that was
fixed before.`,
      columns: ["explainer", "verdict", "why"],
      rows: trust.verdicts.map((verdict) => [
        verdict.explainer,
        fragment`<strong>${verdict.verdict}</strong>`,
        reasonOf(verdict, trust),
      ]),
    })
  }
${shortcutTable(trust, "Table T4.")}
<ul>${
    trust.notMeasured.map(({ measure, why }) => fragment`<li>${measure}: not measured; ${why}</li>`)
  }</ul>`;
}
