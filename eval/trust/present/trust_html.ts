import { reportCss } from "../../report/style.ts";
import { count, fragment, Html, table as htmlTable } from "../../report/html_elements.ts";
import { htmlPage } from "../../report/page_head.ts";
import type { Column } from "../measures/column.ts";
import { COLUMNS } from "../table/columns.ts";
import { ENOUGH_MODELS } from "../table/over_models.ts";
import type { TrustTable } from "../table/trust_table.ts";
import { agreementTables } from "./agreement_tables.ts";
import { comparisonTable } from "./comparison_table.ts";
import { estimateCell } from "./estimate_cell.ts";
import { reasonOf } from "./reasons.ts";
import { shortcutTable } from "./shortcut_table.ts";

/** What the page tells beside the table. */
export interface AboutTrust {
  /** What was given as the model. */
  readonly model: string;
  /** What the texts are called. */
  readonly corpus: string;
  /** The fewest and the most words of a text. */
  readonly length: readonly [least: number, most: number];
  /** How many sentences a hybrid text has. */
  readonly sentences: number;
  /** The seed. */
  readonly seed: number;
}

/** The columns of which something was measured. */
function shownColumns({ rows }: TrustTable, isShown: (column: Column) => boolean): Column[] {
  return COLUMNS.filter((column) =>
    isShown(column) && rows.some(({ measures }) => measures[column.name] !== undefined)
  );
}

/** The figures of some columns, with what they say; nothing where there are none. */
function measuresTable(
  trust: TrustTable,
  caption: Html,
  isShown: (column: Column) => boolean,
  rows = trust.rows,
): Html | undefined {
  const columns = shownColumns(trust, isShown);
  if (columns.length === 0) return undefined;
  const table = htmlTable({
    caption,
    numbers: true,
    columns: [
      "row",
      ...columns.map(({ title, better }) => `${title} ${better === "higher" ? "↑" : "↓"}`),
    ],
    rows: rows.map(({ explainer, control, measures }) => [
      control ? fragment`<em>${explainer}</em>` : explainer,
      ...columns.map(({ name }) => estimateCell(measures[name])),
    ]),
  });
  return fragment`${table}
${legend(columns)}`;
}

function verdictTable(trust: TrustTable): Html {
  return htmlTable({
    caption: fragment`<strong>Table 1.</strong> May this explainer be trusted for this model? The
verdict follows from Table 2 by a rule that was fixed before (version ${trust.version}: margin ${trust.rule.margin}, level ${trust.rule.level}, at least ${trust.rule.few} texts a column).`,
    columns: ["explainer", "verdict", "why"],
    rows: trust.verdicts.map((verdict) => [
      verdict.explainer,
      fragment`<strong>${verdict.verdict}</strong>`,
      reasonOf(verdict, trust),
    ]),
  });
}

const titleOf = (name: string) => COLUMNS.find((column) => column.name === name)?.title ?? name;

function predictorTable({ predictors }: TrustTable): Html | undefined {
  if (predictors.length === 0) return undefined;
  return htmlTable({
    caption:
      fragment`<strong>Table 7.</strong> Which cheap measure foretells a truth: nearness to exact
Shapley values, or how far planted words are pointed to? Spearman's correlation over explainers: of
means over texts, and within each text.`,
    numbers: true,
    columns: ["truth", "measure", "rows", "of means", "within texts", "texts"],
    rows: predictors.map(({ truth, measure, rows, acrossExplainers, perDocument }) => [
      titleOf(truth),
      titleOf(measure),
      rows,
      estimateCell(acrossExplainers),
      estimateCell(perDocument),
      String(perDocument?.documents ?? acrossExplainers?.documents ?? 0),
    ]),
  });
}

function legend(columns: readonly Column[]): Html {
  return fragment`<dl>${
    columns.map(({ title, about, source }) =>
      fragment`<dt>${title}</dt><dd>${about}${source !== undefined && ` (${source})`}</dd>`
    )
  }</dl>`;
}

/**
 * The table as one page that needs no network, no script and no other file.
 *
 * @param trust The table.
 * @param about What it was made of.
 * @returns The whole page.
 */
export function trustHtml(trust: TrustTable, about: AboutTrust): string {
  const { documents, seeds, models, counts, notMeasured } = trust;
  const [least, most] = about.length;
  const content = fragment`<p class="subtitle">${
    count(documents)
  } texts of ${about.corpus}, ${least} to ${most} words; model ${about.model}; seed ${about.seed}${
    models > 1
      ? `, means over ${models} trained models`
      : seeds > 1 && `, ${seeds} seeds of what samples`
  }</p>
${verdictTable(trust)}
<h2>What was measured</h2>
${
    measuresTable(
      trust,
      fragment`<strong>Table 2.</strong> The columns of the verdict, with 95 % intervals (${
        models < ENOUGH_MODELS ? "BCa bootstrap over texts" : "Student's t over trained models"
      }). The predicted class is explained. Rows in italics are controls: exact Shapley values, the
same inverted, the order in which a greedy search deletes, a random order.`,
      ({ kind }) => kind !== undefined,
    )
  }
${
    measuresTable(
      trust,
      fragment`<strong>Table 3.</strong> Deleting and keeping words, as it is. ↓: low is good.`,
      ({ kind, aspect }) => !kind && aspect === "deletion",
    )
  }
${
    measuresTable(
      trust,
      fragment`<strong>Table 4.</strong> Nearness to exact Shapley values, promised sums, and cost.`,
      ({ aspect }) => aspect === "nearness" || aspect === "cost",
    )
  }
${
    measuresTable(
      trust,
      fragment`<strong>Table 5.</strong> Explanations of changed models, changed words, and of texts as
vectors.`,
      ({ aspect }) => aspect === "stability",
    )
  }
${
    measuresTable(
      trust,
      fragment`<strong>Table 6.</strong> What orders of deletion can reach, mean over texts: the same
for every row.`,
      ({ aspect }) => aspect === "limits",
      [{ ...trust.rows[0]!, explainer: "any", control: false }],
    )
  }
${predictorTable(trust)}
${agreementTables(trust)}
${shortcutTable(trust, "Table 9.")}
${
    measuresTable(
      trust,
      fragment`<strong>Table 10.</strong> Where explanations put the words of shortcuts. ↓: low is good.`,
      ({ aspect }) => aspect === "shortcuts",
    )
  }
${trust.comparison && comparisonTable(trust.comparison, "Table 11.")}
<h2>What was left out, and what not measured</h2>
<ul>${
    Object.entries(counts).map(([what, number]) => fragment`<li>${what}: ${count(number)}</li>`)
  }</ul>
<ul>${
    notMeasured.map(({ measure, why }) => fragment`<li>${measure}: not measured; ${why}</li>`)
  }</ul>
${trust.notes.map((note) => fragment`<p>${note}</p>`)}
<p>Hybrid texts have ${about.sentences} sentences each. Deleting words leaves the texts that the model
was trained on: what is measured so tells what the model does with such texts, not what it did with the
whole one. ${
    models < ENOUGH_MODELS
      ? "Intervals speak about this model, not about others trained by the same recipe."
      : "Intervals speak about models trained by this recipe."
  }</p>`;
  const title = "Which explainer may be trusted for this model?";
  return htmlPage({ title, css: reportCss(), content });
}
