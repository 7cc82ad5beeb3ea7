import type { Document } from "@heatword/core";
import { formatSigned } from "../numbers/format_number.ts";
import { legendSteps, truncationNote } from "./_notes.ts";
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

function segmentHtml({ text, relevance, intensity, truncated }: Segment): string {
  if (truncated) return `<span class="hw-cut">${escapeHtml(text)}</span>`;
  if (relevance === undefined) return escapeHtml(text);
  const name = levelClass(heatmapLevel(intensity!));
  return `<span${name && ` class="${name}"`} title="${formatSigned(relevance)}">${
    escapeHtml(text)
  }</span>`;
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
 * tooltip. Everything from the document is escaped. The page needs {@linkcode heatmapCss} once.
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
  const note = truncationNote(document);
  return [
    '<figure class="hw-heatmap">',
    options.caption
      ? `<figcaption class="hw-caption">${escapeHtml(options.caption)}</figcaption>`
      : "",
    `<div class="hw-text">${segments.map(segmentHtml).join("")}</div>`,
    note && `<p class="hw-note">${note}</p>`,
    options.legend === false ? "" : legendHtml(document, relevance, max, options.signed),
    "</figure>",
  ].filter(Boolean).join("\n");
}
