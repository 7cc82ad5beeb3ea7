import { isRtl } from "@heatword/core/direction";
import bidiFactory from "bidi-js";
import type { Line } from "./_wrap.ts";

/** What is used of bidi-js: the bidirectional algorithm of Unicode (UAX #9) up to its levels. */
interface Bidi {
  getEmbeddingLevels(text: string): Levels;
}

/** The embedding level of each UTF-16 code unit, odd where it is written from right to left. */
interface Levels {
  readonly levels: Uint8Array;
  readonly paragraphs: readonly {
    readonly start: number;
    readonly end: number;
    readonly level: number;
  }[];
}

/** A part of a line whose characters stand beside each other, in one writing direction. */
export interface Run {
  /** Offset of its first UTF-16 code unit. */
  readonly start: number;
  /** Offset after its last UTF-16 code unit. */
  readonly end: number;
  /** Where it stands: how many characters of the line are left of it. */
  readonly column: number;
  /** Whether it is written from right to left. */
  readonly rtl: boolean;
}

/** Where the parts of a line stand. */
export interface PlacedLine {
  /** Whether the line begins at the right. */
  readonly rtl: boolean;
  /**
   * Cuts a part of the line into runs.
   *
   * @param start Offset of its first UTF-16 code unit.
   * @param end Offset after its last.
   * @returns The runs in text order.
   */
  runs(start: number, end: number): Run[];
}

/**
 * A text with the same directions, of characters of one UTF-16 code unit alone: the library knows no
 * others.
 */
function inShortCharacters(text: string): string {
  return text.replaceAll(
    /[\u{10000}-\u{10ffff}]/gu,
    (character) => isRtl(character) ? "\u05d0\u05d0" : /\p{L}/u.test(character) ? "aa" : "••",
  );
}

/** The column of each character of a line, by its level: runs are turned round, the inner first (rule L2). */
function columnsOf(levels: Uint8Array): Int32Array {
  const order = Array.from(levels.keys());
  for (let level = levels.reduce((a, b) => Math.max(a, b), 0); level > 0; level--) {
    for (let at = 0; at < order.length; at++) {
      const start = at;
      while (at < order.length && levels[order[at]!]! >= level) at++;
      if (at > start + 1) order.splice(start, at - start, ...order.slice(start, at).reverse());
    }
  }
  const columns = new Int32Array(levels.length);
  order.forEach((index, column) => columns[index] = column);
  return columns;
}

let library: Bidi | undefined;

/**
 * Finds out where the characters of a text stand.
 *
 * @param text The text.
 * @returns Places the characters of one of its lines.
 */
export function placeLines(text: string): (line: Line) => PlacedLine {
  // Nearly all texts have no need of tables.
  if (!isRtl(text)) {
    return ({ start: first }) => ({
      rtl: false,
      runs: (start, end) => [{ start, end, column: start - first, rtl: false }],
    });
  }
  const bidi = library ??= (bidiFactory as () => Bidi)();
  const all = bidi.getEmbeddingLevels(inShortCharacters(text));
  let p = 0;
  return (line) => {
    while (p < all.paragraphs.length - 1 && all.paragraphs[p]!.end < line.start) p++;
    const base = all.paragraphs[p]?.level ?? 0;
    const levels = all.levels.slice(line.start, line.end);
    // Blanks at the end of a line go to its end (rule L1).
    levels.fill(base, text.slice(line.start, line.end).trimEnd().length);
    const columns = columnsOf(levels);
    const columnOf = (offset: number) => columns[offset - line.start]!;
    const turned = (offset: number) => levels[offset - line.start]! % 2 === 1;
    const runs = (start: number, end: number) => {
      const found: Run[] = [];
      for (let at = start; at < end;) {
        const rtl = turned(at);
        let to = at + 1;
        while (
          to < end && turned(to) === rtl && columnOf(to) - columnOf(to - 1) === (rtl ? -1 : 1)
        ) {
          to++;
        }
        found.push({ start: at, end: to, column: columnOf(rtl ? to - 1 : at), rtl });
        at = to;
      }
      return found;
    };
    return { rtl: base % 2 === 1, runs };
  };
}
