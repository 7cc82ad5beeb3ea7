import type { Token } from "@heatword/core";
import { type Changed, lowerCase } from "./_lower.ts";

/** A pattern of one UTF-16 code unit or code point, and what replaces it. */
export interface Replacement {
  /** What is replaced, each match by itself; with the flag `g`. */
  readonly pattern: RegExp;
  /** What it is replaced by; nothing deletes it. */
  readonly by: string;
}

/** A pattern of any of some characters. */
export function anyOf(characters: string, by: string): Replacement | undefined {
  if (characters === "") return undefined;
  const escaped = [...characters].map((character) =>
    `\\u{${character.codePointAt(0)!.toString(16)}}`
  );
  return { pattern: new RegExp(`[${escaped.join("")}]`, "gu"), by };
}

/** How a text is cleaned and split, as most preprocessing of Keras models and of web pages does. */
export interface Cleaning {
  /** Whether blanks at both ends are dropped first. */
  readonly trim: boolean;
  /** Whether the text is put in lower case. */
  readonly lower: boolean;
  /** What is replaced after that. */
  readonly replace: Replacement | undefined;
  /** What separates words: a string, or every run of white space. */
  readonly separator: string | RegExp;
  /** Whether empty words, as between two separators, are kept. */
  readonly keepEmpty: boolean;
}

/** A text with places for all of its code units. */
type Placed = Required<Changed>;

function placed({ text, starts, ends }: Changed): Placed {
  return {
    text,
    starts: starts ?? Int32Array.from({ length: text.length }, (_, i) => i),
    ends: ends ?? Int32Array.from({ length: text.length }, (_, i) => i + 1),
  };
}

function sliced({ text, starts, ends }: Placed, from: number, to: number): Placed {
  return {
    text: text.slice(from, to),
    starts: starts.subarray(from, to),
    ends: ends.subarray(from, to),
  };
}

function trimmed(whole: Placed): Placed {
  const from = whole.text.length - whole.text.trimStart().length;
  return sliced(whole, from, Math.max(from, whole.text.trimEnd().length));
}

function replaced({ text, starts, ends }: Placed, { pattern, by }: Replacement): Placed {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let done = 0;
  const keep = (end: number) => {
    parts.push(text.slice(done, end));
    for (; done < end; done++) {
      from.push(starts[done]!);
      to.push(ends[done]!);
    }
  };
  for (const { 0: found, index } of text.matchAll(pattern)) {
    keep(index);
    done = index + found.length;
    parts.push(by);
    for (let i = 0; i < by.length; i++) {
      from.push(starts[index]!);
      to.push(ends[done - 1]!);
    }
  }
  keep(text.length);
  return { text: parts.join(""), starts: Int32Array.from(from), ends: Int32Array.from(to) };
}

/** Where separators stand, as `split` of JavaScript and Python finds them. */
function* separators(text: string, separator: string | RegExp): Generator<[number, number]> {
  if (typeof separator !== "string") {
    for (const { 0: found, index } of text.matchAll(separator)) yield [index, index + found.length];
    return;
  }
  for (let i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, i + separator.length)) {
    yield [i, i + separator.length];
  }
}

/**
 * Cleans a text and splits it.
 *
 * @param text The text.
 * @param cleaning How.
 * @returns The words, each with the span of the raw text that its characters come from.
 */
export function cleanAndSplit(text: string, cleaning: Cleaning): Token[] {
  let whole = placed(cleaning.lower ? lowerCase(text) : { text });
  if (cleaning.trim) whole = trimmed(whole);
  if (cleaning.replace) whole = replaced(whole, cleaning.replace);
  const { text: clean, starts, ends } = whole;
  const tokens: Token[] = [];
  let last = 0;
  const add = (from: number, to: number) => {
    if (to > from) {
      // Letters that one became, as of İ, share a span: words never overlap all the same.
      const start = Math.max(last, starts[from]!);
      last = Math.max(start, ends[to - 1]!);
      tokens.push({ text: clean.slice(from, to), start, end: last });
    } else if (cleaning.keepEmpty) {
      const place = Math.max(last, from < clean.length ? starts[from]! : ends.at(-1) ?? 0);
      tokens.push({ text: "", start: place, end: place });
    }
  };
  let done = 0;
  for (const [from, to] of separators(clean, cleaning.separator)) {
    add(done, from);
    done = to;
  }
  add(done, clean.length);
  return tokens;
}
