import type { Document } from "@heatword/core";
import { type Feature, featuresOf, type Found, nameOf, pairsApart } from "./features.ts";
import type { Span } from "./groups.ts";

/** A text, how it is decided, and by what. */
export interface ExplainedText {
  /** The text. */
  readonly document: Document;
  /** Index of the predicted class. */
  readonly predicted: number;
  /** Index of its class: of its label where the model has that, else of the prediction. */
  readonly label: number;
  /** The relevance of each word for the predicted class, shape [T]. */
  readonly relevance: readonly number[];
}

/** How often a feature is there, and how much relevance it carries. */
export interface Tally extends Feature {
  /** In how many texts of each class it is, shape [C]. */
  readonly byClass: readonly number[];
  /** The sum, over the texts predicted as each class, of its share of their relevance, shape [C]. */
  readonly shares: readonly number[];
  /** The texts that have it, by index, increasing, where it is marks. */
  readonly texts?: readonly number[];
}

/** How many words of most relevance are looked at as pairs that do not stand beside each other. */
const APART_OF = 8;

/** The sum of the relevances that speak for the predicted class. */
export function positiveSum(relevance: readonly number[]): number {
  return relevance.reduce((sum, value) => sum + Math.max(0, value), 0);
}

/**
 * The share of the relevance for the predicted class that stands in some places.
 *
 * @param text The text.
 * @param spans The places.
 * @returns From 0 to 1; 0 where nothing speaks for the class.
 */
export function shareIn({ document, relevance }: ExplainedText, spans: readonly Span[]): number {
  const whole = positiveSum(relevance);
  if (whole === 0) return 0;
  const [first, last] = [spans[0]?.[0] ?? 0, Math.max(...spans.map(([, end]) => end))];
  let sum = 0;
  document.tokens.forEach(({ start, end }, t) => {
    if (end <= first || start >= last || !(relevance[t]! > 0)) return;
    if (spans.some(([from, to]) => start < to && from < end)) sum += relevance[t]!;
  });
  return sum / whole;
}

/** All features of a text, pairs of words apart among its most relevant ones, too. */
export function allFeatures({ document, relevance }: ExplainedText): Found[] {
  const strongest = [...document.tokens.keys()].filter((t) => relevance[t]! > 0)
    .sort((a, b) => relevance[b]! - relevance[a]! || a - b)
    .slice(0, APART_OF).sort((a, b) => a - b);
  return [...featuresOf(document), ...pairsApart(document, strongest)];
}

/**
 * Counts the features of texts.
 *
 * @param texts The texts.
 * @param classes How many classes there are.
 */
export function tallyFeatures(texts: Iterable<ExplainedText>, classes: number): Tally[] {
  const tallies = new Map<
    string,
    Tally & { byClass: number[]; shares: number[]; texts?: number[] }
  >();
  let index = 0;
  for (const text of texts) {
    for (const found of allFeatures(text)) {
      const name = nameOf(found);
      let tally = tallies.get(name);
      if (tally === undefined) {
        const zeros = () => new Array<number>(classes).fill(0);
        const { kind, what } = found;
        tally = {
          kind,
          what,
          byClass: zeros(),
          shares: zeros(),
          ...(kind === "punctuation" && { texts: [] }),
        };
        tallies.set(name, tally);
      }
      tally.texts?.push(index);
      tally.byClass[text.label]!++;
      tally.shares[text.predicted]! += shareIn(text, found.spans);
    }
    index++;
  }
  return [...tallies.values()];
}
