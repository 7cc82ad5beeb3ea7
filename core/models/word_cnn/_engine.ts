import type { Coalitions } from "../../coalitions.ts";
import type { Distribution, Winnings } from "../../max_pooled_model.ts";
import type { FloatArray, Tensor } from "../../tensor.ts";
import type { RowsInput } from "../rows_input.ts";

/**
 * What the words of a text add to the filters: z of filter f at window t, without bias, is
 * `table[rows[t] + f] + table[rows[t + 1] + second + f]`. Good until the next projection.
 */
export interface Projection {
  /** The numbers. */
  readonly table: FloatArray;
  /** Where the numbers of each word start, as the first word of a window; shape [T]. */
  readonly rows: Uint32Array;
  /** How far after those the numbers as the second word of a window are. */
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

/** What is to be handed to the words of the winning windows. */
export interface Shares extends Distribution {
  /** What the dense layer gets from each filter, shape [F]. */
  readonly pooled: Float64Array;
  /** The winning window of each filter, shape [F]. */
  readonly winners: Int32Array;
}

/** A text of which words are deleted and restored. */
export interface PerturbableText {
  /** The scores as the text is now, in float64. */
  readonly scores: Float64Array;
  /** Makes the text ready: `fresh` with all its words, or `kept` as it was left. */
  ensureLoaded(): "fresh" | "kept";
  /** Restores words, all that are deleted. */
  reset(deleted: readonly number[]): void;
  /** Deletes or restores a word. */
  change(position: number, deleted: boolean): void;
  /** Deletes exactly the words that are marked, from scratch. */
  rebuild(deleted: Uint8Array): void;
  /**
   * The scores after each single deletion from the text as it is now, which it stays.
   *
   * @param scores Where they go, shape [T, C].
   */
  withoutEach(scores: FloatArray): void;
}

/** A text of which sets of words are scored. */
export interface ScorableText {
  /**
   * Scores coalitions one after the other.
   *
   * @param coalitions The coalitions.
   * @param scores Where their scores go, shape [M, C].
   */
  score(coalitions: Coalitions, scores: FloatArray): void;
  /**
   * Scores the text without some words, and without each further one, where that is cheaper so.
   *
   * @param deleted The words.
   * @param scores Where the scores go, shape [T, C].
   */
  scoreWithoutEach?(deleted: readonly number[], scores: FloatArray): void;
}

/** The arithmetic of a word-CNN between word vectors and scores. */
export interface Engine {
  /** What another thread needs to share the projections; only where memory can be shared. */
  readonly handle?: unknown;
  /** Projects the words of several inputs together, so that single ones find them done. */
  prepare(inputs: Iterable<RowsInput>): void;
  /** What the filters make of an input before pooling, where that is at hand; shape [windows, F]. */
  preActivations?(input: RowsInput): Tensor;
  /** The scores of an input, shape [C]. */
  scores(input: RowsInput): FloatArray;
  /** Which window each filter won on, and by what. */
  winnings(input: RowsInput): Winnings;
  /** Opens a text for deleting words. */
  perturb(input: RowsInput): ScorableText;
}
