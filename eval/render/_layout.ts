import { visible } from "./_visible.ts";
import type { Document } from "@heatword/core";

/** A character as it is shown: one grapheme, with its width in columns. */
export interface Cell {
  /** What is printed. */
  readonly shown: string;
  /** How many columns it takes. */
  readonly width: number;
  /** Offset in the text. */
  readonly offset: number;
}

/** Tells how many columns a non-ASCII grapheme takes. */
export type Measure = (grapheme: string) => number;

const TAB = 8;

function* graphemes(text: string): Generator<[string, number]> {
  if (!/[^\0-\x7f]/.test(text)) {
    for (let i = 0; i < text.length; i++) yield [text[i]!, i];
    return;
  }
  for (const { segment, index } of new Intl.Segmenter().segment(text)) yield [segment, index];
}

function cell(grapheme: string, offset: number, column: number, measure: Measure): Cell {
  if (grapheme.length === 1 && grapheme >= " " && grapheme <= "~") {
    return { shown: grapheme, width: 1, offset };
  }
  if (grapheme === "\t") {
    const width = TAB - (column % TAB);
    return { shown: " ".repeat(width), width, offset };
  }
  const shown = visible(grapheme);
  return { shown, width: measure(shown), offset };
}

const widthOf = (cells: readonly Cell[]) => cells.reduce((sum, { width }) => sum + width, 0);

/**
 * Lays a text out in lines no wider than a number of columns. The text's own line ends stay;
 * a longer line is broken after a space where there is one. Spaces at a break are not shown.
 *
 * @param text The text.
 * @param columns The width, at least 2.
 * @param measure Tells the width of a non-ASCII grapheme.
 * @returns The cells of every line.
 */
export function layOut(text: string, columns: number, measure: Measure): Cell[][] {
  const lines: Cell[][] = [];
  let line: Cell[] = [];
  let column = 0;
  let breakAt = 0;
  const next = (cells: Cell[]) => {
    lines.push(line);
    line = cells;
    column = widthOf(cells);
    breakAt = 0;
  };
  for (const [grapheme, offset] of graphemes(text)) {
    if (grapheme === "\n" || grapheme === "\r\n") {
      next([]);
      continue;
    }
    if (grapheme === "\r" && text[offset + 1] === "\n") continue;
    const item = cell(grapheme, offset, column, measure);
    const space = grapheme === " " || grapheme === "\t";
    if (column + item.width > columns && line.length > 0 && space) {
      next([]);
      continue;
    }
    while (column + item.width > columns && line.length > 0) {
      next(line.splice(breakAt || line.length));
    }
    line.push(item);
    column += item.width;
    if (space) breakAt = line.length;
  }
  lines.push(line);
  return lines;
}

/** For every offset of a text the token it belongs to, or −1. */
export function tokenIndex({ text, tokens }: Document): Int32Array {
  const index = new Int32Array(text.length).fill(-1);
  tokens.forEach(({ start, end }, i) => index.fill(i, start, end));
  return index;
}
