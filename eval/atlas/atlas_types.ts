import type { Interval } from "../statistics/mod.ts";
import type { Excerpt } from "./excerpt.ts";

/** A sentence in which a word has relevance. */
export interface Example extends Excerpt {
  /** The document it is from, where that has a name. */
  readonly id?: string;
  /** The true class of that document, where it is known. */
  readonly label?: string;
  /** Relevance of the word there, for the class. */
  readonly relevance: number;
}

/** What the words of a class are ranked by. */
export type AtlasRank = "mean" | "total";

/** A word with its relevance for a class over the corpus. */
export interface AtlasWord {
  /** The word, as the vocabulary has it. */
  readonly word: string;
  /** Sum of its relevances for the class over the corpus. */
  readonly total: number;
  /** The total with its 95 % interval over documents; without ends for a word of one document. */
  readonly totalInterval: Interval;
  /** The sum over how often it stands in the corpus. */
  readonly mean: number;
  /** The mean with its 95 % interval over documents; without ends for a word of one document. */
  readonly meanInterval: Interval;
  /** How often it stands in the corpus. */
  readonly count: number;
  /** In how many documents. */
  readonly documents: number;
  /** Where it had the most relevance of this sign, one place a document. */
  readonly examples: readonly Example[];
}

/** A class with the words that speak for and against it. */
export interface AtlasClass {
  /** Its name. */
  readonly name: string;
  /** How many documents have it as their true class. */
  readonly labelled: number;
  /** How many documents are classified as it. */
  readonly predicted: number;
  /** The words that speak most for it, by what the atlas ranks by. */
  readonly for: readonly AtlasWord[];
  /** The words that speak most against it. */
  readonly against: readonly AtlasWord[];
}

/** Neighbouring words that a filter won on; undefined stands for a word without a vector. */
export type Ngram = readonly (string | undefined)[];

/** An n-gram that a filter won on. */
export interface AtlasNgram {
  /** Its words. */
  readonly words: Ngram;
  /** In how many documents the filter won on it. */
  readonly count: number;
  /** What the filter gave for it; the same each time. */
  readonly activation: number;
}

/** A document that a filter answers to. */
export interface AtlasDocument {
  /** Its name, where it has one. */
  readonly id?: string;
  /** Its true class, where it is known. */
  readonly label?: string;
  /** What the filter gives for it. */
  readonly activation: number;
  /** What it won on. */
  readonly words: Ngram;
}

/** A filter of a max-pooled convolution. */
export interface AtlasFilter {
  /** Which one, from 0. */
  readonly filter: number;
  /** How many words it spans. */
  readonly width: number;
  /** Its weight for each class, shape [C]. */
  readonly weights: readonly number[];
  /** In how many documents it gives more than zero. */
  readonly fired: number;
  /** The mean of what it gives, over all documents. */
  readonly mean: number;
  /** The n-grams with the largest sums of activations over the corpus, largest first. */
  readonly frequent: readonly AtlasNgram[];
  /** The n-grams with the largest activations, largest first. */
  readonly strongest: readonly AtlasNgram[];
  /** The documents with the largest activations, largest first. */
  readonly documents: readonly AtlasDocument[];
}

/** What a model looks at, over a whole corpus. */
export interface Atlas {
  /** The explainer that gave the relevances. */
  readonly explainer: string;
  /** What words are ranked by: their totals, or the ends of the intervals of their means near zero. */
  readonly rank: AtlasRank;
  /** Whether the sign of a relevance tells for and against. */
  readonly signed: boolean;
  /** The classes, in the order of the scores. */
  readonly classes: readonly AtlasClass[];
  /** The filters, if the model is a max-pooled convolution, as a word-CNN is. */
  readonly filters: readonly AtlasFilter[];
  /** How many documents there are. */
  readonly documents: number;
  /** How many words the model saw in them. */
  readonly tokens: number;
  /** In how many documents a word must stand to be listed. */
  readonly minDocuments: number;
}
