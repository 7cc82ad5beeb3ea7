import type { Document } from "@heatword/core";

/** A piece of a document with one word marked. */
export interface Excerpt {
  /** The text before the word. */
  readonly before: string;
  /** The word as it is written. */
  readonly word: string;
  /** The text after the word. */
  readonly after: string;
}

/** How much stands on each side of the word at most, in characters. */
const REACH = 90;

const spaces = (text: string) => text.replaceAll(/\s+/g, " ");

/** Cuts at a blank where there is one, and says that something is missing. */
function shorten(text: string, end: "start" | "end"): string {
  if (text.length <= REACH) return text;
  if (end === "end") {
    const cut = text.slice(0, REACH);
    return `${cut.replace(/\s\S*$/, "")} …`;
  }
  const cut = text.slice(-REACH);
  return `… ${cut.replace(/^\S*\s/, "")}`;
}

/**
 * The excerpt between two offsets around a word, not longer than a line or two; white space is
 * folded.
 *
 * @param document The document.
 * @param token Which word.
 * @param start Where the excerpt may begin at the earliest.
 * @param end Where it must end.
 * @returns The excerpt.
 */
export function excerptBetween(
  { text, tokens }: Document,
  token: number,
  start: number,
  end: number,
): Excerpt {
  const word = tokens[token]!;
  const before = spaces(text.slice(Math.min(start, word.start), word.start)).trimStart();
  const after = spaces(text.slice(word.end, Math.max(end, word.end))).trimEnd();
  return {
    before: shorten(before, "start").toWellFormed(),
    word: text.slice(word.start, word.end).toWellFormed(),
    after: shorten(after, "end").toWellFormed(),
  };
}

/**
 * The excerpt around a word where nothing is known of sentences: as far as the paragraph goes.
 *
 * @param document The document.
 * @param token Which word.
 * @returns The excerpt.
 *
 * @example
 * ```ts
 * import { excerptAround } from "@heatword/eval/atlas";
 * import { assertEquals } from "@std/assert";
 *
 * const document = { text: "Hi!\n\nA  ride\nin May.", tokens: [{ text: "ride", start: 8, end: 12 }] };
 * assertEquals(excerptAround(document, 0), { before: "A ", word: "ride", after: " in May." });
 * ```
 */
export function excerptAround(document: Document, token: number): Excerpt {
  const { text, tokens } = document;
  const { start, end } = tokens[token]!;
  // A gap between paragraphs that is further away than the excerpt reaches does not matter.
  const near = text.slice(Math.max(0, start - 4 * REACH), start);
  const gap = [...near.matchAll(/\n\s*\n/g)].at(-1);
  const from = start - near.length + (gap ? gap.index + gap[0].length : 0);
  const next = text.slice(end, end + 4 * REACH).search(/\n\s*\n/);
  return excerptBetween(document, token, from, next < 0 ? end + 4 * REACH : end + next);
}
