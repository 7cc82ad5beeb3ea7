import { formatSigned } from "../numbers/format_number.ts";
import type { Run } from "./_bidi.ts";
import type { Sentence } from "./_notes.ts";
import { wrapLines } from "./_wrap.ts";
import { heatmapColor, hexColor, inkColor } from "./color_scale.ts";
import { escapeXml } from "./escape.ts";
import { markColor, unseenColors } from "./heatmap_css.ts";
import type { Segment } from "./segments.ts";

/** The size of the letters. */
export const size = 13;
/** How wide a character is. */
export const advance = 7.8;
/** From one line to the next. */
export const leading = 20;
/** Around the picture. */
export const margin = 12;

const round = (value: number) => Number(value.toFixed(2));

/** A text at a place in the picture. */
export interface Placed {
  readonly text: string;
  /** How many characters are left of it. */
  readonly column: number;
  /** Where its letters stand. */
  readonly y: number;
  /** Whether it is written from right to left. @default {false} */
  readonly rtl?: boolean;
  /** What is shown where a pointer rests on it. */
  readonly title?: string;
}

const leftOf = ({ column }: Placed) => round(margin + column * advance);
const widthOf = ({ text }: Placed) => round(text.length * advance);

/** Letters alone. */
export function textAt(placed: Placed, color: string): string {
  const { text, y, rtl, title } = placed;
  // Written from right to left, a text begins at the right.
  const x = rtl ? round(leftOf(placed) + widthOf(placed)) : leftOf(placed);
  const tooltip = title === undefined ? "" : `<title>${title}</title>`;
  // Browsers keep spaces only where the element itself asks for it.
  return `<text xml:space="preserve" x="${x}" y="${y}"${
    rtl ? ' direction="rtl"' : ""
  } textLength="${widthOf(placed)}" lengthAdjust="spacingAndGlyphs" fill="${color}">${tooltip}${
    escapeXml(text)
  }</text>`;
}

/** What letters stand on. */
function groundAt(placed: Placed, fill: string): string {
  return `<rect x="${leftOf(placed)}" y="${placed.y - size}" width="${
    widthOf(placed)
  }" height="17" rx="2" fill="${fill}"/>`;
}

/** A word with its colour and mark. */
export function wordAt(placed: Placed, intensity: number): string {
  const dash = intensity < 0 ? ' stroke-dasharray="2 2"' : "";
  const fill = hexColor(heatmapColor(intensity));
  const ink = textAt(placed, hexColor(inkColor));
  if (fill === "#ffffff") return ink;
  // The mark comes before the letters, or it would cut them off below the line.
  return groundAt(placed, fill) +
    `<path d="M${leftOf(placed)} ${placed.y + 3}h${widthOf(placed)}" stroke="${
      markColor(intensity)
    }" stroke-width="2"${dash}/>` +
    ink;
}

/** What the model does not see: grey, on slanted lines. */
export function unseenAt(placed: Placed): string {
  const [left, width] = [leftOf(placed), widthOf(placed)];
  const lines: string[] = [];
  for (let x = 0; x + 5 <= width; x += 4) lines.push(`M${round(left + x)} ${placed.y + 4}l5-17`);
  return groundAt(placed, unseenColors.ground) +
    `<path d="${lines.join("")}" stroke="${unseenColors.hatch}"/>` +
    textAt(placed, unseenColors.ink);
}

/** The question mark at the end of a word that the model does not know. */
export function questionMarkAt(placed: Placed): string {
  const x = placed.rtl ? leftOf(placed) - 5 : round(leftOf(placed) + widthOf(placed));
  return `<text x="${x}" y="${placed.y - 5}" font-size="9" font-weight="bold" aria-hidden="true" ` +
    `fill="${unseenColors.ink}">?</text>`;
}

/** A piece of the text, and what stands beyond its end. */
export interface Piece {
  /** The piece; nothing for blanks. */
  readonly drawn: string;
  /** The mark behind it, to be drawn after its neighbours, whose ground would cover it. */
  readonly mark: string;
}

/** A piece of the text in its place; blanks are left out. */
export function pieceAt(
  segment: Segment,
  { start, column, rtl }: Run,
  text: string,
  y: number,
): Piece {
  const alone = (drawn: string) => ({ drawn, mark: "" });
  const shown = text.replaceAll("\t", " ");
  if (shown.trim() === "") return alone("");
  const { relevance, intensity, name = "", unknown, unseen } = segment;
  const placed = { text: shown, column, y, rtl };
  if (unseen) return alone(unseenAt({ ...placed, title: "not seen by the model" }));
  if (relevance === undefined) return alone(textAt(placed, hexColor(inkColor)));
  const title = `${escapeXml(name)}${formatSigned(relevance)}`;
  if (!unknown) return alone(wordAt({ ...placed, title }, intensity!));
  const isEnd = start + text.length === segmentEnd(segment);
  return {
    drawn: wordAt({ ...placed, title: `${title}, unknown to the model` }, intensity!),
    mark: isEnd ? questionMarkAt(placed) : "",
  };
}

/** The end of a piece in the text. */
export function segmentEnd(segment: Pick<Segment, "start" | "text">): number {
  return segment.start + segment.text.length;
}

/** A sentence in lines; what it quotes keeps its own writing direction, by marks of Unicode. */
export function sentenceAt(sentence: Sentence, y: number, columns: number): string[] {
  const text = sentence.map((part) =>
    typeof part === "string" ? part : `\u2068${part.quoted}\u2069`
  )
    .join("");
  return wrapLines(text, columns).map(({ start, end }, i) =>
    `<text xml:space="preserve" x="${margin}" y="${y + i * leading}" fill="#555555">${
      escapeXml(text.slice(start, end))
    }</text>`
  );
}
