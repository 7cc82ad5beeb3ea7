import type { Document } from "@heatword/core";
import { textCasing, textCasings, textCasingSpans, wordCasing, wordCasings } from "./casing.ts";
import { groupSpans, type Span, tokenGroups } from "./groups.ts";
import { isEmoji, marksIn, spacesIn } from "./marks.ts";

/** What a finding can be about. */
export type FeatureKind = "token" | "group" | "pair" | "casing" | "punctuation";

/** Something that a text has, wherever it has it. */
export interface Feature {
  /** What it is. */
  readonly kind: FeatureKind;
  /**
   * Which: a word, the name of a group, `one two`, `one … two`, `ALL CAPS`, marks, or white space by
   * signs (`␣`, `⏎`, `⇥`, else `U+00A0` and the like).
   */
  readonly what: string;
}

/** A feature in one text. */
export interface Found extends Feature {
  /** Where it stands, one after the other. */
  readonly spans: readonly Span[];
}

/** Between the words of a pair that do not stand beside each other. */
export const APART = " … ";

/** Two words that stand apart, in any order, as they are told. */
export const apartOf = (words: readonly string[]): string => words.toSorted().join(APART);

/** A name that no other feature has. */
export const nameOf = ({ kind, what }: Feature): string => `${kind} ${what}`;

/** Whether a feature is two words that stand beside each other. */
export function isAdjacent({ kind, what }: Feature): boolean {
  return kind === "pair" && !what.includes(APART);
}

/** Whether a feature is a way to write any words, or one of many members of a group. */
export function isGeneral({ kind, what }: Feature): boolean {
  const isWay = textCasing(what) !== undefined || wordCasing(what) !== undefined;
  return kind === "group" || (kind === "casing" && isWay);
}

/** Whether a feature is a way to write all of a text. */
export function isOfWholeText({ kind, what }: Feature): boolean {
  return kind === "casing" && textCasing(what) !== undefined;
}

/** The words that a feature is made of, where each of them is a feature, too. */
export function partsOf({ kind, what }: Feature): string[] {
  if (kind === "pair") return what.split(what.includes(APART) ? APART : " ");
  return kind === "casing" && !isGeneral({ kind, what }) ? [what.toLowerCase()] : [];
}

/** Whether a word is more than marks. */
const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

const lower = (text: string) => text.toLowerCase();

/** Collects places by feature. */
class Places {
  readonly found = new Map<string, Feature & { spans: Span[] }>();

  add(kind: FeatureKind, what: string, ...spans: Span[]): void {
    const name = nameOf({ kind, what });
    const known = this.found.get(name);
    if (known) known.spans.push(...spans);
    else this.found.set(name, { kind, what, spans });
  }
}

/**
 * What there is in a text: its words in lower case, words that stand beside each other, marks and white
 * space, how words are written, and groups of tokens.
 *
 * @param document The text, as the model reads it.
 * @returns Each feature once, with its places.
 */
export function featuresOf(document: Document): Found[] {
  const { text, tokens } = document;
  const places = new Places();
  tokens.forEach((token, t) => {
    const span: Span = [token.start, token.end];
    if (isEmoji(token.text)) places.add("token", token.text, span);
    if (!isWord(token.text)) return;
    places.add("token", lower(token.text), span);
    const next = tokens[t + 1];
    if (next === undefined || !isWord(next.text)) return;
    places.add("pair", `${lower(token.text)} ${lower(next.text)}`, span, [next.start, next.end]);
  });
  for (const { what, span } of [...marksIn(document), ...spacesIn(text)]) {
    places.add("punctuation", what, span);
  }
  for (const { what, pattern } of wordCasings) {
    for (const span of groupSpans({ pattern }, text)) {
      places.add("casing", what, span);
      // A word alone tells nothing that its lower case does not tell, unless that is in use, too.
      places.add("casing", text.slice(...span), span);
    }
  }
  for (const casing of textCasings) {
    const spans = textCasingSpans(casing, text);
    if (spans.length > 0) places.add("casing", casing.what, ...spans);
  }
  for (const group of tokenGroups) {
    const spans = groupSpans(group, text);
    if (spans.length > 0) places.add("group", group.name, ...spans);
  }
  return [...places.found.values()];
}

/**
 * Pairs of words that do not stand beside each other, in any order, of some words of a text.
 *
 * @param document The text.
 * @param chosen Positions of the words, increasing.
 */
export function pairsApart({ tokens }: Document, chosen: readonly number[]): Found[] {
  const places = new Places();
  chosen.forEach((first, i) => {
    for (const second of chosen.slice(i + 1)) {
      if (second === first + 1) continue;
      const words = [tokens[first]!, tokens[second]!];
      if (!words.every(({ text }) => isWord(text))) continue;
      places.add(
        "pair",
        apartOf(words.map(({ text }) => lower(text))),
        ...words.map(({ start, end }): Span => [start, end]),
      );
    }
  });
  return [...places.found.values()];
}
