import { type Document, type OnProgress, Random, type Token } from "@heatword/core";
import type { Associated } from "./associate.ts";
import { companionsOf } from "./companions.ts";
import { company, countWords, type WordSet } from "./company.ts";
import {
  type FeatureKind,
  isAdjacent,
  isGeneral,
  isOfWholeText,
  nameOf,
  partsOf,
} from "./features.ts";
import type { Span } from "./groups.ts";
import { isEmoji } from "./marks.ts";
import { type InPhrase, phraseAround } from "./phrase.ts";
import { ExpectedNeighbours, neighboursOf } from "./neighbours.ts";
import { allFeatures, type ExplainedText } from "./tally.ts";

/** A feature, where it is, and how it keeps company. */
export interface Placed extends Associated {
  /** The texts that have it, by index, and where. */
  readonly places: ReadonlyMap<number, readonly Span[]>;
  /** The words that stand beside it nearly always, and it; in lower case. */
  readonly phrase: string;
  /** See `company`. */
  readonly company: number;
  /** See `ExpectedNeighbours`. */
  readonly neighbours: number;
  /** What the company of features in about as many texts is. */
  readonly usualCompany: Usual;
  /** How many features of its kind, or words, are in about as many texts of their class. */
  readonly alike: number;
}

/** So many texts without a feature are compared with those that have it. */
const OTHERS = 300;
/** So many texts with it, at most. */
const HAVING = 600;

/** By features in so many texts of their class it is seen what is usual. */
const MANY = 8;
/** What is taken as usual where there are none, and the most of phrases. */
const USUAL = { company: 0.75, phrases: 0.06 };

/** The middle of the numbers that are numbers. */
function median(values: readonly number[]): number | undefined {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** What is usual among features: the middle, and how they vary. */
export interface Usual {
  /** The median. */
  readonly median: number;
  /** The median of the distances from it, as the standard deviation of a normal distribution. */
  readonly spread: number;
}

/** So many features that are in about as many texts say what is usual. */
const ALIKE = 80;

/** What company is usual for features in about as many texts: that of few texts says little. */
function usualCompanies(
  features: readonly { readonly inside: number; readonly company: number }[],
): Usual[] {
  const order = [...features.keys()].sort((a, b) =>
    features[a]!.inside - features[b]!.inside || a - b
  );
  const usual: Usual[] = [];
  order.forEach((feature, place) => {
    const from = Math.max(0, Math.min(place - ALIKE / 2, order.length - ALIKE));
    const alike = order.slice(from, from + ALIKE).map((i) => features[i]!.company);
    const middle = median(alike) ?? USUAL.company;
    const spread = 1.4826 * (median(alike.map((value) => Math.abs(value - middle))) ?? 0.1);
    usual[feature] = { median: Math.max(0.5, middle), spread: Math.max(0.08, spread) };
  });
  return usual;
}

/** A phrase of so many words is a formula: its words do not tell what a text is about. */
const FORMULA = 3;

/** Some of many, drawn by a seed. */
function some<T>(things: readonly T[], most: number, random: Random): readonly T[] {
  if (things.length <= most) return things;
  const order = random.shuffle(Int32Array.from(things.keys())).subarray(0, most).sort();
  return Array.from(order, (i) => things[i]!);
}

/** The words of a phrase, of which none tells that the phrase is there but by being in it. */
function wordsOf(documents: readonly Document[], phrase: InPhrase | undefined): string[] {
  if (phrase === undefined) return [];
  const [from, to] = phrase.span;
  return documents[phrase.text]!.tokens.filter(({ start, end }) => start < to && from < end)
    .map(({ text }) => bareWord(text));
}

/** A word in lower case, without marks: those behind a word may change how others are cut. */
function bareWord(text: string): string {
  return isEmoji(text)
    ? text
    : text.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "");
}

/** Finds where features are. */
export function placesOf(
  texts: readonly ExplainedText[],
  features: readonly Associated[],
): Map<string, Map<number, readonly Span[]>> {
  const places = new Map(features.map((feature) => [
    nameOf(feature),
    new Map<number, readonly Span[]>(),
  ]));
  texts.forEach((text, i) => {
    for (const found of allFeatures(text)) places.get(nameOf(found))?.set(i, found.spans);
  });
  return places;
}

/**
 * Judges how features keep company with the rest of the texts that they are in.
 *
 * @param texts The texts.
 * @param features The features.
 * @param classes How many classes there are.
 * @param seed Draws texts where there are many.
 * @param onProgress Called with progress.
 */
