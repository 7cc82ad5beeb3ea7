import { cutSpan, type Document, type UnseenSpan } from "./document.ts";

/** As much of a document as tells what of its text is not seen. */
export type UnseenOf = Pick<Document, "text" | "unseen">;

/** Letters, digits and emoji of any script: what has one is a word, all else is punctuation. */
const WORD = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/** Punctuation at the ends of a word, except signs that belong to it, as in `50%` and `@home`. */
const EDGES = /^(?:(?![%‰#@&])\p{P})+|(?:(?![%‰#@&])\p{P})+$/gu;

/**
 * Whether something that was left out of a text is a word, rather than punctuation alone.
 *
 * @param text What was left out.
 */
export function isUnseenWord(text: string): boolean {
  return WORD.test(text);
}

/** What a tokenizer leaves out of a text. */
export interface LeftOut {
  /** The words, in text order, without punctuation at their ends. */
  readonly words: readonly string[];
  /** In how many places punctuation alone is left out. */
  readonly punctuation: number;
}

/**
 * What the tokenizer leaves out of a text; words that are cut off, as the model takes no more, do not
 * count.
 *
 * @param document The text, and the parts of it that are not seen.
 * @returns The words and the punctuation.
 *
 * @example
 * ```ts
 * import { leftOut } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const unseen = [
 *   { start: 0, end: 7, reason: "filtered" },
 *   { start: 11, end: 12, reason: "filtered" },
 * ] as const;
 * assertEquals(leftOut({ text: "(£1000) off!", unseen }), { words: ["£1000"], punctuation: 1 });
 * ```
 */
export function leftOut({ text, unseen = [] }: UnseenOf): LeftOut {
  const words: string[] = [];
  let punctuation = 0;
  for (const { start, end, reason } of unseen) {
    if (reason !== "filtered") continue;
    const part = text.slice(start, end);
    if (isUnseenWord(part)) words.push(part.replaceAll(EDGES, ""));
    else punctuation++;
  }
  return { words, punctuation };
}

/** The range without blanks at its ends. */
function withoutBlanks(text: string, start: number, end: number): [start: number, end: number] {
  const part = text.slice(start, end);
  return [start + part.length - part.trimStart().length, start + part.trimEnd().length];
}

/**
 * The parts of a text to be marked as not seen: each that the tokenizer leaves out, and as a single
 * one all that was cut off.
 *
 * @param document The document, or as much of it as is at hand.
 * @returns The parts in text order. None is empty, and none overlaps a token or another part.
 *
 * @example
 * ```ts
 * import { unseenParts } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const document = {
 *   text: "50% off, but not today!",
 *   tokens: [{ text: "off", start: 4, end: 7 }],
 *   truncated: 3,
 *   unseen: [{ start: 0, end: 3, reason: "filtered" }],
 * } as const;
 * const parts = unseenParts(document).map(({ start, end }) => document.text.slice(start, end));
 * assertEquals(parts, ["50%", ", but not today!"]);
 * ```
 */
export function unseenParts(
  document: Pick<Document, "text" | "tokens" | "truncated" | "unseen">,
): UnseenSpan[] {
  const { text, tokens, unseen = [] } = document;
  const [cutFrom, cutTo] = cutSpan(document);
  const [start, end] = withoutBlanks(text, cutFrom, cutTo);
  const wanted = unseen.filter((span) => span.start < cutFrom || span.end > cutTo);
  if (end > start) wanted.push({ start, end, reason: "beyond the limit" });
  wanted.sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: UnseenSpan[] = [];
  /** Up to where everything is a token or a part already. */
  let taken = 0;
  let t = 0;
  const take = (from: number, upTo: number, reason: UnseenSpan["reason"]) => {
    const to = Math.min(upTo, text.length);
    // Words and other parts that reach into what was cut off may leave blanks of it.
    const [start, end] = reason === "filtered" ? [from, to] : withoutBlanks(text, from, to);
    if (end > start) parts.push({ start, end, reason });
    taken = Math.max(taken, to);
  };
  for (const { start, end, reason } of wanted) {
    for (; t < tokens.length && tokens[t]!.start < end; t++) {
      take(Math.max(start, taken), tokens[t]!.start, reason);
      taken = Math.max(taken, tokens[t]!.end);
    }
    take(Math.max(start, taken), end, reason);
  }
  return parts;
}

/**
 * A document with the words, too, that its model does not see for its limit.
 *
 * @param document The document.
 * @returns It with all of them in text order; the same one where the model sees all of its words.
 *
 * @example
 * ```ts
 * import { withWordsBeyond } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const { tokens, unseen } = withWordsBeyond({
 *   text: "one two",
 *   tokens: [{ text: "one", start: 0, end: 3 }],
 *   unseen: [{ start: 4, end: 7, reason: "beyond the limit" }],
 * });
 * assertEquals(tokens.map(({ text }) => text), ["one", "two"]);
 * assertEquals(unseen, []);
 * ```
 */
export function withWordsBeyond(document: Document): Document {
  const { text, tokens, unseen = [] } = document;
  const beyond = unseen.filter(({ reason }) => reason === "beyond the limit")
    .map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
  if (beyond.length === 0) return document;
  // What was cut off may be the front.
  const all = [...tokens, ...beyond].sort((a, b) => a.start - b.start);
  const others = unseen.filter(({ reason }) => reason !== "beyond the limit");
  return { ...document, tokens: all, truncated: 0, unseen: others };
}
