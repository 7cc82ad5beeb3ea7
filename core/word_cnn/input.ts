import type { VectorInput } from "../model.ts";
import type { FloatArray } from "../tensor.ts";
import type { WordVectors } from "./word_vectors.ts";

/** A document as a {@linkcode WordCnn} sees it. */
export interface WordCnnInput extends VectorInput {
  /**
   * The row of the vocabulary of each word, −1 for the zero vector, shape [T]. Absent when the
   * vectors are no words of the vocabulary; the fast path uses rows where it can.
   */
  readonly rows?: Int32Array;
}

/** An input given by rows of the vocabulary; its vectors are looked up when they are asked for. */
export class RowsInput implements WordCnnInput {
  readonly rows: Int32Array;
  readonly #table: WordVectors;
  #vectors: FloatArray | undefined;

  constructor(rows: Int32Array, table: WordVectors) {
    this.rows = rows;
    this.#table = table;
  }

  get length(): number {
    return this.rows.length;
  }

  get dimensions(): number {
    return this.#table.dimensions;
  }

  get vectors(): FloatArray {
    if (this.#vectors) return this.#vectors;
    const { dimensions, type } = this.#table;
    const size = this.rows.length * dimensions;
    const vectors = type === "float64" ? new Float64Array(size) : new Float32Array(size);
    this.rows.forEach((row, t) => {
      if (row >= 0) this.#table.copyRow(row, vectors, t * dimensions);
    });
    return this.#vectors = vectors;
  }
}
