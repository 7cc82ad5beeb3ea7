import { formatPercent } from "@heatword/core/counts";
import type { Document } from "@heatword/core";
import type { Interval } from "../../statistics/mod.ts";
import { meanOverTexts } from "../mean_interval.ts";
import { explainTexts } from "../audit.ts";
import { type Counted, counted } from "../findings.ts";
import type { Asked } from "../run/asking.ts";
import { type ExplainedText, positiveSum } from "../tally.ts";

/** A text that two models see differently. */
export interface ChangedText {
  /** Its name. */
  readonly id: string;
  /** Its class. */
  readonly label: string;
  /** What the first model predicts. */
  readonly before: string;
  /** What the second predicts. */
  readonly after: string;
  /** How much of the relevance stands on other words, from 0 to 1. */
  readonly moved: number;
  /** The words that gained most of the relevance for the prediction. */
  readonly gained: readonly string[];
  /** Those that lost most. */
  readonly lost: readonly string[];
}

/** A word that two models look at differently, in the texts of one class. */
export interface ChangedWord extends Interval {
  /** The word, in lower case. */
  readonly word: string;
  /** The class that texts with it have. */
  readonly class: string;
  /** In how many texts of the class it is. */
  readonly documents: number;
  /** Its share of the relevance for the prediction of the first model, over texts with it. */
  readonly before: number;
  /** The same of the second model. */
  readonly after: number;
  /** Whether the change is beyond the margin, with its whole interval. */
  readonly alarm: boolean;
}

/** How two models differ on the same texts. */
export interface ModelDiff {
  /** How many texts. */
  readonly documents: number;
  /** How far a change must be beyond what another seed gives to be an alarm. */
  readonly margin: number;
  /** The same of a word's share of the relevance. */
  readonly wordMargin: number;
  /** What should be known: other classes, other words. */
  readonly notes: readonly string[];
  /** How many texts each classifies correctly. */
  readonly accuracy: {
    readonly before: Counted;
    readonly after: Counted;
    /** The change, with its interval over texts, paired. */
    readonly change: Interval;
    /** Whether it fell by more than the margin, with its whole interval. */
    readonly alarm: boolean;
  };
  /** How many predictions changed. */
  readonly predictions: Counted;
  /** The same for each class, by label: how many are classified correctly. */
  readonly classes: readonly {
    readonly class: string;
    readonly documents: number;
    readonly before: number;
    readonly after: number;
    readonly change: Interval;
    readonly alarm: boolean;
  }[];
  /** The texts that changed most, those of other predictions first. */
  readonly texts: readonly ChangedText[];
  /** The words that changed most; those that are alarms are all there. */
  readonly words: readonly ChangedWord[];
  /** How much is not told: what changed less, and words in too few texts of a class to compare. */
  readonly untold: {
    readonly texts: number;
    readonly words: number;
    readonly rareWords: number;
  };
}

/** How much is told. */
export interface DiffOptions {
  /** From which fall of an accuracy on there is an alarm. @default {0.05} */
  readonly margin?: number;
  /** From which change of a word's share of the relevance on there is one. @default {0.2} */
  readonly wordMargin?: number;
  /** How many texts and words are told; alarms all are. @default {50} */
  readonly most?: number;
}

/** A word in fewer texts of a class is not compared. */
export const COMPARED_TEXTS = 5;

/** The alarms of a comparison, a line each. */
export function diffAlarms({ accuracy, classes, words }: ModelDiff): string[] {
  const parts = ({ low, high }: Interval) => `${formatPercent(low)} to ${formatPercent(high)}`;
  return [
    ...(accuracy.alarm ? [`accuracy changed by ${parts(accuracy.change)}`] : []),
    ...classes.filter(({ alarm }) => alarm).map((one) =>
      `accuracy of class ${one.class} changed by ${parts(one.change)}`
    ),
    ...words.filter(({ alarm }) => alarm).map((one) =>
      `"${one.word}" in class ${one.class}: share of the relevance ${
        formatPercent(one.before)
      } before, ` +
      `${formatPercent(one.after)} after (change ${parts(one)}, ${one.documents} texts)`
    ),
  ];
}

