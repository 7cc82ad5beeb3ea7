import {
  capital,
  count,
  duration,
  figure,
  fixed,
  fragment,
  type Html,
  percent,
  table,
} from "../report/html_elements.ts";
import { pointsLine } from "../report/points_script.ts";
import { FEWEST_JUDGED } from "../statistics/fewest_judged.ts";
import { drawn } from "./_drawn.ts";
import { type Finding, findingFigures, findingMark } from "./findings.ts";
import type { AssessmentData } from "./report_data.ts";

/** Document vectors, for models that have word vectors. */
export function vectorsSection(data: AssessmentData, figures: ReadonlyMap<string, string>): Html {
  const shown = figure(
    fragment`<div class="wide-figure points-figure" tabindex="0" role="region" aria-label="Document vectors">${
      drawn(figures.get("vectors.svg"))
    }</div>${pointsLine(data.points)}`,
    fragment`The texts as sums of their word vectors, weighted by relevance for the predicted class (e.w.:
element-wise; SUM: not weighted), scaled to unit length, in the plane of their two largest principal
components; the colour is the true class.`,
  );
  const apart = table({
    caption:
      fragment`How far the classes are apart: mean silhouette in the plane and before projection.`,
    label: "Silhouettes of the classes",
    columns: ["Panel", "Plane", "Before projection", "Variance in plane"],
    numbers: true,
    rows: data.panels.map(({ panel, plane, full, explainedVariance: [x, y] }) => [
      panel.label,
      fixed(plane.mean),
      full ? fixed(full.mean) : "–",
      percent(x + y),
    ]),
  });
  return fragment`${shown}${apart}`;
}

function markHtml(finding: Finding): Html {
  const mark = findingMark(finding);
  const signs: Readonly<Record<string, string>> = { holds: "✓ holds", fails: "✗ fails" };
  return fragment`<span class="mark ${mark in signs ? mark : ""}">${signs[mark] ?? mark}</span>`;
}

/** What was checked, with a verdict on each statement. */
export function findingsTable({ findings }: AssessmentData): Html {
  return table({
    caption:
      fragment`One that compares holds only if the whole 95 % interval of the difference, over
texts, lies on its side of 0; of fewer than ${FEWEST_JUDGED} texts none is judged.`,
    label: "What was checked",
    columns: ["Verdict", "Statement", "Here"],
    rows: findings.map((finding) => [
      markHtml(finding),
      fragment`${finding.claim}<br><code>${finding.id}</code>`,
      findingFigures(finding),
    ]),
  });
}

/** What was done, in words, and what was set. */
export function methodsSection(data: AssessmentData): Html {
  const { documents, explainers, settings, timings } = data;
  const training = documents.train > 0 ? `, ${count(documents.train)} training texts known` : "";
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  return fragment`<p><b>Texts.</b> ${capital(data.corpus)}: ${
    count(documents.test)
  } measured on${training}.
${data.preparation}</p>
<p><b>Classifier.</b> ${data.model}. ${data.classifier}</p>
<p><b>Figures.</b> Accuracy: standard error √(a (1 − a) / n), interval after Wilson 1927. Curves of the
score: BCa bootstrap over texts (Efron 1987). Probabilities are the softmax of the scores.</p>
<ul>${
    explainers.map(({ name, description }) =>
      fragment`<li><code>${name}</code>: ${description}.</li>`
    )
  }</ul>
${
    table({
      caption: fragment`Settings and seeds.`,
      label: "Settings and seeds",
      columns: ["Setting", "Value"],
      rows: settings,
    })
  }
${
    table({
      caption: fragment`What took how long, up to the writing of this report.`,
      label: "Times",
      columns: ["Step", "Time", "Note"],
      rows: timings.map(({ step, seconds, note = "" }) => [step, duration(seconds), note]),
      total: ["All", duration(total), ""],
    })
  }
<p>This command makes the report again; the same seed gives the same figures, whatever the number of
workers:</p>
<pre><code>${data.command}</code></pre>
<p>Beside this file: <code>metrics.json</code> (all figures), <code>ledger.json</code> (what was checked),
<code>predictions.csv</code> (each text), <code>words.csv</code>, <code>trust.csv</code>,
<code>trust.json</code> where they were measured, and <code>figures/</code> (every figure as SVG).</p>`;
}
