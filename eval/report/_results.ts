import { formatMeasured, verdict } from "../ledger/claim.ts";
import { areaBetween, type DeletionExperiment } from "../deletion/deletion_curves.ts";
import { explainerLabel } from "../pca/panels.ts";
import { heatmapHtml } from "../heatmap/heatmap_html.ts";
import { count, Html, html, inlineSvg, percent } from "./_html.ts";
import type { ReportData } from "./report_data.ts";

const signs: Readonly<Record<string, string>> = {
  "holds": "✓ holds",
  "fails": "✗ fails",
  "not checked": "– not checked",
};

/** The ledger as a table. */
export function ledgerTable({ claims }: ReportData): Html {
  const passed = claims.filter(({ pass }) => pass === true).length;
  const checked = claims.filter(({ pass }) => pass !== null).length;
  return html`
    <div class="scroll">
      <table>
        <caption><b>Table 1.</b> The paper's checkable statements beside what was measured here: ${passed} of
    ${checked} checked statements hold. Nothing was tuned to make one pass.</caption>
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Statement</th>
            <th scope="col">Paper</th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
    ${claims.map((claim) => {
      const word = verdict(claim);
      return html`
        <tr>
          <td class="mark ${word.replace(" ", "-")}">${signs[word]}</td>
          <td>${claim.claim}<br><code>${claim.id}</code></td>
          <td>${formatMeasured(claim.paper)}</td>
          <td>${formatMeasured(claim.ours)}</td>
        </tr>
      `;
    })}
        </tbody>
      </table>
    </div>
  `;
}

function areaSentence(experiment: DeletionExperiment): Html {
  const { curves, random } = experiment;
  const areas = [...curves, random]
    .map(({ name, area }) => `${explainerLabel(name)} ${area.toFixed(3)}`).join(", ");
  const difference = areaBetween(experiment, "sa", "lrp");
  const between = difference &&
    html`
      (SA − LRP: ${difference.difference.toFixed(3)} ± ${(1.96 * difference.standardError).toFixed(
        3,
      )}, 95 % confidence over documents)
    `;
  return html`${experiment.group === "correct" ? "left" : "right"}: ${areas}${between}`;
}

/** Fig. 1. */
export function deletionFigure(data: ReportData, figures: ReadonlyMap<string, string>): Html {
  const [correct, wrong] = data.deletion;
  const deletions = correct.random.accuracy.length - 1;
  const spread = Math.max(
    ...[correct, wrong].flatMap(({ random }) => random.deviation)
      .filter(Number.isFinite),
  );
  return html`
    <figure class="figure">
      <div class="pair">${inlineSvg(figures.get("figure-1-correct.svg"))}${inlineSvg(
        figures.get("figure-1-wrong.svg"),
      )}</div>
      <figcaption><b>Figure 1.</b> Word deletion. Accuracy after 0 to ${deletions} deleted words; relevance
    is for the true class. Left: ${count(
      correct.documents,
    )} documents that are classified correctly,
    words deleted in decreasing order of relevance (lower is better). Right: ${count(
      wrong.documents,
    )}
    documents that are classified wrongly, words deleted in increasing order (higher is better). Random:
    mean of ${random(
      correct,
    )} runs, band of one standard deviation (at most ${Number.isFinite(spread)
      ? spread.toFixed(4)
      : "–"}). Mean accuracy over all numbers of deleted words, ${areaSentence(
        correct,
      )}; ${areaSentence(wrong)}.</figcaption>
    </figure>
  `;
}

const random = ({ random }: DeletionExperiment) => random.runs.length;

