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

/**
 * An input given by rows of the vocabulary; its vectors are looked up when they are asked for.
 *
 * @param rows The rows; kept, not copied.
 * @param table Their vectors.
 */
export function rowsInput(rows: Int32Array, table: WordVectors): WordCnnInput {
  const { dimensions, type } = table;
  let found: FloatArray | undefined;
  return {
    length: rows.length,
    dimensions,
    rows,
    get vectors() {
      if (found) return found;
      const size = rows.length * dimensions;
      const vectors = type === "float64" ? new Float64Array(size) : new Float32Array(size);
      for (let t = 0; t < rows.length; t++) {
        if (rows[t]! >= 0) table.copyRow(rows[t]!, vectors, t * dimensions);
      }
      return found = vectors;
    },
  };
}
