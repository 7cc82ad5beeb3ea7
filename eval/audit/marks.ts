import type { Document } from "@heatword/core";
import type { Span } from "./groups.ts";

/** Marks, or white space, in a text. */
export interface Marks {
  /** Which. */
  readonly what: string;
  /** Where. */
  readonly span: Span;
}

/** Emoji and flags, whole. */
const EMOJI =
  /^(?:[\p{Extended_Pictographic}\p{Regional_Indicator}][\p{Emoji_Modifier}\u200d\ufe0f\u20e3]*)+$/u;

/** Whether a word that a tokenizer found is an emoji. */
export const isEmoji = (word: string): boolean => EMOJI.test(word);

/** Marks without a letter, a number or a blank between; the signs of white space are none. */
const RUN = /(?:[^\p{L}\p{N}\p{M}\s␣⏎⇥]\p{M}*)+/gu;
/** One mark, once or more often. */
const PIECE = /(\P{M}\p{M}*)\1*/gu;
/** Of runs of more different marks only all of them, and each, are looked at. */
const MOST_PIECES = 6;

/** A run, and what it is made of: `.!!!` has `.` and `!!!`, too, as marks are put behind others. */
function partsOfRun(run: string, at: number): Marks[] {
  const pieces = Array.from(run.matchAll(PIECE), ({ 0: piece, index }): Span => [
    index,
    index + piece.length,
  ]);
  const most = pieces.length <= MOST_PIECES ? pieces.length : 1;
  const parts = pieces.flatMap(([start], i) =>
    pieces.slice(i, i + most).map(([, end]): Span => [start, end])
  );
  if (most < pieces.length) parts.push([0, run.length]);
  return parts.map(([start, end]) => ({
    what: run.slice(start, end),
    span: [at + start, at + end],
  }));
}

/**
 * The runs of marks of a text, and their parts; emoji that the model reads as words are words.
 *
 * @param document The text, as the model reads it.
 */
export function marksIn({ text, tokens }: Document): Marks[] {
  let marked = text;
  for (const { text: word, start, end } of tokens) {
    if (!isEmoji(word)) continue;
    marked = marked.slice(0, start) + " ".repeat(end - start) + marked.slice(end);
  }
  return Array.from(marked.matchAll(RUN), ({ 0: run, index }) => partsOfRun(run, index)).flat();
}

/** How white space is told. */
const SIGNS: Readonly<Record<string, string>> = { " ": "␣", "\n": "⏎", "\t": "⇥" };
/** White space that is more than a blank between words. */
const SPACE = /\s{2,}|[^\S ]/gu;

/** Whether marks are white space. */
export const isSpace = (what: string): boolean => /^(?:[␣⏎⇥]|U\+[0-9A-F]{4})+$/u.test(what);

/** How one piece of white space is told: by a sign, or by its number in Unicode. */
function signOf(space: string): string {
  return SIGNS[space] ?? `U+${space.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** White space as it is told: `⏎` for a line end, twice for an empty line or more. */
function named(space: string): string {
  return space.replaceAll("\r\n", "\n").replaceAll(/(.)\1+/gsu, "$1$1").replaceAll(/\s/g, signOf);
}

/** White space that is told by signs. */
export function spaceOf(what: string): string {
  return what.replaceAll(
    /[␣⏎⇥]|U\+([0-9A-F]{4})/g,
    (sign, code?: string) =>
      code === undefined
        ? Object.keys(SIGNS).find((space) => SIGNS[space] === sign)!
        : String.fromCharCode(parseInt(code, 16)),
  );
}

/** White space of a text that is more than a blank between words. */
export function spacesIn(text: string): Marks[] {
  return Array.from(text.matchAll(SPACE), ({ 0: space, index }): Marks => ({
    what: named(space),
    span: [index, index + space.length],
  }));
}
