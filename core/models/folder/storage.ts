/** How the arrays of a model are stored. */
export interface Storage {
  /**
   * The word vectors: of `int8` and `int4` (two to a byte, the first in the lower four bits, 8 added
   * to each) behind a scale for each.
   */
  readonly vectors: "float32" | "int8" | "int4";
  /** The matrices of the network: of `int8` with a scale for each column. */
  readonly network: "float32" | "int8";
}

/** How small a copy of a model is. */
export interface CompactOptions {
  /** Bits of each number of a word vector; with 4, matrices of the network get 8. @default {8} */
  readonly bits?: 4 | 8;
}

/**
 * How a model is stored that was made smaller, so that nothing more is lost.
 *
 * @param bits Bits of each number of a word vector.
 */
export const compactStorage = (bits: 4 | 8): Storage => ({
  vectors: bits === 4 ? "int4" : "int8",
  network: bits === 4 ? "int8" : "float32",
});