/** Fig. 2. */
export function heatmapFigure({ heatmaps }: ReportData): Html {
  if (!heatmaps) return html`<p>The document of this figure is not in this corpus.</p>`;
  const { document, targets, predicted } = heatmaps;
  const cells = targets.flatMap(({ target, score, heatmaps }) =>
    heatmaps.map(({ explainer, words }) => {
      const sum = Array.from(words).reduce((total, value) => total + value, 0);
      const caption = `${explainerLabel(explainer)}, target ${target}: score ` +
        `${score.toFixed(3)}, sum of relevances ${sum.toFixed(3)}`.replaceAll("-", "−");
      return new Html(heatmapHtml(document, words, { caption }));
    })
  );
  return html`
    <figure class="figure">
      <div class="heatmaps">
    ${cells}
      </div>
      <figcaption><b>Figure 2.</b> The test document ${document.id ??
        "shown"} (true class ${document.label ??
        "unknown"}, predicted ${predicted}), its whole text, explained for several target classes. Red with a solid underline:
    relevance for the target; blue with a dotted underline: against it; each heatmap is scaled to its own
    largest absolute relevance. Text without colour is not seen by the classifier. Hover over a word for
    its relevance.</figcaption>
    </figure>
  `;
}

/** Fig. 3 and its table. */
export function panelFigure(data: ReportData, figures: ReadonlyMap<string, string>): Html {
  const { panels, groups } = data;
  if (panels.length === 0) return html`<p>No document vectors were made in this run.</p>`;
  const cell = (value: number | undefined) =>
    html`<td class="number">${
      value === undefined || Number.isNaN(value) ? "–" : value.toFixed(3).replace("-", "−")
    }</td>`;
  const left = groups.rest
    ? `${groups.rest} is drawn in grey and left out of the silhouettes.`
    : "";
  return html`
    <figure class="figure">${inlineSvg(figures.get("figure-3.svg"))}
    <figcaption><b>Figure 3.</b> The ${count(
      data.classification.documents,
    )} test documents as sums of their word vectors, weighted by relevance for the predicted class (e.w.:
    element-wise; SUM: not weighted), scaled to unit length, in the plane of their two largest principal
    components. All panels have one equal scale on both axes. ${left}</figcaption></figure>
    <div class="scroll">
      <table>
        <caption><b>Table 2.</b> Separation of the ${groups.names
          .length} categories of Figure 3: mean
    silhouette in the plane, of each category in the plane, and before projection.</caption>
        <thead>
          <tr><th scope="col">Panel</th><th scope="col" class="number">Plane</th>${groups.names.map(
            (name) => html`<th scope="col" class="number">${name}</th>`,
          )}<th scope="col" class="number">Before projection</th><th scope="col" class="number">Variance in
    plane</th></tr>
        </thead>
        <tbody>
    ${panels.map(({ panel, plane, full, explainedVariance: [x, y] }) =>
      html`<tr><th scope="row">${panel.label}</th>${cell(plane.mean)}${
        plane.byGroup.map((value) => cell(value))
      }${cell(full?.mean)}<td class="number">${percent(x + y)}</td></tr>`
    )}
        </tbody>
      </table>
    </div>
  `;
}

/** Fig. 4 and the figures of each class. */
export function classifierSection(data: ReportData, figures: ReadonlyMap<string, string>): Html {
  const { classification } = data;
  const figure = (value: number) => html`<td class="number">${percent(value)}</td>`;
  return html`
    <figure class="figure tall">${inlineSvg(figures.get("figure-4-confusion.svg"))}
    <figcaption><b>Figure 4.</b> Confusion matrix on the test documents: documents of each true class (row)
    by predicted class (column); the colour shows the share of the row.</figcaption></figure>
    <div class="scroll">
      <table>
        <caption><b>Table 3.</b> The classifier on each class of the test documents.</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" class="number">Documents</th>
            <th scope="col"
              class="number">Accuracy (recall)</th>
            <th scope="col" class="number">Precision</th>
            <th scope="col"
              class="number">F1</th>
          </tr>
        </thead>
        <tbody>
    ${classification.byClass.map(({ name, documents, recall, precision, f1 }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${count(documents)}</td>${
        figure(recall)
      }${figure(precision)}${figure(f1)}</tr>`
    )}
        </tbody>
        <tfoot>
          <tr><th scope="row">All</th><td class="number">${count(
            classification.documents,
          )}</td>${figure(classification.accuracy)}<td></td><td></td></tr>
        </tfoot>
      </table>
    </div>
  `;
}
