import type { Token } from "@heatword/core";
import { PunktSentenceTokenizer } from "../nltk/mod.ts";

/** Most words of a phrase. */
const LONGEST_PHRASE = 6;

/** A blank line, or several: what ends a paragraph. */
const BLANK_LINES = /(?:\r\n?|\n)(?:[^\S\r\n]*(?:\r\n?|\n))+/gu;

/** What ends a phrase: signs before a blank, dashes between blanks, and signs of CJK texts anywhere. */
const PHRASE_ENDS = /[,;:)\]}"”’»›]+(?=\s)|\s[-–—]+\s|—|[、，；：）」』】]+/gu;
/** What begins one: opening signs after a blank, and those of CJK texts anywhere. */
const PHRASE_BEGINS = /(?<=\s)["“‘«‹([{]+|[（「『【]/gu;

const WORD = /[\p{L}\p{N}]/u;

/** A part of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Cuts a part of a text at some places. */
function cutAt({ start, end }: Span, places: Iterable<number>): Span[] {
  const inside = [...new Set(places)].filter((place) => place > start && place < end);
  const bounds = [start, ...inside.sort((a, b) => a - b), end];
  return bounds.slice(1).map((end, i) => ({ start: bounds[i]!, end }));
}

/** The paragraphs: blank lines stand between them. */
export function paragraphs(text: string): Span[] {
  const ends = [...text.matchAll(BLANK_LINES)].map(({ 0: found, index }) => index + found.length);
  return cutAt({ start: 0, end: text.length }, ends);
}

/** Whether at least half of the letters of a text are Latin ones. */
function isLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return 2 * (text.match(/\p{Script=Latin}/gu)?.length ?? 0) >= letters;
}

function startsOf(text: string): (part: string) => number[] {
  if (isLatin(text)) {
    const punkt = new PunktSentenceTokenizer();
    return (part) => punkt.spanTokenize(part).map(([start]) => start);
  }
  // One locale, so that it is the same on every machine.
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  // A line end within a paragraph ends no sentence.
  return (part) =>
    [...segmenter.segment(part.replaceAll(/[\r\n\u0085\u2028\u2029]/gu, " "))]
      .map(({ index }) => index);
}

/** The sentences of each paragraph: by Punkt where half of the letters are Latin, else by Unicode. */
export function sentences(text: string): Span[] {
  const startsIn = startsOf(text);
  return paragraphs(text).flatMap((span) => {
    const starts = startsIn(text.slice(span.start, span.end));
    return cutAt(span, starts.map((start) => span.start + start));
  });
}

/** Where runs of too many words are cut into parts of nearly the same length. */
function cutsOfLong({ start, end }: Span, words: readonly Token[]): number[] {
  const inside = words.filter((word) => word.start >= start && word.start < end);
  const parts = Math.ceil(inside.length / LONGEST_PHRASE);
  return Array.from(
    { length: Math.max(0, parts - 1) },
    (_, i) => inside[Math.ceil((i + 1) * inside.length / parts)]!.start,
  );
}

/** The phrases of each sentence: what signs separate, in parts of six words at most. */
export function phrases(text: string, tokens: readonly Token[]): Span[] {
  const words = tokens.filter((token) => WORD.test(token.text));
  const places = [
    ...[...text.matchAll(PHRASE_ENDS)].map(({ 0: found, index }) => index + found.length),
    ...[...text.matchAll(PHRASE_BEGINS)].map(({ index }) => index),
  ];
  return sentences(text).flatMap((sentence) => cutAt(sentence, places))
    .flatMap((phrase) => cutAt(phrase, cutsOfLong(phrase, words)));
}
