import type { Document } from "@heatword/core";
import { formatSigned } from "../numbers/format_number.ts";
import { placeLines } from "./_bidi.ts";
import { legendSteps, plainText, unseenNotes } from "./_notes.ts";
import {
  advance,
  leading,
  margin,
  pieceAt,
  type Placed,
  questionMarkAt,
  segmentEnd,
  sentenceAt,
  size,
  textAt,
  unseenAt,
  wordAt,
} from "./_svg_parts.ts";
import { wrapLines } from "./_wrap.ts";
import { hexColor, inkColor } from "./color_scale.ts";
import { escapeXml } from "./escape.ts";
import type { HeatmapOptions } from "./heatmap_html.ts";
import { heatmapSegments, largestRelevance } from "./segments.ts";

/** Options of {@linkcode heatmapSvg}. */
export interface HeatmapSvgOptions extends HeatmapOptions {
  /** Where lines are wrapped, in characters. @default {80} */
  readonly columns?: number;
}

/**
 * A whole document as an SVG heatmap, in a fixed-width font; the same colours and marks as
 * {@linkcode heatmapHtml}. Lines of scripts that are written from right to left begin at the right. Everything from the document is escaped.
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
  const place = placeLines(document.text);
  const parts: string[] = [];
  let y = margin + size;
  if (caption) {
    const line = caption.length > columns ? `${caption.slice(0, columns - 1)}…` : caption;
    parts.push(textAt({ text: line, column: 0, y }, hexColor(inkColor)));
    y += leading * 1.4;
  }
  let next = 0;
  for (const line of wrapLines(document.text, columns)) {
    const { start, end } = line;
    const placed = place(line);
    const indent = placed.rtl ? columns - (end - start) : 0;
    const marks: string[] = [];
    while (next < segments.length && segmentEnd(segments[next]!) <= start) next++;
    for (let s = next; s < segments.length && segments[s]!.start < end; s++) {
      const segment = segments[s]!;
      const from = Math.max(start, segment.start);
      for (const run of placed.runs(from, Math.min(end, segmentEnd(segment)))) {
        const text = document.text.slice(run.start, run.end);
        const { drawn, mark } = pieceAt(segment, { ...run, column: run.column + indent }, text, y);
        if (drawn !== "") parts.push(drawn);
        if (mark !== "") marks.push(mark);
      }
    }
    parts.push(...marks);
    y += leading;
  }
  const notes = unseenNotes(document);
  if (notes.length > 0) y += 6;
  for (const note of notes) {
    const lines = sentenceAt(note, y, columns);
    parts.push(...lines);
    y += leading * lines.length;
  }
  if (legend) {
    y += 8;
    let column = 0;
    const put = (text: string, draw: (placed: Placed) => string) => {
      if (column + text.length > columns) column = 0, y += leading;
      parts.push(draw({ text, column, y }));
      column += text.length + 1;
    };
    const plainly = (placed: Placed) => textAt(placed, hexColor(inkColor));
    const { before, shares, after } = legendSteps(document, relevance, options.signed);
    put(before, plainly);
    for (const share of shares) {
      put(formatSigned(share * max), (placed) => wordAt(placed, share));
    }
    put(after, plainly);
    if (segments.some(({ unseen }) => unseen)) {
      column += after === "" ? 0 : 1;
      put("not seen by the model", unseenAt);
    }
    if (segments.some(({ unknown }) => unknown)) {
      column += 1;
      put("unknown to the model", (placed) => plainly(placed) + questionMarkAt(placed));
    }
    y += leading;
  }
  const width = Math.ceil(2 * margin + columns * advance);
  const height = Math.ceil(y - leading + margin + 8);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" role="img" font-size="${size}" ` +
    `font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace">` +
    `<title>${escapeXml(caption ?? "Heatmap")}</title>` +
    (notes.length > 0 ? `<desc>${escapeXml(notes.map(plainText).join("; "))}</desc>` : "") +
    `<rect width="100%" height="100%" fill="#ffffff"/>\n${parts.join("\n")}\n</svg>\n`;
}
