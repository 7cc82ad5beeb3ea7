import type { Document } from "@heatword/core";
import { legendSteps, truncationNote } from "./_notes.ts";
import { wrapLines } from "./_wrap.ts";
import { heatmapColor, hexColor, inkColor } from "./color_scale.ts";
import { escapeXml } from "./escape.ts";
import { markColor } from "./heatmap_css.ts";
import { formatSigned } from "../numbers/format_number.ts";
import type { HeatmapOptions } from "./heatmap_html.ts";
import { heatmapSegments, largestRelevance } from "./segments.ts";

/** Options of {@linkcode heatmapSvg}. */
export interface HeatmapSvgOptions extends HeatmapOptions {
  /** Where lines are wrapped, in characters. @default {80} */
  readonly columns?: number;
}

const size = 13;
const advance = 7.8;
const leading = 20;
const margin = 12;

const round = (value: number) => Number(value.toFixed(2));

function textAt(column: number, y: number, text: string, color: string, title = ""): string {
  const width = round(text.length * advance);
  // Browsers keep spaces only where the element itself asks for it.
  return `<text xml:space="preserve" x="${
    round(margin + column * advance)
  }" y="${y}" textLength="${width}" ` +
    `lengthAdjust="spacingAndGlyphs" fill="${color}">${title}${escapeXml(text)}</text>`;
}

function wordAt(column: number, y: number, text: string, intensity: number, title = ""): string {
  const x = round(margin + column * advance);
  const width = round(text.length * advance);
  const dash = intensity < 0 ? ' stroke-dasharray="2 2"' : "";
  const fill = hexColor(heatmapColor(intensity));
  const ink = textAt(column, y, text, hexColor(inkColor), title);
  if (fill === "#ffffff") return ink;
  // The mark comes before the letters, or it would cut them off below the line.
  return `<rect x="${x}" y="${y - size}" width="${width}" height="17" rx="2" fill="${fill}"/>` +
    `<path d="M${x} ${y + 3}h${width}" stroke="${markColor(intensity)}" stroke-width="2"${dash}/>` +
    ink;
}

/**
 * A whole document as an SVG heatmap, in a fixed-width font; the same colours and marks as
 * {@linkcode heatmapHtml}. Everything from the document is escaped.
 *
 * @param document The document.
 * @param relevance Relevance of each word position, shape [T] with T ≥ tokens.
 * @param options Caption, legend, normalisation and where to wrap.
 * @returns A self-contained SVG file.
 * @throws {RangeError} If there are fewer relevances than tokens, one is not finite, or `columns`
 * is not a whole number of at least 20.
 *
 * @example
 * ```ts
 * import { heatmapSvg } from "@heatword/eval/heatmap";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const document = { text: "A <ride>", tokens: [{ text: "ride", start: 3, end: 7 }] };
 * assertStringIncludes(heatmapSvg(document, [-0.5]), "<title>−0.5000</title>ride</text>");
 * ```
 */
export function heatmapSvg(
  document: Document,
  relevance: ArrayLike<number>,
  options: HeatmapSvgOptions = {},
): string {
  const { columns = 80, caption, legend = true } = options;
  if (!Number.isInteger(columns) || columns < 20) {
    throw new RangeError(`Cannot wrap at "${columns}" columns: give a whole number of at least 20`);
  }
  const segments = heatmapSegments(document, relevance, options);
  const max = options.max ?? largestRelevance(document, relevance);
  const parts: string[] = [];
  let y = margin + size;
  if (caption) {
    const line = caption.length > columns ? `${caption.slice(0, columns - 1)}…` : caption;
    parts.push(textAt(0, y, line, hexColor(inkColor)));
    y += leading * 1.4;
  }
  let next = 0;
  for (const { start, end } of wrapLines(document.text, columns)) {
    while (next < segments.length && segmentEnd(segments[next]!) <= start) next++;
    for (let s = next; s < segments.length && segments[s]!.start < end; s++) {
      const segment = segments[s]!;
      const from = Math.max(start, segment.start);
      const text = document.text.slice(from, Math.min(end, segmentEnd(segment)));
      const shown = text.replaceAll("\t", " ");
      if (shown.trim() === "") continue;
      if (segment.relevance === undefined) {
        parts.push(textAt(from - start, y, shown, segment.truncated ? "#6b6b6b" : "#111111"));
      } else {
        const title = `<title>${formatSigned(segment.relevance)}</title>`;
        parts.push(wordAt(from - start, y, shown, segment.intensity!, title));
      }
    }
    y += leading;
  }
  const note = truncationNote(document);
  if (note) parts.push(textAt(0, y += 6, note, "#555555")), y += leading;
  if (legend) {
    y += 8;
    let column = 0;
    const put = (text: string, share?: number) => {
      parts.push(
        share === undefined ? textAt(column, y, text, "#111111") : wordAt(column, y, text, share),
      );
      column += text.length + 1;
    };
    const { before, shares, after } = legendSteps(document, relevance, options.signed);
    put(before);
    for (const share of shares) put(formatSigned(share * max), share);
    put(after);
    y += leading;
  }
  const width = Math.ceil(2 * margin + columns * advance);
  const height = Math.ceil(y - leading + margin + 8);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" role="img" font-size="${size}" ` +
    `font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace">` +
    `<title>${escapeXml(caption ?? "Heatmap")}</title>` +
    `<rect width="100%" height="100%" fill="#ffffff"/>\n${parts.join("\n")}\n</svg>\n`;
}

function segmentEnd(segment: { start: number; text: string }): number {
  return segment.start + segment.text.length;
}
