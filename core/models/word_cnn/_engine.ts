import type { FloatArray } from "../../tensor.ts";
import type { WordCnnInput } from "../input.ts";
import type { Distributed, Distribution } from "./trace.ts";

/**
 * What the words of a text add to the filters: z of filter f at window t, without bias, is
 * `table[rows[t] + f] + table[rows[t + 1] + second + f]`. Good until the next projection.
 */
export interface Projection {
  /** The numbers. */
  readonly table: FloatArray;
  /** Where the numbers of each word start, as the first word of a window; shape [T]. */
  readonly rows: Uint32Array;
  /** How far behind those the numbers as the second word of a window are. */
  readonly second: number;
}

/** The maximum of each filter over the text, and what the dense layer makes of it. */
export interface Pooled {
  /** Largest pre-activation of each filter, with bias, shape [F]. */
  readonly best: FloatArray;
  /** The first window that has it, shape [F]. */
  readonly winners: Int32Array;
  /** The scores, in float64, shape [C]. */
  readonly scores: Float64Array;
}

/** A text of which words are deleted and restored. */
export interface PerturbableText {
  /** The scores as the text is now, in float64. */
  readonly scores: Float64Array;
  /** Makes the text ready; all words are present then if it says so, else it is as it was left. */
  claim(): boolean;
  /** Restores words, all that are deleted. */
  reset(deleted: readonly number[]): void;
  /** Deletes or restores a word. */
  change(position: number, deleted: boolean): void;
  /** Deletes exactly the words that are marked, from scratch. */
  rebuild(deleted: Uint8Array): void;
}

/** The arithmetic of a word-CNN between word vectors and scores. */
export interface Engine {
  /** Projects the words of several inputs together, so that single ones find them done. */
  prepare(inputs: Iterable<WordCnnInput>): void;
  /** Projects the words of an input. */
  project(input: WordCnnInput): Projection;
  /** Takes the maximum over the text; the arrays are the caller's. */
  pool(projection: Projection): Pooled;
  /**
   * Adds every filter, times a coefficient, to the two words of its winning window.
   *
   * @returns Shape [T, D].
   */
  spread(length: number, winners: Int32Array, coefficients: FloatArray): FloatArray;
  /** Hands the filters' shares of all classes to the words. */
  distribute(length: number, distribution: Distribution): Distributed;
  /** Opens a text for deleting words. */
  perturb(input: WordCnnInput): PerturbableText;
}
