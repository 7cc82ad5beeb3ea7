import { verdict } from "../ledger/claim.ts";
import { count, Html, html, percent } from "./_html.ts";
import { methodsSection, timingTable } from "./_methods.ts";
import {
  classifierSection,
  deletionFigure,
  heatmapFigure,
  ledgerTable,
  panelFigure,
} from "./_results.ts";
import { reportCss } from "./_style.ts";
import type { ReportData } from "./report_data.ts";

function abstract(data: ReportData): Html {
  const { classification, claims, conservation, deletion } = data;
  const holds = claims.filter((claim) => verdict(claim) === "holds").length;
  const fails = claims.filter((claim) => verdict(claim) === "fails").length;
  const margin = 196 * classification.standardError;
  const lrp = conservation.find(({ explainer }) => explainer === "lrp");
  const last = (name: string, at: 0 | 1) => {
    const experiment = deletion[at];
    return [...experiment.curves, experiment.random]
      .find((curve) => curve.name === name)?.accuracy.at(-1);
  };
  const ends = ["lrp", "sa", "random"].flatMap((name) => {
    const value = last(name, 0);
    const label = name === "random" ? "random deletion" : name.toUpperCase();
    return value === undefined || Number.isNaN(value) ? [] : [`${percent(value)} under ${label}`];
  });
  const deletions = deletion[0].random.accuracy.length - 1;
  return html`
    <p
      class="abstract">A convolutional network classifies ${count(
        classification.documents,
      )} test documents of ${data.corpus} with an accuracy of ${percent(
        classification.accuracy,
        2,
      )} ± ${margin.toFixed(
        2,
      )} (95 % confidence). Its decisions are explained word by word, and the explanations are put to the
    paper's tests. ${ends.length > 1 &&
      html`
        After deleting the ${deletions} most relevant words of documents that were classified correctly,
        accuracy is ${ends.join(", ")}.
      `}${lrp &&
      html`
        LRP's relevances sum to the explained score up to ${lrp.worst.toExponential(1).replace(
          "-",
          "−",
        )} on every document.
      `}Of the paper's checkable statements ${holds} hold here and ${fails} fail${fails === 0
      ? ""
      : " (Table 1)"}.</p>
  `;
}

/**
 * The report of a run: one self-contained HTML file that needs no network, no script and no other
 * file.
 *
 * @param data What it shows.
 * @param figures The figures, as {@linkcode reportFigures} draws them.
 * @returns The whole page.
 */
export function reportHtml(data: ReportData, figures: ReadonlyMap<string, string>): string {
  const page = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Explaining predictions of a text classifier, word by word</title>
        <style>${new Html(reportCss())}</style>
      </head>
      <body>
        <main>
    <h1>Explaining predictions of a text classifier, word by word</h1>
    <p class="subtitle">A reproduction of “Explaining Predictions of Non-Linear Classifiers in NLP” (Arras
    et al. 2016) on ${data.corpus}</p>
    ${data.notices.map((notice) => html`<p class="notice" role="note">${notice}</p>`)}
    ${abstract(data)}
    <h2>1 What holds</h2>
    ${ledgerTable(data)}
    <h2>2 Word deletion</h2>
    ${deletionFigure(data, figures)}
    <h2>3 Heatmaps</h2>
    ${heatmapFigure(data)}
    <h2>4 Document vectors</h2>
    ${panelFigure(data, figures)}
    <h2>5 The classifier</h2>
    ${classifierSection(data, figures)}
    <h2>6 Methods</h2>
    ${methodsSection(data)}
    <h2>7 Timing</h2>
    ${timingTable(data)}
    <h2>8 How to reproduce</h2>
    <p>This command makes the report again; the same seed gives the same figures, whatever the number of
    workers:</p>
    <pre><code>${data.command}</code></pre>
    <p>Beside this file: <code>ledger.json</code> (Table 1), <code>metrics.json</code> (all curves, figures,
    seeds and settings) and <code>figures/</code> (every figure as SVG).</p>
    ${data.notices.map((notice) => html`<p class="notice" role="note">${notice}</p>`)}
    <footer>Made by heatword.</footer>
        </main>
      </body>
    </html>
  `;
  return page.source;
}
