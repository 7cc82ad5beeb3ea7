import { beyondChapter } from "../beyond/chapter.ts";
import { trustChapter } from "../trust/present/chapter.ts";
import { duplicatesText } from "../duplicates/duplicates.ts";
import { verdict } from "../claims/claim.ts";
import { formatNumber } from "../numbers/format_number.ts";
import { explainerLabel } from "../pca/panels.ts";
import { capital, count, fragment, Html, percent } from "./html_elements.ts";
import { htmlPage } from "./page_head.ts";
import { methodsSection, timingTable } from "./_methods.ts";
import {
  classifierSection,
  deletionFigure,
  heatmapFigure,
  ledgerTable,
  panelFigure,
} from "./_results.ts";
import { pointsCss, pointsEnd, reportPolicy } from "./points_script.ts";
import { reportCss } from "./style.ts";
import type { ReportData } from "./report_data.ts";

function abstract(data: ReportData): Html {
  const { classification, claims, conservation, deletion: [correct], corpus } = data;
  const tally = (word: string) => claims.filter((claim) => verdict(claim) === word).length;
  const lrp = conservation.find(({ explainer }) => explainer === "lrp");
  const deletions = correct.random.accuracy.length - 1;
  const ends = correct.documents === 0 ? [] : [...correct.curves, correct.random]
    .map(({ name, accuracy }) => `${percent(accuracy.at(-1)!)} under ${explainerLabel(name)}`);
  const deleted = ends.length > 0 &&
    fragment`After deleting the ${deletions} most relevant words of documents that were classified
correctly, accuracy is ${ends.join(", ")} deletion. `;
  const conserved = lrp &&
    fragment`LRP's relevances sum to the explained score up to ${
      formatNumber(lrp.worst)
    } on every document. `;
  const repeated = data.duplicates && fragment`${duplicatesText(data.duplicates)}. `;
  return fragment`<p class="abstract">A text classifier reaches an accuracy of ${
    percent(classification.accuracy, 2)
  } (standard error ${percent(classification.standardError, 2)}) on ${
    count(classification.documents)
  } test documents of ${corpus}. ${repeated}Its decisions are explained word by word, and the explanations are
put to the paper's tests. ${deleted}${conserved}Of the paper's checkable statements, ${
    tally("holds")
  } hold here and ${tally("fails")} fail (Table 1).</p>`;
}

/**
 * The report of a run: one self-contained HTML file that needs no network and no other file. Its
 * one script, which its policy knows by its digest, tells what the points of document vectors stand for.
 *
 * @param data What it shows.
 * @param figures The figures, as {@linkcode reportFigures} draws them.
 * @returns The whole page.
 */
export async function reportHtml(
  data: ReportData,
  figures: ReadonlyMap<string, string>,
): Promise<string> {
  const notices = data.notices.map((notice) =>
    fragment`<p class="notice" role="note">${notice}</p>`
  );
  const points = data.panels.length > 0 ? data.points : undefined;
  let chapter = 6;
  const next = () => String(++chapter);
  const content = fragment`<p class="subtitle">${
    data.comparable ? "A reproduction" : "The experiments"
  } of “Explaining Predictions of Non-Linear Classifiers in NLP” (Arras
et al. 2016) on ${data.corpus}</p>
${notices}
${abstract(data)}
<h2>1 ${capital(data.deletion[0].unit ?? "word")} deletion</h2>
${deletionFigure(data, figures)}
<h2>2 Heatmaps</h2>
${heatmapFigure(data)}
<h2>3 Document vectors</h2>
${panelFigure(data, figures)}
<h2>4 What holds</h2>
${ledgerTable(data)}
<h2>5 The classifier</h2>
${classifierSection(data, figures)}
<h2>6 Methods</h2>
${methodsSection(data)}
${
    data.trust &&
    fragment`<h2>${next()} Which explainer may be trusted?</h2>
<p>Does the paper’s conclusion, LRP above SA, stand under other measures than deleting words of long
documents? Short texts flatter every explainer; what each column says, and further ones, are in
<code>trust/trust.html</code> beside this file.</p>
${trustChapter(data.trust)}`
  }
${
    data.beyond &&
    fragment`<h2>${next()} Beyond the paper: other networks, other tasks</h2>
${beyondChapter(data.beyond)}`
  }
<h2>${next()} Timing</h2>
${timingTable(data)}
<h2>${next()} How to reproduce</h2>
<p>This command makes the report again; the same seed gives the same figures, whatever the number of
workers:</p>
<pre><code>${data.command}</code></pre>
<p>Beside this file: <code>ledger.json</code> (Table 1), <code>metrics.json</code> (all curves, figures,
seeds and settings) and <code>figures/</code> (every figure as SVG)${
    data.trust && fragment`; <code>trust/</code> has the table of which explainers may be trusted`
  }.</p>
${notices}
<footer>Made by heatword.</footer>`;
  return htmlPage({
    title: "Explaining predictions of a text classifier, word by word",
    css: reportCss() + pointsCss,
    policy: await reportPolicy(points),
    content,
    end: pointsEnd(points),
  });
}
