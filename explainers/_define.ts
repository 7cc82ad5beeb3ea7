import { type FloatArray, type Found, type Pooling, poolWords } from "@heatword/core";

/** What a method found that gives a number for each element of the word vectors. */
export interface Elements {
  /** The explained number. */
  readonly score: number;
  /** What the words are pooled from, shape [T, D]. */
  readonly elements: FloatArray;
  /** Numbers per word (D). */
  readonly dimensions: number;
  /** The values to give, if they are not the elements. */
  readonly values?: FloatArray;
  /** What the words sum to when they are pooled by sum. */
  readonly expectedSum?: number;
}

/** The options of methods that give a number for each element of the word vectors. */
export interface ElementOptions {
  /** How the numbers of a word become one. */
  readonly pooling: Pooling;
  /** Whether the values are given too. */
  readonly detail: "values" | "words";
}

/** Pools elements into words. */
export function poolElements(
  { score, elements, dimensions, values = elements, expectedSum }: Elements,
  { pooling, detail }: ElementOptions,
): Found {
  return {
    score,
    words: poolWords(elements, dimensions, pooling),
    pooling,
    ...(detail === "values" && { values, dimensions }),
    ...(expectedSum !== undefined && pooling === "sum" && { expectedSum }),
  };
}
