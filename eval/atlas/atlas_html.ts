import { formatNumber, formatSigned } from "../numbers/format_number.ts";
import { heatmapLevel, levelClass } from "../heatmap/heatmap_css.ts";
import { fragment, Html } from "../report/html_elements.ts";
import { atlasCss } from "./_atlas_css.ts";
import type {
  Atlas,
  AtlasClass,
  AtlasFilter,
  AtlasNgram,
  AtlasWord,
  Example,
  Ngram,
} from "./atlas_types.ts";

/** Options of {@linkcode atlasHtml}. */
export interface AtlasHtmlOptions {
  /** The heading. @default {"What the model looks at"} */
  readonly title?: string;
  /** Where the documents are from, in a few words. @default {"the corpus"} */
  readonly corpus?: string;
}

/** How many filters a class names, and how many classes a filter. */
const FILTERS_OF_CLASS = 12;
const CLASSES_OF_FILTER = 3;

const counted = (count: number) => count.toLocaleString("en");
const ngram = (words: Ngram) => words.map((word) => word ?? "·").join(" ");

function exampleItem({ before, word, after, id, label, relevance }: Example): Html {
  return fragment`<li><bdi>${before}<mark>${word}</mark>${after}</bdi>
<span class="soft">${id ?? label ?? ""} ${formatSigned(relevance)}</span></li>`;
}

function wordRow(entry: AtlasWord, max: number): Html {
  const { word, total, mean, count, documents, examples } = entry;
  const level = levelClass(heatmapLevel(total / max));
  const shown = fragment`<span class="${level}">${word}</span>`;
  return fragment`<tr><td class="hw-text">${
    examples.length === 0
      ? shown
      : fragment`<details><summary>${shown}</summary><ul>${
        examples.map(exampleItem)
      }</ul></details>`
  }</td>
<td class="number">${formatSigned(total)}</td><td class="number minor">${formatSigned(mean)}</td>
<td class="number minor">${counted(count)}</td><td class="number">${counted(documents)}</td></tr>`;
}

function wordTable(title: string, words: readonly AtlasWord[], max: number): Html {
  if (words.length === 0) return fragment`<div><h3>${title}</h3><p class="soft">None.</p></div>`;
  return fragment`<div><h3>${title}</h3><div class="scroll"><table>
<thead><tr><th>Word</th><th class="number">Total</th><th class="number minor">Mean</th><th class="number minor">Times</th><th class="number">Documents</th></tr></thead>
<tbody>${words.map((word) => wordRow(word, max))}</tbody></table></div></div>`;
}

/** The filters that add most to a class: by weight times mean activation. */
function strongestFilters({ filters }: Atlas, target: number): AtlasFilter[] {
  const strength = ({ weights, mean }: AtlasFilter) => weights[target]! * mean;
  return filters.filter((filter) => strength(filter) > 0)
    .sort((a, b) => strength(b) - strength(a) || a.filter - b.filter)
    .slice(0, FILTERS_OF_CLASS);
}

function classSection(atlas: Atlas, entry: AtlasClass, target: number): Html {
  const all = [...entry.for, ...entry.against];
  const max = Math.max(...all.map(({ total }) => Math.abs(total)), Number.MIN_VALUE);
  const filters = strongestFilters(atlas, target).map(({ filter, frequent: [first] }) =>
    fragment`<a class="ngram" href="#filter-${filter}">#${filter} ${
      first ? ngram(first.words) : ""
    }</a>`
  );
  return fragment`<section id="class-${target}">
<h2>${entry.name}</h2>
<p class="soft">${counted(entry.labelled)} documents of this class; ${
    counted(entry.predicted)
  } classified as it.</p>
<div class="sides">${
    atlas.signed
      ? [wordTable("Words for", entry.for, max), wordTable("Words against", entry.against, max)]
      : wordTable("Words that matter most, for or against", entry.for, max)
  }</div>
${filters.length > 0 && fragment`<h3>Filters that add most to it</h3><p>${filters}</p>`}
</section>`;
}

function weightsOf({ weights }: AtlasFilter, classes: readonly AtlasClass[]): Html[] {
  const order = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]!);
  const shown = order.length <= 2 * CLASSES_OF_FILTER
    ? order
    : [...order.slice(0, CLASSES_OF_FILTER), ...order.slice(-CLASSES_OF_FILTER)];
  return shown.map((c) =>
    fragment`<span class="ngram">${classes[c]!.name} ${formatSigned(weights[c]!)}</span>`
  );
}

function filterRow(entry: AtlasFilter, { classes }: Atlas): Html {
  const { filter, fired, mean, frequent, strongest, documents } = entry;
  const ngrams = (list: readonly AtlasNgram[]) =>
    list.map(({ words, count, activation }) =>
      fragment`<span class="ngram"><bdi>${ngram(words)}</bdi> <span class="soft">${
        formatNumber(activation)
      } × ${counted(count)}</span></span>`
    );
  return fragment`<tr id="filter-${filter}"><th scope="row">${filter}</th>
<td>${ngrams(frequent)}</td><td>${ngrams(strongest)}</td>
<td>${weightsOf(entry, classes)}</td>
<td class="number">${counted(fired)}</td><td class="number">${formatNumber(mean)}</td>
<td>${
    documents.map(({ id, label }) => fragment`<span class="ngram">${id ?? label ?? "?"}</span>`)
  }</td></tr>`;
}

function filterSection(atlas: Atlas): Html {
  if (atlas.filters.length === 0) return new Html("");
  const what = atlas.filters.every(({ width }) => width === 2) ? "word pairs" : "n-grams";
  return fragment`<section id="filters"><h2>Filters</h2>
<p class="soft">For each filter: the ${what} on which it gave most in sum, and those on which it gave
most at once, with what it gives for them and in how many documents it won on them (· is a word that the
model does not know); the classes it speaks most for and
against, with its weights; in how many documents it gave more than zero, and its mean over all; and the
documents on which it gave most.</p>
<div class="scroll"><table class="filters"><thead><tr><th>Filter</th><th>Won on</th><th>Strongest for</th><th>Weights</th><th class="number">Fired</th><th class="number">Mean</th><th>Documents</th></tr></thead>
<tbody>${atlas.filters.map((filter) => filterRow(filter, atlas))}</tbody></table></div></section>`;
}

/**
 * Writes an atlas as one self-contained HTML page without scripts. Whatever comes from documents is
 * escaped.
 *
 * @param atlas The atlas.
 * @param options Title and corpus.
 * @returns The page.
 */
export function atlasHtml(atlas: Atlas, options: AtlasHtmlOptions = {}): string {
  const { title = "What the model looks at", corpus = "the corpus" } = options;
  const { classes, explainer, documents, tokens, minDocuments } = atlas;
  const links = classes.map(({ name }, c) => fragment`<a href="#class-${c}">${name}</a>`);
  return fragment`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} – heatword</title>
<style>${new Html(atlasCss())}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${counted(documents)} documents of ${corpus} with ${
    counted(tokens)
  } words, every one explained by ${explainer} for every class. A total is what a word added to the score
of the class over all of them, in documents of other classes too; words of fewer than ${minDocuments}
documents are left out. A word opens to the sentences where it had the most relevance.</p>
<nav aria-label="Classes">${links}${
    atlas.filters.length > 0 && fragment` <a href="#filters">Filters</a>`
  }</nav>
${classes.map((entry, c) => classSection(atlas, entry, c))}
${filterSection(atlas)}
</main>
</body>
</html>
`.source;
}
