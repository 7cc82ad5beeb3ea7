import type { LedgerEntry, OptionValues, UnseenSpan } from "@heatword/core";

/** A word of an explained text. */
export interface ExplainedToken {
  /** The word as the model's tokenizer gives it. */
  readonly text: string;
  /** Offset of its first UTF-16 code unit in the text. */
  readonly start: number;
  /** Offset after its last UTF-16 code unit. */
  readonly end: number;
  /**
   * How much it spoke for the target; negative means against it, where the explainer is signed. Absent
   * where the units that words are grouped into have it instead.
   */
  readonly relevance?: number;
}

/** A part of an explained text that has a relevance of its own: a word, or a group of words. */
export interface ExplainedUnit {
  /** Offset of its first UTF-16 code unit in the text. */
  readonly start: number;
  /** Offset after its last UTF-16 code unit. */
  readonly end: number;
  /** How much it spoke for the target, as a whole. */
  readonly relevance: number;
}

/** How well the relevances add up to what they should. */
export interface Conservation {
  /** The sum over all positions, padding included. */
  readonly sum: number;
  /** What it should be. */
  readonly expected: number;
  /** |sum − expected| / max(1, |expected|). */
  readonly error: number;
  /** The part of the score that biases keep, on no word: not in `expected`. Absent where it is 0. */
  readonly keptByBiases?: number;
}

/**
 * What one explainer found for one target in one text. Plain data: formatters take nothing else,
 * and it is what the JSON format holds, key by key.
 */
export interface Explanation {
  /** Name of the model; absent where all explanations that stand together are of one. */
  readonly model?: string;
  /** The whole text, as written. */
  readonly text: string;
  /** Name of the explainer. */
  readonly explainer: string;
  /** The explained class, or `A-vs-B` for the difference of two. */
  readonly target: string;
  /** The explained number: a score before softmax, or the difference of two. */
  readonly score: number;
  /** The score of every class before softmax, by class name. */
  readonly scores: Readonly<Record<string, number>>;
  /** Relevance of every token, or of every unit where there are units, in text order. */
  readonly relevance: readonly number[];
  /** The words that the model saw, in text order. */
  readonly tokens: readonly ExplainedToken[];
  /** What the words are grouped into, e.g. `sentence`; absent where each is on its own. */
  readonly unit?: string;
  /** The groups of words, in text order; they have the relevance, and the words have none. */
  readonly units?: readonly ExplainedUnit[];
  /**
   * Given where the relevance of a unit is the sum of those of its words; otherwise it is what deleting
   * the unit as a whole does.
   */
  readonly unitsAreSums?: true;
  /** The class with the highest score. */
  readonly predicted: string;
  /** The class with the second highest score; absent when there is one class. */
  readonly runnerUp?: string;
  /** Whether negative relevance means "against". */
  readonly signed: boolean;
  /** How many words the model did not see because it takes no more, after the last token. */
  readonly truncated: number;
  /** Given where these words were cut off before the first token instead. */
  readonly truncatedSide?: "pre";
  /**
   * The parts of the text that the model does not see, in text order, with the reason; blanks are none.
   * Every explanation that `explainDocument` makes has it.
   *
   * @default {[]}
   */
  readonly unseen?: readonly UnseenSpan[];
  /** Positions in `tokens` of words that the model does not know, whatever stands for them. */
  readonly unknown: readonly number[];
  /** Given where unknown words have a vector that stands for all of them, so that they count. */
  readonly unknownShareVector?: true;
  /** Positions in `tokens` of words that were deleted on purpose; absent when there is none. */
  readonly deleted?: readonly number[];
  /** How well the relevances add up; absent when the explainer promises no sum. */
  readonly conservation?: Conservation;
  /**
   * Relevance of positions that are not tokens: a text shorter than the model can take is padded with
   * deleted words, and every text shorter than the inputs of a model of one length with its padding.
   */
  readonly padding?: number;
  /** Standard error of the relevance of every token, or unit, of sampling explainers. */
  readonly standardErrors?: readonly number[];
  /** The options of the explainer, all of them. */
  readonly options: OptionValues;
  /** What became of the relevance layer by layer, when it was asked for. */
  readonly ledger?: readonly LedgerEntry[];
  /** Name of the document. */
  readonly id?: string;
  /** The true class. */
  readonly label?: string;
}

/**
 * The classes from the highest score to the lowest. An object has keys that are numbers first, so
 * of equal scores the predicted class and the runner-up are put where they belong.
 */
export function rankedClasses(explanation: Explanation): [string, number][] {
  const { scores, predicted, runnerUp } = explanation;
  const place = (name: string) => name === predicted ? 0 : name === runnerUp ? 1 : 2;
  return Object.entries(scores).sort((a, b) => b[1] - a[1] || place(a[0]) - place(b[0]));
}

/** The largest |relevance|: strength 1 in a heatmap; 0 when there is none. */
export function largestRelevance(explanation: Explanation): number {
  return explanation.relevance.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}

/** A part of a text with its relevance and what it says. */
export interface ExplainedPart extends ExplainedUnit {
  /** The word as the tokenizer gives it; of a group of words, as it stands in the text. */
  readonly text: string;
}

/** What has a relevance: the words, or the units that they are grouped into. */
export function explainedParts(
  { text, tokens, relevance, units }: Explanation,
): readonly ExplainedPart[] {
  return units
    ? units.map((unit) => ({ ...unit, text: text.slice(unit.start, unit.end) }))
    : tokens.map((token, t) => ({ ...token, relevance: token.relevance ?? relevance[t]! }));
}

/** A word, or unit, with its place among all, counted from 1. */
export interface TopWord {
  /** The word. */
  readonly token: ExplainedPart;
  /** Its place, counted from 1. */
  readonly position: number;
}

/** The words, or units, that speak most for the target and most against it, strongest first. */
export function topWords(
  explanation: Explanation,
  count: number,
): { for: TopWord[]; against: TopWord[] } {
  const words = explainedParts(explanation).map((token, i) => ({ token, position: i + 1 }));
  const strongest = (sign: number) =>
    words.filter(({ token }) => sign * token.relevance > 0)
      .sort((a, b) => sign * (b.token.relevance - a.token.relevance) || a.position - b.position)
      .slice(0, count);
  return { for: strongest(1), against: strongest(-1) };
}
