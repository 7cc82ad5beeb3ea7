import type { Hyperparameters } from "@heatword/core/word-cnn";

/** Where the word vectors of a word-CNN begin: as trained, drawn, or as what was given has them. */
export type VectorStart = "skipgram" | "random" | "ppmi" | "skipgram+ppmi" | "file";

/** What is chosen of a word-CNN for own texts. */
export interface WordCnnChoice {
  /** Where the word vectors begin. */
  readonly start: VectorStart;
  /** The norm that they are scaled to at the start. */
  readonly norm: number;
  /** Hyper-parameters that differ from their defaults. */
  readonly hyperparameters: Partial<Hyperparameters>;
}

/** A part of a choice that takes the place of what the best one so far has. */
export type Variation = Partial<Omit<WordCnnChoice, "hyperparameters">> & Partial<Hyperparameters>;

/** What a person said, which is not chosen. */
export interface FixedChoice {
  /** `random`, or what `readVectorSpec` reads. */
  readonly vectors: string;
  /** Passes over the documents, unless held-out documents say fewer. */
  readonly epochs?: number;
  /** Number of filters of all widths. */
  readonly filters?: number;
  /** How many words filters span. */
  readonly widths?: readonly number[];
  /** How far word dropout follows relevance. @default {0} */
  readonly guidedDropout?: number;
}

const starts: readonly VectorStart[] = ["skipgram", "random", "ppmi", "skipgram+ppmi"];

/** Numbers of the word vectors that are made for own texts. */
export const OWN_DIMENSIONS = 100;

/**
 * Filters of one to three words, a hundred of each as in Kim 2014, on word vectors that are trained.
 *
 * @param fixed What a person said.
 * @param epochs Passes, unless a person said how many.
 */
export function firstChoice(fixed: FixedChoice, epochs: number): WordCnnChoice {
  const { vectors, widths = [1, 2, 3], filters = 100 * widths.length, guidedDropout } = fixed;
  return {
    start: starts.find((start) => start === vectors) ?? "file",
    norm: 2,
    hyperparameters: {
      filters,
      widths,
      epochs: fixed.epochs ?? epochs,
      schedule: "cosine",
      vectorRate: 0.02,
      wordDropout: 0.2,
      labelSmoothing: 0.1,
      l2: 5e-4,
      randomWindow: true,
      ...(guidedDropout && { guidedDropout }),
    },
  };
}

/** What is tried one after the other, each on top of the best so far. */
const variations: readonly Variation[] = [
  { wordDropout: 0.5 },
  { norm: 3 },
  { wordDropout: 0.1 },
  { balance: 0.5 },
  { widths: [1, 2] },
  { vectorRate: 0.05 },
  { vectorRate: 0 },
  { start: "random" },
  { dropout: 0.7 },
];

/** Whether numbers, or lists of them, are the same. */
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What can be tried in turn.
 *
 * @param fixed What a person said, of which nothing is varied.
 */
export function variationsFor(fixed: FixedChoice): Variation[] {
  return variations.filter((variation) =>
    !(variation.start && fixed.vectors !== "skipgram") && !(variation.widths && fixed.widths)
  );
}

/**
 * Changes a choice.
 *
 * @param choice The choice; not changed.
 * @param variation What is to be another.
 * @returns The new choice; nothing if it is the same.
 */
export function varied(choice: WordCnnChoice, variation: Variation): WordCnnChoice | undefined {
  const { start = choice.start, norm = choice.norm, ...hyperparameters } = variation;
  const next = {
    start,
    norm,
    hyperparameters: { ...choice.hyperparameters, ...hyperparameters },
  };
  return same(next, choice) ? undefined : next;
}

/** A choice in words, as people are told of it. */
export function choiceText({ start, norm, hyperparameters }: WordCnnChoice): string {
  const { widths, filters, vectorRate = 0, wordDropout, dropout, balance } = hyperparameters;
  const { guidedDropout = 0 } = hyperparameters;
  const from = {
    skipgram: "skip-gram vectors",
    random: "random vectors",
    ppmi: "PPMI vectors",
    "skipgram+ppmi": "skip-gram and PPMI vectors",
    file: "given vectors",
  };
  return [
    `${filters} filters of ${widths?.join(", ")} words`,
    `${from[start]} of norm ${norm}, ${vectorRate > 0 ? `trained at ${vectorRate}` : "fixed"}`,
    `word dropout ${wordDropout}` +
    (guidedDropout > 0 ? `, guided by relevance (${guidedDropout})` : ""),
    ...(dropout === undefined ? [] : [`dropout ${dropout}`]),
    ...(balance ? [`rare classes count more (${balance})`] : []),
  ].join("; ");
}
