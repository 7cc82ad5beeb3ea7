import {
  escapeHtml,
  heatmapCss,
  heatmapHtml,
  type Sentence,
  sentenceHtml,
} from "@heatword/eval/heatmap";
import { conservationLine, cutNote, notes, question, scoreLine } from "./_figures.ts";
import { css } from "./_html_css.ts";
import { ledgerTable } from "./_ledger.ts";
import { piecesOf, shortText } from "./_pieces.ts";
import { formatNumber, formatSigned } from "../numbers/format_number.ts";
import { Html } from "../report/html_elements.ts";
import { htmlPage } from "../report/page_head.ts";
import { visible } from "./_visible.ts";
import { type Explanation, rankedClasses, type TopWord, topWords } from "./explanation.ts";

/** Options of {@linkcode renderHtml}. */
export interface HtmlOptions {
  /** How many top words for and against. @default {5} */
  readonly top?: number;
}

const safe = (text: string) => escapeHtml(visible(text));
const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
const paragraph = (text: string | undefined) => text === undefined ? "" : `<p>${safe(text)}</p>\n`;

const sentence = (parts: Sentence) =>
  parts.length === 0 ? "" : `<p>${sentenceHtml(parts, safe)}</p>\n`;

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]) {
  const row = (tag: string, fields: readonly string[]) =>
    `<tr>${
      fields.map((field, x) => {
        // The first column has words of the text, whose writing direction may be another.
        const shown = tag === "td" && x === 0 ? `<bdi>${safe(field)}</bdi>` : safe(field);
        return `<${tag}>${shown}</${tag}>`;
      }).join("")
    }</tr>`;
  return `<div class="table" role="region" tabindex="0" aria-label="${safe(caption)}">` +
    `<table><caption>${safe(caption)}</caption><thead>${row("th", head)}</thead><tbody>${
      rows.map((fields) => row("td", fields)).join("")
    }</tbody></table></div>\n`;
}

function topTables(explanation: Explanation, count: number): string {
  const top = topWords(explanation, count);
  const number = explanation.signed ? formatSigned : formatNumber;
  const word = capital(explanation.unit ?? "word");
  const one = (caption: string, words: readonly TopWord[]) =>
    words.length === 0 ? "" : table(
      caption,
      [word, "Place", "Relevance"],
      words.map(({ token: { text, relevance }, position }) => [
        explanation.units ? shortText(text) : text,
        String(position),
        number(relevance),
      ]),
    );
  const [first, second] = explanation.signed
    ? [`${word}s for`, `${word}s against`]
    : [`${word}s that matter most`, `${word}s below zero`];
  return `<div class="tables">${one(first!, top.for)}${one(second!, top.against)}</div>\n`;
}

function ledgerHtml({ ledger }: Explanation): string {
  if (!ledger) return "";
  const { head, rows } = ledgerTable(ledger, "\u2013 ");
  const heads = head.map((name) => name === "passed" ? "Passed on" : capital(name));
  return table("Where the relevance went", heads, rows);
}

function unknownWords({ tokens, unknown }: Explanation): string {
  if (unknown.length === 0) return "";
  const words = unknown.map((i) => `<bdi>${safe(tokens[i]!.text)}</bdi> (${i + 1})`).join(", ");
  return `<details><summary>Words unknown to the model</summary><p>${words}</p></details>\n`;
}

function section(explanation: Explanation, top: number): string {
  const { document, owner, unknown, names } = piecesOf(explanation);
  const relevance = owner.map((part) => explanation.relevance[part]!);
  const options = { signed: explanation.signed, unknown, ...(names && { names }) };
  return `<section>
<h2>${safe(question(explanation))}</h2>
${heatmapHtml(document, relevance, options)}
${paragraph(scoreLine(explanation))}${paragraph(conservationLine(explanation))}${
    [cutNote(explanation), ...notes(explanation)].map(sentence).join("")
  }${unknownWords(explanation)}${topTables(explanation, top)}${ledgerHtml(explanation)}</section>`;
}

function scoreBars(explanation: Explanation): string {
  const ranked = rankedClasses(explanation);
  const max = Math.max(...ranked.map(([, score]) => Math.abs(score)), Number.MIN_VALUE);
  const rows = ranked.map(([name, score]) =>
    `<tr><th scope="row">${safe(name)}</th><td>${
      formatNumber(score)
    }</td><td><meter min="0" max="1" ` +
    `value="${(Math.max(0, score) / max).toFixed(4)}" aria-label="${safe(name)}"></meter></td></tr>`
  );
  const of = explanation.model === undefined ? "" : ` by ${safe(explanation.model)}`;
  return `<details><summary>Scores of all classes${of}</summary><table><tbody>${
    rows.join("\n")
  }</tbody></table></details>`;
}

/**
 * HTML: one self-contained page without scripts that opens offline. Whatever comes from the text
 * is escaped.
 *
 * @param explanations What was found, all in one text.
 * @param options How many top words.
 * @returns The page.
 */
export function renderHtml(
  explanations: readonly Explanation[],
  options: HtmlOptions = {},
): string {
  const first = explanations[0];
  const title = visible(first?.id ?? "Explanation");
  const ofEachModel = explanations.filter(({ model }, i) =>
    explanations.findIndex((other) => other.model === model) === i
  );
  const content = [
    ...explanations.map((explanation) => section(explanation, options.top ?? 5)),
    ...ofEachModel.map(scoreBars),
  ].join("\n");
  return htmlPage({
    title: `${title} – heatword`,
    heading: title,
    css: heatmapCss() + css,
    content: new Html(content),
  });
}