type Shares = ReadonlyMap<string, number>;

/** The share of each word of the relevance that speaks for the predicted class. */
function wordShares({ document, relevance }: ExplainedText): Shares {
  const whole = positiveSum(relevance) || 1;
  const shares = new Map<string, number>();
  document.tokens.forEach(({ text }, t) => {
    const word = text.toLowerCase();
    shares.set(word, (shares.get(word) ?? 0) + Math.max(0, relevance[t]!) / whole);
  });
  return shares;
}

/** The interval of the mean of changes, at a level that holds for several at once. */
function changeOf(changes: readonly number[], several = 1): Interval {
  return meanOverTexts(changes, [-1, 1], 1 - 0.05 / several);
}

function changedText(
  [before, after]: readonly [ExplainedText, ExplainedText],
  [a, b]: readonly [Shares, Shares],
  names: readonly [string, string],
  index: number,
): ChangedText {
  const words = [...new Set([...a.keys(), ...b.keys()])]
    .map((word) => ({ word, change: (b.get(word) ?? 0) - (a.get(word) ?? 0) }))
    .sort((x, y) => y.change - x.change || (x.word < y.word ? -1 : 1));
  const some = (list: typeof words) => list.slice(0, 3).map(({ word }) => word);
  return {
    id: before.document.id ?? String(index + 1),
    label: after.document.label ?? "",
    before: names[0],
    after: names[1],
    moved: words.reduce((sum, { change }) => sum + Math.abs(change), 0) / 2,
    gained: some(words.filter(({ change }) => change > 0)),
    lost: some(words.filter(({ change }) => change < 0).reverse()),
  };
}

function notesOf(one: Asked, other: Asked, pairs: readonly [ExplainedText, ExplainedText][]) {
  const notes: string[] = [];
  const [before, after] = [one.model.classes, other.model.classes];
  const gone = before.filter((name) => !after.includes(name));
  const come = after.filter((name) => !before.includes(name));
  if (gone.length > 0) notes.push(`classes of the first model alone: ${gone.join(", ")}`);
  if (come.length > 0) notes.push(`classes of the second model alone: ${come.join(", ")}`);
  const cut = pairs.filter(([a, b]) =>
    a.document.tokens.length !== b.document.tokens.length ||
    a.document.tokens.some(({ start, end }, t) =>
      start !== b.document.tokens[t]!.start || end !== b.document.tokens[t]!.end
    )
  ).length;
  if (cut > 0) {
    notes.push(
      `${cut} of ${pairs.length} texts are cut into other words by the second model: a word that only ` +
        "one of them has counts as new or gone",
    );
  }
  if (one.explainer !== other.explainer) {
    notes.push(`the first is explained by ${one.explainer}, the second by ${other.explainer}`);
  }
  return notes;
}

/**
 * Tells how two models differ on the same texts: which predictions changed, and which words carry
 * more or less of the relevance for the predicted class. An alarm is a change whose whole interval lies
 * beyond a margin, so that another seed of the same training raises none; intervals over many words or
 * classes hold at once (Bonferroni).
 *
 * @param one The first model, and who asks it.
 * @param other The second.
 * @param documents The texts as each of them reads them.
 * @param options How much is told.
 * @throws {RangeError} If there are no texts, or not the same for both.
 */
