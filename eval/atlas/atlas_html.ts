import { formatNumber, formatSigned } from "../numbers/format_number.ts";
import { heatmapLevel, levelClass } from "../heatmap/heatmap_css.ts";
import { fragment, Html } from "../report/html_elements.ts";
import { htmlPage, policyFor } from "../report/page_head.ts";
import { atlasCss } from "./_atlas_css.ts";
import { atlasScript } from "./_atlas_script.ts";
import type { Interval } from "../statistics/mod.ts";
import type {
  Atlas,
  AtlasClass,
  AtlasFilter,
  AtlasNgram,
  AtlasRank,
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

/** How many words stand for a class that is closed. */
const FIRST_WORDS = 8;

const counted = (count: number) => count.toLocaleString("en");
const ngram = (words: Ngram) => words.map((word) => word ?? "·").join(" ");

function exampleItem({ before, word, after, id, label, relevance }: Example): Html {
  return fragment`<li><bdi>${before}<mark>${word}</mark>${after}</bdi>
<span class="soft">${id ?? label ?? ""} ${formatSigned(relevance)}</span></li>`;
}

/** A number with its interval below; `data-value` is what a column is sorted by. */
function figure({ estimate, low, high }: Interval): Html {
  const ends = Number.isFinite(low) && Number.isFinite(high)
    ? fragment`<span class="ends">${formatSigned(low)} to ${formatSigned(high)}</span>`
    : fragment`<span class="ends">one document</span>`;
  return fragment`<td class="number" data-value="${String(estimate)}">${
    formatSigned(estimate)
  }${ends}</td>`;
}

function wordRow(entry: AtlasWord, max: number, rank: AtlasRank): Html {
  const { word, totalInterval, meanInterval, count, documents, examples } = entry;
  const level = levelClass(heatmapLevel(entry[rank] / max));
  const shown = fragment`<span class="${level}">${word}</span>`;
  return fragment`<tr data-word="${word}"><td class="hw-text" data-value="${word}">${
    examples.length === 0
      ? shown
      : fragment`<details><summary>${shown}</summary><ul>${
        examples.map(exampleItem)
      }</ul></details>`
  }</td>
${figure(meanInterval)}${figure(totalInterval)}
<td class="number minor" data-value="${count}">${
    counted(count)
  }</td><td class="number minor" data-value="${documents}">${counted(documents)}</td></tr>`;
}

function wordTable(
  title: string,
  words: readonly AtlasWord[],
  max: number,
  rank: AtlasRank,
): Html {
  if (words.length === 0) return fragment`<div><h3>${title}</h3><p class="soft">None.</p></div>`;
  return fragment`<div><h3>${title}</h3><div class="scroll"><table class="words">
<thead><tr><th scope="col">Word</th><th scope="col" class="number">Mean</th><th scope="col" class="number">Total</th><th scope="col" class="number minor">Times</th><th scope="col" class="number minor">Documents</th></tr></thead>
<tbody>${words.map((word) => wordRow(word, max, rank))}</tbody></table></div></div>`;
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
  const { rank } = atlas;
  const max = Math.max(...all.map((word) => Math.abs(word[rank])), Number.MIN_VALUE);
  const level = (word: AtlasWord) => levelClass(heatmapLevel(word[rank] / max));
  const first = entry.for.slice(0, FIRST_WORDS)
    .map((word) =>
      fragment`<span class="first"><span class="${level(word)}">${word.word}</span></span>`
    );
  const filters = strongestFilters(atlas, target).map(({ filter, frequent: [first] }) =>
    fragment`<a class="ngram" href="#filter-${filter}">#${filter} ${
      first ? ngram(first.words) : ""
    }</a>`
  );
  return fragment`<section><details class="class"><summary><h2>${entry.name}</h2> <span class="hw-text firsts">${first}</span></summary>
<div id="class-${target}"><p class="soft">${counted(entry.labelled)} documents of this class; ${
    counted(entry.predicted)
  } classified as it.</p>
<div class="sides">${
    atlas.signed
      ? [
        wordTable("Words for", entry.for, max, rank),
        wordTable("Words against", entry.against, max, rank),
      ]
      : wordTable("Words that matter most, for or against", entry.for, max, rank)
  }</div>
${filters.length > 0 && fragment`<h3>Filters that add most to it</h3><p>${filters}</p>`}
</div></details></section>`;
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
  return fragment`<section><details class="class"><summary><h2>Filters</h2> <span class="soft">${
    counted(atlas.filters.length)
  } filters and the ${what} that they win on</span></summary>
<div id="filters"><p class="soft">For each filter: the ${what} on which it gave most in sum, and those on which it gave
most at once, with what it gives for them and in how many documents it won on them (· is a word that the
model does not know); the classes it speaks most for and
against, with its weights; in how many documents it gave more than zero, and its mean over all; and the
documents on which it gave most.</p>
<div class="scroll"><table class="filters"><thead><tr><th>Filter</th><th>Won on</th><th>Strongest for</th><th>Weights</th><th class="number">Fired</th><th class="number">Mean</th><th>Documents</th></tr></thead>
<tbody>${
    atlas.filters.map((filter) => filterRow(filter, atlas))
  }</tbody></table></div></div></details></section>`;
}

/**
 * Writes an atlas as one self-contained HTML page. Its one script, which sorts and searches, is known to
 * the page by its digest, so that no other is run; without it everything is there, too. Whatever comes
 * from documents is escaped.
 *
 * @param atlas The atlas.
 * @param options Title and corpus.
 * @returns The page.
 */
export async function atlasHtml(atlas: Atlas, options: AtlasHtmlOptions = {}): Promise<string> {
  const { title = "What the model looks at", corpus = "the corpus" } = options;
  const { classes, explainer, documents, tokens, minDocuments, rank } = atlas;
  const links = classes.map(({ name }, c) => fragment`<a href="#class-${c}">${name}</a>`);
  const content = fragment`<p>${counted(documents)} documents of ${corpus} with ${
    counted(tokens)
  } words, every one explained by ${explainer} for every class. A mean is what a word added to the score
of the class where it stands, in documents of other classes too, and a total what it added over all of
them; below are their 95 % intervals over documents. ${
    rank === "mean"
      ? "Words are ranked by the end of the interval of the mean that is nearer to zero: a word that is but frequent, or rare and strong by chance, is not on top."
      : "Words are ranked by their totals, so that frequent ones come first."
  } Words of fewer than ${minDocuments} documents are left out. A word opens to the sentences where it had
the most relevance.</p>
<p class="search" hidden><label>Search words <input type="search"></label> <span class="soft" role="status"></span></p>
<nav aria-label="Classes">${links}${
    atlas.filters.length > 0 && fragment` <a href="#filters">Filters</a>`
  }</nav>
${classes.map((entry, c) => classSection(atlas, entry, c))}
${filterSection(atlas)}`;
  return htmlPage({
    title: `${title} – heatword`,
    heading: title,
    css: atlasCss(),
    policy: await policyFor(atlasScript),
    content,
    end: fragment`
<script>${new Html(atlasScript)}</script>`,
  });
}
