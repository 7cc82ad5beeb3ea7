import type { OptionValues } from "./options.ts";
import type { Pooling } from "./pooling.ts";
import type { Target } from "./target.ts";
import type { FloatArray } from "./tensor.ts";

/** What became of the relevance that arrived at one layer from above. */
export interface LedgerEntry {
  /** Name of the layer. */
  readonly layer: string;
  /** The rule that was applied, e.g. `epsilon`. */
  readonly rule: string;
  /** Relevance that arrived from above. */
  readonly received: number;
  /** Relevance that was handed on below. */
  readonly passed: number;
  /** The part of `received` that stands for biases, whether shared out or absorbed. */
  readonly bias: number;
  /** The part of `received` that stands for the stabiliser, whether shared out or absorbed. */
  readonly stabilizer: number;
  /**
   * The part of `received` that goes to no input, though biases are shared out: of windows that no
   * word is in, of activations that are not 0 at 0, and what remains at the states of a recurrent
   * layer before the first word. Absent where there is none.
   */
  readonly kept?: number;
  /**
   * What remains at each state of a recurrent layer before the first word, h₀ and c₀, by the name of
   * the state; a part of `kept`.
   */
  readonly initialStates?: Readonly<Record<string, number>>;
  /** The entries of each of several networks side by side, when the layer is made of them. */
  readonly branches?: readonly (readonly LedgerEntry[])[];
}

/** What an explainer found for one target. */
export interface Contributions {
  /** The explained number: the score of the class, or the difference of two scores. */
  readonly score: number;
  /** Relevance of each word position, shape [T]. */
  readonly words: Float64Array;
  /**
   * How the numbers of each word became one in `words`; absent when the method works on words. What
   * was pooled are the `values`, or derivatives of which the values are the squares.
   */
  readonly pooling?: Pooling;
  /** Relevance of each number of each word, shape [T, D]; absent when the method works on words. */
  readonly values?: FloatArray;
  /** Numbers per word (D); present with `values`. */
  readonly dimensions?: number;
  /** Standard error of each word's relevance, shape [T]; of sampling methods. */
  readonly standardErrors?: Float64Array;
  /** What `words` should sum to, when the method promises a sum. */
  readonly expectedSum?: number;
  /**
   * The part of the score that stands for biases and on no word: it is left out of `expectedSum`, so
   * that both together are what the method promises. Absent where it is nothing.
   */
  readonly keptByBiases?: number;
  /** What became of the relevance, layer by layer from the scores down; of propagating methods. */
  readonly ledger?: readonly LedgerEntry[];
}

/** How much each word, and each number of each word, contributed to a target. */
export interface Relevance extends Contributions {
  /** Name of the explainer. */
  readonly explainer: string;
  /** Its options, all of them. */
  readonly options: OptionValues;
  /** What was explained. */
  readonly target: Target;
}

const float64 = (values: readonly number[]) => Float64Array.from(values);

/**
 * Turns a relevance into plain JSON; {@linkcode relevanceFromJSON} gives it back without loss.
 *
 * @param relevance The relevance.
 * @returns An object that `JSON.stringify` writes without loss.
 */
export function relevanceToJSON(relevance: Relevance): Record<string, unknown> {
  const { words, values, standardErrors, ...rest } = relevance;
  return {
    ...rest,
    words: [...words],
    ...(values && {
      values: [...values],
      valuesType: values instanceof Float64Array ? "float64" : "float32",
    }),
    ...(standardErrors && { standardErrors: [...standardErrors] }),
  };
}

/**
 * Reads what {@linkcode relevanceToJSON} made.
 *
 * @param json The object.
 * @returns The relevance.
 * @throws {TypeError} If the object is not a relevance.
 *
 * @example
 * ```ts
 * import { relevanceFromJSON, relevanceToJSON } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const words = new Float64Array([0.1, -0.2]);
 * const relevance = { explainer: "lrp", options: {}, target: 3, score: -0.1, words };
 * assertEquals(relevanceFromJSON(JSON.parse(JSON.stringify(relevanceToJSON(relevance)))), relevance);
 * ```
 */
export function relevanceFromJSON(json: unknown): Relevance {
  const source = json as Record<string, unknown> | null;
  if (typeof source !== "object" || source === null || !Array.isArray(source.words)) {
    throw new TypeError('Cannot read a relevance: there is no array "words"');
  }
  const { words, values, valuesType, standardErrors, ...rest } = source as {
    words: number[];
    values?: number[];
    valuesType?: string;
    standardErrors?: number[];
  };
  return {
    ...rest as Omit<Relevance, "words">,
    words: float64(words),
    ...(values && {
      values: valuesType === "float32" ? Float32Array.from(values) : float64(values),
    }),
    ...(standardErrors && { standardErrors: float64(standardErrors) }),
  };
}
