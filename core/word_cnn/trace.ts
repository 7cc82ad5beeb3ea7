import type { FloatArray } from "../tensor.ts";

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