export function judgeCompany(
  texts: readonly ExplainedText[],
  features: readonly Associated[],
  classes: number,
  seed: number,
  onProgress?: OnProgress,
): Placed[] {
  const lower = texts.map(({ document }) => document.tokens.map(({ text }) => bareWord(text)));
  const documents = texts.map(({ document }) => document);
  const sets = lower.map((words): WordSet => new Set(words.filter((word) => word !== "")));
  const counts = countWords(sets);
  const members = Array.from(
    { length: classes },
    (_, c) => [...texts.keys()].filter((i) => texts[i]!.label === c),
  );
  const random = new Random(seed);
  const expected = members.map((indices) =>
    new ExpectedNeighbours(some(indices, 2000, random).map((i) => texts[i]!.document))
  );
  const places = placesOf(texts, features);
  const seen = features.map((feature, done) => {
    if (done % 20 === 0) {
      onProgress?.({ task: "Comparing texts", done, total: features.length, unit: "features" });
    }
    const { target, kind } = feature;
    const where = places.get(nameOf(feature))!;
    const own = new Set(partsOf(feature).map(bareWord));
    const inside = some(
      [...where.keys()].filter((i) => texts[i]!.label === target),
      HAVING,
      random,
    );
    const outside = some(members[target]!.filter((i) => !where.has(i)), OTHERS, random);
    const phrase = phraseAround(
      documents,
      inside.map((text) => {
        const [first] = where.get(text)!;
        // The words of a pair stand one after the other.
        const last = isAdjacent(feature) ? where.get(text)![1] : first;
        return { text, span: [first![0], last![1]] };
      }),
    );
    const formula = wordsOf(documents, phrase[0]);
    const isFormula = formula.length >= FORMULA && !isGeneral(feature);
    if (isFormula) formula.forEach((word) => own.add(word));
    const around = new Map(phrase.map(({ text, span }) => [text, span]));
    const rest = (i: number): WordSet => {
      // Of a text that is all in capitals, the words are still what it says.
      const isWide = kind === "casing" && isGeneral(feature);
      const spans = isWide ? [] : where.get(i) ?? [];
      const whole = isFormula ? around.get(i) : undefined;
      const isOwn = ({ start, end }: Token) =>
        spans.some(([from, to]) => start < to && from < end) ||
        (whole !== undefined && start < whole[1] && whole[0] < end);
      const words = lower[i]!;
      if (!where.has(i)) return own.size === 0 ? sets[i]! : sets[i]!.difference(own);
      const { tokens } = documents[i]!;
      return new Set(
        words.filter((word, t) => word !== "" && !own.has(word) && !isOwn(tokens[t]!)),
      );
    };
    // A way to write a text stands nowhere in it.
    const neighbours = isOfWholeText(feature)
      ? []
      : phrase.flatMap(({ text, span }) => neighboursOf(documents[text]!, span));
    const [example] = phrase;
    let having = inside.map(rest);
    const companions = companionsOf(having, feature.all, counts);
    if (companions.length > 0) {
      companions.forEach((word) => own.add(word));
      having = inside.map(rest);
    }
    return {
      ...feature,
      places: where,
      phrase: example === undefined
        ? feature.what
        : documents[example.text]!.text.slice(...example.span).toLowerCase(),
      company: company(having, outside.map(rest)),
      beside: neighbours,
      excess: expected[target]!.excess(neighbours),
    };
  });
  // Words of made-up texts keep no company and stand in no phrases: then neither tells anything.
  const many = seen.filter(({ inside }) => inside >= MANY);
  const phrases = Math.max(
    1e-4,
    Math.min(USUAL.phrases, 2 * (median(many.map(({ excess }) => excess)) ?? USUAL.phrases)),
  );
  const usual = usualCompanies(seen);
  const alikeTo = (inside: number, of: FeatureKind) =>
    Math.max(
      1,
      seen.filter((other) =>
        other.kind === of && other.inside <= 1.5 * inside && inside <= 1.5 * other.inside
      ).length,
    );
  return seen.map(({ beside, excess: _, ...feature }, i): Placed => ({
    ...feature,
    neighbours: expected[feature.target]!.compare(beside, feature.inside, phrases),
    usualCompany: usual[i]!,
    alike: Math.max(alikeTo(feature.inside, "token"), alikeTo(feature.inside, feature.kind)),
  }));
}
