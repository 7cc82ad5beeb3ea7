import { count, fixed, fragment, type Html, table } from "../report/html_elements.ts";
import { explainerLabel } from "../pca/panels.ts";
import { COLUMNS } from "../trust/table/columns.ts";
import type { Estimate } from "../trust/table/estimates.ts";
import { reasonOf } from "../trust/present/reasons.ts";
import type { AssessmentData } from "./report_data.ts";
import type { QuickTrust } from "./quick_trust.ts";

/** The columns of the verdict, and the plain drop. */
const SHOWN = ["shapley", "naopcComp", "naopcSuff", "infidelity", "compProbability"];

function cell(estimate: Estimate | undefined): Html | string {
  if (!estimate) return "–";
  const { value, low, high } = estimate;
  if (low === null || high === null) return fixed(value);
  return fragment`${fixed(value)}<br><small>${fixed(low)} to ${fixed(high)}</small>`;
}

/** The sentence that says whether the report's own heatmaps may be trusted. */
export function trustSentence(
  { trust, explainers }: Pick<AssessmentData, "trust" | "explainers">,
): string {
  const { name } = explainers[0]!;
  if (typeof trust === "string") return `Not measured: ${trust}.`;
  const { table } = trust;
  const verdict = table.verdicts.find(({ explainer }) => explainer === name);
  if (!verdict) return `${explainerLabel(name)}, which made the heatmaps here, was not measured.`;
  const alone = table.verdicts.filter(({ explainer }) => explainer !== "random").length === 1;
  return `May ${explainerLabel(name)}, which made the heatmaps here, be trusted for this model? ` +
    `${verdict.verdict[0]!.toUpperCase()}${verdict.verdict.slice(1)}: ${
      reasonOf(verdict, table)
    }.` +
    (alone
      ? " No other explainer was measured, so that says only that it is better than chance."
      : "");
}

function trustTables({ table: trust, notes, fitting, of }: QuickTrust): Html {
  const columns = COLUMNS.filter(({ name }) =>
    SHOWN.includes(name) && trust.rows.some(({ measures }) => measures[name])
  );
  const verdictOf = (explainer: string) =>
    trust.verdicts.find((found) => found.explainer === explainer);
  const missing = COLUMNS.filter(({ name }) =>
    SHOWN.includes(name) && !columns.some((column) => column.name === name)
  );
  return fragment`${
    table({
      caption: fragment`Quick columns of trust on ${
        count(trust.documents)
      } texts, with 95 % intervals
(BCa bootstrap over texts). The predicted class is explained. Rows in italics are what the others are held
against.`,
      label: "Which explainer may be trusted",
      columns: [
        "Explainer",
        "Verdict",
        ...columns.map(({ title, better }) => `${title} ${better === "higher" ? "↑" : "↓"}`),
      ],
      numbers: true,
      rows: trust.rows.map(({ explainer, control, measures }) => [
        control ? fragment`<em>${explainer}</em>` : explainer,
        verdictOf(explainer)?.verdict ?? "",
        ...columns.map(({ name }) => cell(measures[name])),
      ]),
    })
  }
<details><summary>Why each verdict, and what the columns say</summary>
<ul>${
    trust.verdicts.map((verdict) =>
      fragment`<li><b>${verdict.explainer}: ${verdict.verdict}</b>, ${
        reasonOf(verdict, trust)
      }</li>`
    )
  }</ul>
<ul>${
    columns.map(({ title, about, source }) =>
      fragment`<li><b>${title}</b>: ${about}${source && ` (${source})`}</li>`
    )
  }</ul>
<p class="hint">${
    [...notes, ...trust.notes].map((note) => `${note.replace(/\.$/, "")}. `).join("")
  }${
    fitting < of &&
    `Of ${count(of)} texts, ${count(fitting)} have a length that can be measured in this time. `
  }${
    missing.length > 0 && `Not measured: ${missing.map(({ title }) => title).join(", ")}. `
  }Pointing,
planted shortcuts and other measures take longer: <code>deno task trust</code> has them.</p></details>`;
}

/** The quick columns of trust, with a verdict. */
export function trustSection(data: AssessmentData): Html {
  const { trust } = data;
  return fragment`<p><b>${trustSentence(data)}</b></p>
${typeof trust !== "string" && trustTables(trust)}`;
}
