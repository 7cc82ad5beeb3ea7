import { count, fragment, Html, percent, table } from "../../report/html_elements.ts";
import { htmlPage } from "../../report/page_head.ts";
import { reportCss } from "../../report/style.ts";
import type { Interval } from "../../statistics/mod.ts";
import { figureNames } from "../figures.ts";
import type { RepairReport } from "../report.ts";
import { adviceText } from "./advice_text.ts";
import { figureTitles } from "./figure_titles.ts";

function cell({ estimate, low, high }: Interval): Html {
  return fragment`${percent(estimate)}<br><small>${percent(low)} … ${percent(high)}</small>`;
}

function figuresTable({ ways, seeds }: RepairReport): Html {
  return table({
    caption:
      fragment`<strong>Table 1.</strong> Before and after each way, with 95 % intervals over ${
        seeds.length > 1 ? `${seeds.length} seeds (Student’s)` : "texts (Wilson’s and Student’s)"
      }; changes are paired by text. Relevance on the leak: its share of the relevance for the predicted class, in
texts that have it.`,
    columns: ["way", "figure", "texts", "before", "after", "change"],
    rows: ways.flatMap(({ way, figures }) =>
      figureNames.flatMap((name) => {
        const figure = figures[name];
        if (!figure) return [];
        const { before, after, change, texts } = figure;
        return [[
          fragment`<strong>${way}</strong>`,
          figureTitles[name],
          count(texts),
          cell(before),
          cell(after),
          cell(change),
        ]];
      })
    ),
  });
}

/** Which way to take, and by what rule; nothing where there is no choice. */
function advice(report: RepairReport): Html {
  const line = adviceText(report);
  if (line === undefined) return fragment``;
  return fragment`<p><strong>To take</strong>: ${line}. Of the ways whose accuracy without the leak is within a
standard error of the best, or within a point, it is the first of those that leave the least relevance on the leak, or at
most a point more.</p>`;
}

/**
 * What a repair came to as one page that needs no network, no script and no other file.
 *
 * @param report What it came to.
 * @returns The whole page.
 */
export function repairHtml(report: RepairReport): string {
  const { model, corpus, against, explainer, seeds, texts, ways, writtenFrom } = report;
  const content =
    fragment`<p class="subtitle">Model ${model}, against the ${against.kind} ${against.what}; ${corpus}; explained by ${explainer}; ${
      seeds.length === 1 ? "seed" : "seeds"
    } ${seeds.join(", ")}</p>
<p>${count(texts.learnedWithLeak)} of ${count(texts.learned)} texts learned from have it, and ${
      count(texts.measuredWithLeak)
    } of ${
      count(texts.measured)
    } texts measured on, which no model that was measured has learned from.${
      writtenFrom === "all"
        ? " The models in the folders have learned from all of these texts."
        : ""
    }</p>
${figuresTable(report)}
${advice(report)}
<h2>What was done</h2>
<ul>${
      ways.map(({ way, done, folder }) =>
        fragment`<li><strong>${way}</strong>: ${done}; the model is in ${folder}</li>`
      )
    }</ul>`;
  return htmlPage({ title: "Repair of a model", css: reportCss(), content });
}