export async function diffModels(
  one: Asked,
  other: Asked,
  documents: readonly [readonly Document[], readonly Document[]],
  { margin = 0.05, wordMargin = 0.2, most = 50 }: DiffOptions = {},
): Promise<ModelDiff> {
  const [first, second] = documents;
  if (first.length === 0 || first.length !== second.length) {
    throw new RangeError(`Cannot compare models on ${first.length} and ${second.length} texts`);
  }
  const before = await explainTexts(one, first);
  const after = await explainTexts(other, second);
  const pairs = before.map((text, i) => [text, after[i]!] as [ExplainedText, ExplainedText]);
  const named = pairs.map(([a, b]) =>
    [one.model.classes[a.predicted]!, other.model.classes[b.predicted]!] as const
  );
  const shares = pairs.map(([a, b]) => [wordShares(a), wordShares(b)] as const);
  const labels = first.map(({ label = "" }) => label);
  const right = (side: 0 | 1) => named.map((names, i) => Number(names[side] === labels[i]));
  const [rightBefore, rightAfter] = [right(0), right(1)];
  const gains = rightAfter.map((is, i) => is - rightBefore[i]!);
  const count = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
  const change = changeOf(gains);
  const known = [...new Set(labels)].filter((label) => label !== "").sort();
  const classes = known.map((name) => {
    const members = [...labels.keys()].filter((i) => labels[i] === name);
    const change = changeOf(members.map((i) => gains[i]!), known.length);
    return {
      class: name,
      documents: members.length,
      before: count(members.map((i) => rightBefore[i]!)) / members.length,
      after: count(members.map((i) => rightAfter[i]!)) / members.length,
      change,
      alarm: change.high < -margin,
    };
  });
  const texts = pairs.map((pair, i) => changedText(pair, shares[i]!, named[i]!, i))
    .sort((a, b) =>
      Number(b.before !== b.after) - Number(a.before !== a.after) || b.moved - a.moved ||
      (a.id < b.id ? -1 : 1)
    );
  const { words, rareWords } = changedWords(shares, labels, wordMargin);
  const alarms = words.filter(({ alarm }) => alarm).length;
  // Alarms come first.
  const told = words.slice(0, Math.max(most, alarms));
  return {
    documents: first.length,
    margin,
    wordMargin,
    notes: notesOf(one, other, pairs),
    accuracy: {
      before: counted(count(rightBefore), first.length),
      after: counted(count(rightAfter), first.length),
      change,
      alarm: change.high < -margin,
    },
    predictions: counted(named.filter(([a, b]) => a !== b).length, first.length),
    classes,
    texts: texts.slice(0, most),
    words: told,
    untold: {
      texts: Math.max(0, texts.length - most),
      words: words.length - told.length,
      rareWords,
    },
  };
}

/** Compares the shares of words, over all texts of a class that have them. */
function changedWords(
  shares: readonly (readonly [Shares, Shares])[],
  labels: readonly string[],
  margin: number,
): { words: ChangedWord[]; rareWords: number } {
  const found = new Map<string, { word: string; label: string; rows: [number, number][] }>();
  shares.forEach(([a, b], i) => {
    for (const word of new Set([...a.keys(), ...b.keys()])) {
      const key = JSON.stringify([labels[i], word]);
      const entry = found.get(key) ?? { word, label: labels[i]!, rows: [] };
      entry.rows.push([a.get(word) ?? 0, b.get(word) ?? 0]);
      found.set(key, entry);
    }
  });
  const compared = [...found.values()].filter(({ rows }) => rows.length >= COMPARED_TEXTS);
  const words = compared.map(({ word, label, rows }): ChangedWord => {
    const mean = (side: 0 | 1) => rows.reduce((sum, row) => sum + row[side], 0) / rows.length;
    const change = changeOf(rows.map(([a, b]) => b - a), compared.length);
    return {
      word,
      class: label,
      documents: rows.length,
      before: mean(0),
      after: mean(1),
      ...change,
      alarm: Math.max(change.low, -change.high) > margin,
    };
  }).sort((a, b) =>
    Number(b.alarm) - Number(a.alarm) ||
    Math.abs(b.estimate) * b.documents - Math.abs(a.estimate) * a.documents ||
    (a.word < b.word ? -1 : 1)
  );
  return { words, rareWords: found.size - compared.length };
}
