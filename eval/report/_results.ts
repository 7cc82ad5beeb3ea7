import { areaBetween, type DeletionExperiment } from "../deletion/deletion_curves.ts";
import { heatmapHtml } from "../heatmap/heatmap_html.ts";
import { formatMeasured, verdict } from "../claims/claim.ts";
import { explainerLabel } from "../pca/panels.ts";
import { proportionInterval } from "../statistics/proportion.ts";
import {
  capital,
  count,
  figure,
  fixed,
  fragment,
  Html,
  inlineSvg,
  percent,
  table,
} from "./html_elements.ts";
import { pointsLine } from "./points_script.ts";
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
  const rows = claims.map((claim) => {
    const word = verdict(claim);
    return [
      fragment`<span class="mark ${word.replace(" ", "-")}">${signs[word]}</span>`,
      fragment`${claim.claim}<br><code>${claim.id}</code>`,
      formatMeasured(claim.paper),
      formatMeasured(claim.ours),
    ];
  });
  return table({
    caption: fragment`<b>Table 1.</b> The paper's checkable statements beside what was measured
here: ${passed} of ${checked} checked statements hold. One that compares holds only if the whole 95 %
interval of the difference, over documents, lies above 0; of several differences the narrowest is shown.
Nothing was tuned to make one pass.`,
    columns: ["Verdict", "Statement", "Paper", "Here"],
    rows,
  });
}

function areas(experiment: DeletionExperiment): string {
  const { curves, random } = experiment;
  const all = [...curves, random]
    .map(({ name, area }) => `${explainerLabel(name)} ${fixed(area)}`).join(", ");
  const found = areaBetween(experiment, "sa", "lrp");
  if (!found) return all;
  const [low, high] = found.interval.map((end) => fixed(end));
  return `${all} (SA minus LRP ${fixed(found.difference)}, ${low} to ${high})`;
}

/** Fig. 1. */
export function deletionFigure(data: ReportData, figures: ReadonlyMap<string, string>): Html {
  const [correct, wrong] = data.deletion;
  const { unit = "word" } = correct;
  const deletions = correct.random.accuracy.length - 1;
  const runs = correct.random.runs.length;
  const short = data.deletion.some(({ remaining, documents }) => remaining.at(-1)! < documents);
  const few = short &&
    `A document with fewer ${unit}s keeps what it was given once all are deleted; how many have so many ` +
      "stands below the axis, which ends with the longest. ";
  const deviations = data.deletion.flatMap(({ random }) => random.deviation);
  const spread = Math.max(...deviations.filter(Number.isFinite));
  return figure(
    fragment`<div class="pair">${inlineSvg(figures.get("figure-1-correct.svg"))}
${inlineSvg(figures.get("figure-1-wrong.svg"))}</div>`,
    fragment`<b>Figure 1.</b> ${
      capital(unit)
    } deletion: accuracy after 0 to ${deletions} deleted ${unit}s. Relevance
is for the true class. Left: ${count(correct.documents)} documents that are classified correctly,
${unit}s deleted in decreasing order of relevance (lower is better). Right: ${
      count(wrong.documents)
    }
documents that are classified wrongly, ${unit}s deleted in increasing order (higher is better).
${few}Random: mean of ${runs} runs, with a band of one standard deviation (at most ${
      fixed(spread, 4)
    }). Mean accuracy over all numbers of deleted ${unit}s, left: ${areas(correct)}; right: ${
      areas(wrong)
    }. Intervals: 95 % confidence over documents.`,
  );
}

