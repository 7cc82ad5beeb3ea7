/**
 * Vectors of words, side by side in one matrix.
 *
 * @example
 * ```ts
 * import { NamedVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const vectors = new NamedVectors(["ride", "Moon"], new Float32Array([1, 2, 3, 4]), 2);
 * assertEquals(vectors.indexOf("Ride"), 0);
 * assertEquals(vectors.get("Moon"), new Float32Array([3, 4]));
 * assertEquals(vectors.get("moon"), undefined);
 * ```
 */
export class NamedVectors {
  /** The words, in the order of the rows. */
  readonly words: readonly string[];
  /** The vectors, `[V, D]`, one row per word. */
  readonly matrix: Float32Array;
  /** The length D of a vector. */
  readonly dimensions: number;
  readonly #rows: Map<string, number>;

  /**
   * Ties words to the rows of a matrix.
   *
   * @param words The words; none may stand there twice.
   * @param matrix Their vectors, `[V, D]`.
   * @param dimensions The length D of a vector.
   * @throws {RangeError} If the sizes do not fit, or a word is there twice.
   */
  constructor(words: readonly string[], matrix: Float32Array, dimensions: number) {
    if (!Number.isInteger(dimensions) || dimensions < 1) {
      throw new RangeError(`Cannot make word vectors of dimension ${dimensions}`);
    }
    if (matrix.length !== words.length * dimensions) {
      throw new RangeError(
        `Cannot make ${words.length} word vectors of dimension ${dimensions} of ${matrix.length} numbers`,
      );
    }
    this.words = words;
    this.matrix = matrix;
    this.dimensions = dimensions;
    this.#rows = new Map(words.map((word, row) => [word, row]));
    if (this.#rows.size < words.length) {
      const twice = words.find((word, row) => this.#rows.get(word) !== row);
      throw new RangeError(`Cannot make word vectors: the word "${twice}" is there twice`);
    }
  }

  /** The number V of words. */
  get size(): number {
    return this.words.length;
  }

  /**
   * The row of a word: of its exact form or else of its lower case.
   *
   * @param word A word as it was written.
   * @returns The row, or −1 if neither form has a vector.
   */
  indexOf(word: string): number {
    return this.#rows.get(word) ?? this.#rows.get(word.toLowerCase()) ?? -1;
  }

  /**
   * The vector of a word: of its exact form or else of its lower case.
   *
   * @param word A word as it was written.
   * @returns A view of the matrix, `[D]`, or `undefined` if neither form has a vector.
   */
  get(word: string): Float32Array | undefined {
    const row = this.indexOf(word);
    return row < 0
      ? undefined
      : this.matrix.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }
}
