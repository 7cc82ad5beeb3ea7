import { meanInterval } from "../statistics/mean_interval.ts";
import type { ClassRelevance } from "../corpus/evaluate_document.ts";

/** What a word says for a class, over the texts in which it stands. */
export interface WordFigure {
  /** The word, in lower case. */
  readonly word: string;
  /** The mean over texts of what all its occurrences in a text sum to. */
  readonly mean: number;
  /** The lower end of the mean's 95 % interval over texts. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
  /** In how many texts it stands. */
  readonly texts: number;
  /** How often it stands there. */
  readonly occurrences: number;
}

/** The words that speak for a class, and against it. */
export interface ClassWords {
  /** Name of the class. */
  readonly name: string;
  /** How many texts told what their words say for it. */
  readonly texts: number;
  /** Words whose whole interval lies above 0, that with the highest lower end first. */
  readonly for: readonly WordFigure[];
  /** Words whose whole interval lies below 0, that with the lowest upper end first. */
  readonly against: readonly WordFigure[];
}

/** Of fewer texts no interval of a word is told. */
export const FEWEST_TEXTS = 3;

/** A text with what its words say. */
export interface ToldText {
  /** Its words. */
  readonly words: readonly string[];
  /** What they say for some classes. */
  readonly said: ClassRelevance;
}

/** A mean and its variance, by Welford's method. */
class Sum {
  texts = 0;
  occurrences = 0;
  mean = 0;
  #squares = 0;

  add(value: number, occurrences: number): void {
    this.texts++;
    this.occurrences += occurrences;
    const apart = value - this.mean;
    this.mean += apart / this.texts;
    this.#squares += apart * (value - this.mean);
  }

  figure(word: string): WordFigure {
    const { mean, texts, occurrences } = this;
    // Numbers that are all the same up to float32 have an interval nearly of length 0.
    const { low, high } = meanInterval(mean, this.#squares / (texts - 1), texts);
    return { word, mean, low, high, texts, occurrences };
  }
}

/**
 * The words that speak for and against classes. They are ordered by the end of their interval that is
 * nearer to 0: neither a word that stands everywhere and says little comes first, nor one that said
 * much once.
 *
 * @param texts The texts.
 * @param classes The names of the classes.
 * @param most How many words there are for each class, and against it.
 * @returns The words of each class.
 */
export function classWords(
  texts: readonly ToldText[],
  classes: readonly string[],
  most = 12,
): ClassWords[] {
  const sums = classes.map(() => new Map<string, Sum>());
  const counts = classes.map(() => 0);
  for (const { words, said: { targets, relevance } } of texts) {
    const lower = words.map((word) => word.toLowerCase());
    targets.forEach((target, i) => {
      counts[target]!++;
      const inText = new Map<string, { value: number; times: number }>();
      lower.forEach((word, t) => {
        const found = inText.get(word) ?? { value: 0, times: 0 };
        found.value += relevance[i * words.length + t]!;
        found.times++;
        inText.set(word, found);
      });
      const all = sums[target]!;
      for (const [word, { value, times }] of inText) {
        const sum = all.get(word) ?? new Sum();
        sum.add(value, times);
        all.set(word, sum);
      }
    });
  }
  return classes.map((name, c) => {
    const figures = [...sums[c]!].filter(([, { texts }]) => texts >= FEWEST_TEXTS)
      .map(([word, sum]) => sum.figure(word));
    const byWord = (a: WordFigure, b: WordFigure) => a.word < b.word ? -1 : 1;
    return {
      name,
      texts: counts[c]!,
      for: figures.filter(({ low }) => low > 0)
        .sort((a, b) => b.low - a.low || byWord(a, b)).slice(0, most),
      against: figures.filter(({ high }) => high < 0)
        .sort((a, b) => a.high - b.high || byWord(a, b)).slice(0, most),
    };
  });
}
