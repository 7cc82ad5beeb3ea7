import {
  type Contributions,
  type FloatArray,
  type Pooling,
  poolWords,
  zerosLike,
} from "@heatword/core";

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

/** Multiplies word vectors by a number for each element, in the precision of the vectors. */
export function timesVectors(vectors: FloatArray, multipliers: FloatArray): FloatArray {
  const elements = zerosLike(vectors, vectors.length);
  for (let i = 0; i < elements.length; i++) elements[i] = multipliers[i]! * vectors[i]!;
  return elements;
}

/** Pools elements into words. */
export function poolElements(
  { score, elements, dimensions, values = elements, expectedSum }: Elements,
  { pooling, detail }: ElementOptions,
): Contributions {
  return {
    score,
    words: poolWords(elements, dimensions, pooling),
    pooling,
    ...(detail === "values" && { values, dimensions }),
    ...(expectedSum !== undefined && pooling === "sum" && { expectedSum }),
  };
}
