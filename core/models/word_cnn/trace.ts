import type { FloatArray } from "../../tensor.ts";

/** What a word-CNN computed for an input: all that relevance and gradients need. */
export interface WordCnnTrace {
  /** Largest pre-activation of each filter z_f, with bias, before ReLU; shape [F]. */
  readonly preActivations: FloatArray;
  /** The window that won, the first of equals: words t and t + 1; shape [F]. */
  readonly winners: Int32Array;
  /** What word t of that window adds to z_f, shape [F]. */
  readonly first: FloatArray;
  /** What word t + 1 of that window adds to z_f, shape [F]. */
  readonly second: FloatArray;
  /** The scores, shape [C]. */
  readonly scores: FloatArray;
}

/** What every word adds to every filter: z of filter f at window t is first[t, f] + second[t + 1, f] + b_f. */
export interface WindowParts {
  /** As the first word of a window, shape [T, F]. */
  readonly first: FloatArray;
  /** As the second word of a window, shape [T, F]. */
  readonly second: FloatArray;
}

/** How every filter's share of every class is handed to words; see `WordCnn.distribute`. */
export interface Distribution {
  /** What the dense layer gets from each filter, shape [F]. */
  readonly pooled: Float64Array;
  /** The winning window of each filter, shape [F]. */
  readonly winners: Int32Array;
  /** What the weight of each class is multiplied with, shape [C]. */
  readonly scale: Float64Array;
  /** What is added for each class, shape [C]. */
  readonly offset: Float64Array;
  /**
   * For each filter four factors: of its first word, of its second word, and two for the sums that
   * are kept besides; shape [F, 4].
   */
  readonly factors: Float64Array;
}

/** What came of a {@linkcode Distribution}. */
export interface Distributed {
  /** What each word got of each class, shape [C, T]. */
  readonly words: readonly Float64Array[];
  /** For each class the sums over filters of the share, and of it times the third and fourth factor; shape [3, C]. */
  readonly totals: Float64Array;
}