/** Fig. 2. */
export function heatmapFigure({ heatmaps }: ReportData): Html {
  if (!heatmaps) return fragment`<p>The document of this figure is not in this corpus.</p>`;
  const { document, unknown = [], names, targets, predicted } = heatmaps;
  const cells = targets.flatMap(({ target, score, heatmaps }) =>
    heatmaps.map(({ explainer, words, sum: given }) => {
      const sum = given ?? Array.from(words).reduce((total, value) => total + value, 0);
      const caption = `${explainerLabel(explainer)}, target ${target}: score ${fixed(score)}, ` +
        `sum of relevances ${fixed(sum)}`;
      return new Html(heatmapHtml(document, words, { caption, unknown, ...(names && { names }) }));
    })
  );
  const { id = "shown", label = "unknown" } = document;
  return figure(
    fragment`<div class="heatmaps">${cells}</div>`,
    fragment`<b>Figure 2.</b> The test document ${id} (true class ${label}, predicted ${predicted}), its
whole text, explained for several target classes. Red with a solid underline: relevance for the
target; blue with a dotted underline: against it; grey and hatched: not seen by the model. Each heatmap
is scaled to its own largest absolute relevance. A tooltip tells the relevance of each word.`,
    "wide",
  );
}

/** Fig. 3 and its table. */
export function panelFigure(data: ReportData, figures: ReadonlyMap<string, string>): Html {
  const { panels, groups } = data;
  if (panels.length === 0) {
    return fragment`<p>No document vectors were made in this run: they take two documents,
and word vectors of two numbers or more.</p>`;
  }
  const rest = groups.rest && Array.from(groups.of).some((group) => group < 0)
    ? `${groups.rest} is drawn in grey and left out of the silhouettes.`
    : "";
  const drawn = figure(
    fragment`<div class="points-figure" tabindex="0" role="region" aria-label="Document vectors">${
      inlineSvg(figures.get("figure-3.svg"))
    }</div>${pointsLine(data.points)}`,
    fragment`<b>Figure 3.</b> The ${
      count(data.classification.documents)
    } test documents as sums of their word vectors, weighted by relevance for the predicted class (e.w.:
element-wise; SUM: not weighted), scaled to unit length, in the plane of their two largest principal
components. All panels have one equal scale on both axes. ${rest}`,
  );
  const measured = table({
    caption:
      fragment`<b>Table 2.</b> Separation of the ${groups.names.length} categories of Figure 3:
mean silhouette in the plane, of each category in the plane, of the single classes in the plane, and of
the categories before projection. A category of several far clusters has a low silhouette though its
classes are apart.`,
    columns: [
      "Panel",
      "Plane",
      ...groups.names,
      "Single classes",
      "Before projection",
      "Variance in plane",
    ],
    numbers: true,
    rows: panels.map(({ panel, plane, full, classes, explainedVariance: [x, y] }) => [
      panel.label,
      fixed(plane.mean),
      ...plane.byGroup.map((value) => fixed(value)),
      classes ? fixed(classes.mean) : "–",
      full ? fixed(full.mean) : "–",
      percent(x + y),
    ]),
  });
  return fragment`${drawn}${measured}`;
}

/** Fig. 4 and the figures of each class. */
export function classifierSection(data: ReportData, figures: ReadonlyMap<string, string>): Html {
  const { byClass, documents, accuracy, correct, standardError } = data.classification;
  const { low, high } = proportionInterval(correct, documents);
  const drawn = figure(
    inlineSvg(figures.get("figure-4-confusion.svg")),
    fragment`<b>Figure 4.</b> Confusion matrix on the test documents: how many documents of each true
class (row) were given each class (column). The colour shows the share of the row.`,
  );
  const measured = table({
    caption:
      fragment`<b>Table 3.</b> The classifier on each class of the test documents. The standard error of
the accuracy on all is ${percent(standardError, 2)}, its 95 % interval ${percent(low)} to ${
        percent(high)
      }.`,
    columns: ["Class", "Documents", "Accuracy (recall)", "Precision", "F1"],
    numbers: true,
    rows: byClass.map(({ name, documents, recall, precision, f1 }) => [
      name,
      count(documents),
      ...[recall, precision, f1].map((value) => percent(value)),
    ]),
    total: ["All", count(documents), percent(accuracy), "", ""],
  });
  return fragment`${drawn}${measured}`;
}
