import type { Random } from "@heatword/core";
import { textCasing, wordCasing } from "./casing.ts";
import { APART, type Feature } from "./features.ts";
import type { Span } from "./groups.ts";
import { isSpace, spaceOf } from "./marks.ts";

/** Spans in text order that do not overlap. */
function merged(spans: readonly Span[]): Span[] {
  const result: [number, number][] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** A text with some places written in another way. */
function rewritten(text: string, spans: readonly Span[], write: (part: string) => string): string {
  let [result, at] = ["", 0];
  for (const [start, end] of merged(spans)) {
    result += text.slice(at, start) + write(text.slice(start, end));
    at = end;
  }
  return result + text.slice(at);
}

/**
 * A text without a feature: its places are deleted, of casing put in lower case, of white space made one
 * blank. Between two words that come together one blank stays.
 *
 * @param text The text.
 * @param feature Which feature.
 * @param spans Where the text has it.
 */
export function withoutFeature(
  text: string,
  { kind, what }: Feature,
  spans: readonly Span[],
): string {
  if (kind === "punctuation" && isSpace(what)) return rewritten(text, spans, () => " ");
  const whole = kind === "casing" ? textCasing(what) : undefined;
  if (whole) return spans.length > 0 ? whole.undo(text) : text;
  if (kind === "casing") return rewritten(text, spans, (part) => part.toLowerCase());
  let result = "";
  let at = 0;
  for (const [start, end] of merged(spans)) {
    const kept = text.slice(at, start);
    const before = kept.replace(/[^\S\n]+$/, "");
    const after = /^[^\S\n]*/.exec(text.slice(end))![0].length;
    const hadBlank = before.length < kept.length || after > 0;
    result += before + (hadBlank ? " " : "");
    at = end + after;
  }
  return result + text.slice(at);
}

/** Where words of a text begin that have a blank before them, and its end. */
function gapsIn(text: string): number[] {
  return [...Array.from(text.matchAll(/(?<=\s)\S/g), ({ index }) => index), text.length];
}

function insertAt(text: string, at: number, what: string): string {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const blank = before === "" || /\s$/.test(before) ? "" : " ";
  return `${before}${blank}${what}${after === "" ? "" : ` ${after}`}`;
}

/**
 * A text with a word in its first half, one at its end, or both; in the same places either way.
 *
 * @param text The text.
 * @param words The words, the first one first; nothing where it is not put in.
 * @param random Draws the place of the first.
 */
export function withWordsApart(
  text: string,
  [first, second]: readonly [first: string | undefined, second: string | undefined],
  random: Random,
): string {
  const gaps = gapsIn(text);
  const early = gaps[random.below(Math.ceil(gaps.length / 2))]!;
  const begun = first === undefined ? text : insertAt(text, early, first);
  return second === undefined ? begun : insertAt(begun, begun.length, second);
}

/**
 * A text with a feature: a word, a pair or a member of a group is put between two of its words or at
 * its end; marks are put behind a word, and words are written otherwise, where that is the feature.
 *
 * @param text The text.
 * @param feature Which feature.
 * @param examples How the feature stands in texts that have it.
 * @param random Draws the place and the example.
 * @param share After which share of the words it is put, where it is put between words. @default {drawn}
 */
export function withFeature(
  text: string,
  { kind, what }: Feature,
  examples: readonly string[],
  random: Random,
  share?: number,
): string {
  if (kind === "pair" && what.includes(APART)) {
    const [first, second] = what.split(APART);
    return withWordsApart(text, [first, second], random);
  }
  const gaps = gapsIn(text);
  const place = share === undefined
    ? gaps[random.below(gaps.length)]!
    : [0, ...gaps][Math.round(share * gaps.length)]!;
  const example = examples[random.below(Math.max(1, examples.length))] ?? what;
  if (kind === "casing") {
    const whole = textCasing(what);
    if (whole) return whole.write(text);
    const casing = wordCasing(what);
    if (casing) {
      const words = Array.from(text.matchAll(/\p{L}{3,}/gu), ({ 0: word, index }): Span => [
        index,
        index + word.length,
      ]);
      if (words.length === 0) return insertAt(text, place, example);
      const chosen = words[random.below(words.length)]!;
      return rewritten(text, [chosen], (word) => casing.write(word));
    }
  }
  if (kind === "punctuation" && isSpace(what)) {
    const space = spaceOf(example);
    return text.slice(0, place).trimEnd() + space + text.slice(place);
  }
  return insertAt(text, place, example);
}
