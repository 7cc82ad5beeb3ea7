import type { Document } from "@heatword/core";
import { isRtl } from "@heatword/core/direction";
import { formatSigned } from "../numbers/format_number.ts";
import { legendSteps, type Sentence, unseenNotes } from "./_notes.ts";
import { escapeHtml } from "./escape.ts";
import { heatmapLevel, heatmapLevels, levelClass } from "./heatmap_css.ts";
import {
  heatmapSegments,
  largestRelevance,
  type Segment,
  type SegmentOptions,
} from "./segments.ts";

/** Options of {@linkcode heatmapHtml} and {@linkcode heatmapSvg}. */
export interface HeatmapOptions extends SegmentOptions {
  /** A line above the text; plain text. @default {none} */
  readonly caption?: string;
  /** Whether a legend stands below. @default {true} */
  readonly legend?: boolean;
  /** Whether negative relevance means against; the legend says so. @default {true} */
  readonly signed?: boolean;
}

/** What a tooltip says of why a part is not seen. */
const reasons = {
  "filtered": "not seen by the model",
  "beyond the limit": "not seen by the model, which takes no more words",
} as const;

/** Something that stands in the text: hovering shows what it is, a screen reader says it. */
function named(className: string, text: string, what: string, spoken: string): string {
  // Only what has a role may have a name of its own.
  const name = ` role="img" aria-label="${escapeHtml(`${spoken}, ${what}`)}"`;
  return `<span class="${className}" title="${what}"${name}>${escapeHtml(text)}</span>`;
}

function segmentHtml({ text, relevance, intensity, name = "", unknown, unseen }: Segment): string {
  if (unseen === "filtered") return named("hw-unseen", text, reasons[unseen], text);
  if (unseen) {
    return named(
      "hw-unseen hw-cut",
      text,
      reasons[unseen],
      "the part of the text that was cut off",
    );
  }
  if (relevance === undefined) return escapeHtml(text);
  const level = levelClass(heatmapLevel(intensity!));
  const title = `${escapeHtml(name)}${formatSigned(relevance)}`;
  if (unknown) {
    // The question mark goes with the word, whatever the direction of what follows.
    const mark = isRtl(text) ? "hw-unknown hw-rtl" : "hw-unknown";
    const names = level === "" ? mark : `${level} ${mark}`;
    return named(names, text, `${title}, unknown to the model`, text);
  }
  return `<span${level && ` class="${level}"`} title="${title}">${escapeHtml(text)}</span>`;
}

/** A sentence as HTML: what it quotes keeps its own writing direction. */
export function sentenceHtml(sentence: Sentence, escape = escapeHtml): string {
  return sentence.map((part) =>
    typeof part === "string" ? escape(part) : `<bdi>${escape(part.quoted)}</bdi>`
  ).join("");
}

/** What the marks mean that do not stand for a relevance. */
function keyHtml(segments: readonly Segment[]): string {
  const sample = (name: string, what: string) => `<span class="${name}">${what}</span>`;
  const samples = [
    ...(segments.some(({ unseen }) => unseen)
      ? [sample("hw-unseen", "not seen by the model")]
      : []),
    ...(segments.some(({ unknown }) => unknown)
      ? [sample("hw-unknown", "unknown to the model")]
      : []),
  ];
  return samples.length === 0 ? "" : `<p class="hw-key">${samples.join(" ")}</p>`;
}

function legendHtml(
  document: Document,
  relevance: ArrayLike<number>,
  max: number,
  isSigned: boolean | undefined,
): string {
  const { before, shares, after } = legendSteps(document, relevance, isSigned);
  const step = (share: number) => {
    const text = share === 0 ? "0" : formatSigned(share * max);
    const name = levelClass(Math.round(share * heatmapLevels));
    return `<span${name && ` class="${name}"`}>${text}</span>`;
  };
  return `<p class="hw-legend">${before} ${shares.map(step).join("")} ${after}</p>`;
}

/**
 * A whole document as an HTML heatmap: the raw text as it was written, positive words red with a
 * solid underline, negative words blue with a dotted one, the relevance of each word as its
 * tooltip. What the model does not see is grey and hatched, and a question mark stands after words that
 * it does not know; notes below say how many and which. Everything from the document is escaped. The page needs {@linkcode heatmapCss} once.
 *
 * @param document The document.
 * @param relevance Relevance of each word position, shape [T] with T ≥ tokens.
 * @param options Caption, legend and normalisation.
 * @returns An HTML fragment: one `<figure>`.
 * @throws {RangeError} If there are fewer relevances than tokens, or one is not finite.
 *
 * @example
 * ```ts
 * import { heatmapHtml } from "@heatword/eval/heatmap";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const document = { text: "A <ride>", tokens: [{ text: "ride", start: 3, end: 7 }] };
 * const html = heatmapHtml(document, [-0.5]);
 * assertStringIncludes(html, 'A &lt;<span class="hw-n20" title="−0.5000">ride</span>&gt;');
 * ```
 */
export function heatmapHtml(
  document: Document,
  relevance: ArrayLike<number>,
  options: HeatmapOptions = {},
): string {
  const segments = heatmapSegments(document, relevance, options);
  const max = options.max ?? largestRelevance(document, relevance);
  const notes = unseenNotes(document);
  return [
    '<figure class="hw-heatmap">',
    options.caption
      ? `<figcaption class="hw-caption">${escapeHtml(options.caption)}</figcaption>`
      : "",
    `<div class="hw-text" dir="auto">${segments.map(segmentHtml).join("")}</div>`,
    ...notes.map((note) => `<p class="hw-note">${sentenceHtml(note)}</p>`),
    options.legend === false
      ? ""
      : legendHtml(document, relevance, max, options.signed) + keyHtml(segments),
    "</figure>",
  ].filter(Boolean).join("\n");
}
