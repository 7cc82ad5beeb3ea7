import type { VectorInput } from "../model.ts";
import { type FloatArray, zerosLike } from "../tensor.ts";
import type { EmbeddingTable } from "./embedding_table.ts";

/** An input of words that may be known by their rows in a table of vectors. */
export interface RowsInput extends VectorInput {
  /**
   * The row of each word, −1 for the zero vector, shape [T]. Absent when the vectors are not rows of
   * the table; fast paths use rows where they can.
   */
  readonly rows?: Int32Array;
  /**
   * Where the rows go that the layers see: row i of them is position `order[i]`. Absent where they see
   * the input as it is.
   */
  readonly order?: Int32Array;
  /**
   * Which of the rows that the layers see are words (1), and which padding that they pass over (0).
   * A deleted word stays a word. Absent where nothing is passed over.
   */
  readonly mask?: Uint8Array;
}

/** What an input says besides its words. */
export type AboutInput = Pick<RowsInput, "order" | "mask" | "unknown">;

function aboutOf({ order, mask, unknown }: RowsInput): AboutInput {
  return { ...(order && { order }), ...(mask && { mask }), ...(unknown && { unknown }) };
}

/**
 * An input given by rows of the vocabulary; its vectors are looked up when they are asked for.
 *
 * @param rows The rows; kept, not copied.
 * @param table Their vectors.
 * @param about What else there is to say of it.
 */
export function rowsInput(
  rows: Int32Array,
  table: EmbeddingTable,
  about: AboutInput = {},
): RowsInput {
  const { dimensions, type } = table;
  let found: FloatArray | undefined;
  return {
    ...about,
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

/**
 * Checks rows and fills them up.
 *
 * @param rows Rows in text order, −1 for the zero vector; copied.
 * @param length Number of words wanted, at least as many as there are rows; the rest is −1.
 * @param size Number of rows of the table.
 * @returns The rows, shape [length].
 * @throws {RangeError} If a row is out of range.
 */
export function checkedRows(rows: ArrayLike<number>, length: number, size: number): Int32Array {
  const all = new Int32Array(length).fill(-1);
  for (let t = 0; t < rows.length; t++) {
    const row = rows[t]!;
    if (!Number.isInteger(row) || row < -1 || row >= size) {
      throw new RangeError(`Cannot take row ${row}: there are ${size} rows`);
    }
    all[t] = row;
  }
  return all;
}

/**
 * Moves to another point of the input space.
 *
 * @param input An input.
 * @param vectors The word vectors there, shape [T, D]; kept, not copied.
 * @returns The input at that point.
 * @throws {RangeError} If there are not T · D numbers.
 */
export function withVectors(input: RowsInput, vectors: FloatArray): RowsInput {
  const { length, dimensions } = input;
  if (vectors.length !== length * dimensions) {
    throw new RangeError(`Cannot replace ${length * dimensions} numbers by ${vectors.length}`);
  }
  return { ...aboutOf(input), length, dimensions, vectors };
}

/**
 * Deletes words: they become the zero vector.
 *
 * @param input An input; not changed.
 * @param positions The positions to delete.
 * @param table The vectors of its rows.
 * @returns The new input.
 */
export function withoutWords(
  input: RowsInput,
  positions: Iterable<number>,
  table: EmbeddingTable,
): RowsInput {
  const { length, dimensions } = input;
  if (input.rows) {
    const rows = input.rows.slice();
    for (const t of positions) rows[t] = -1;
    return rowsInput(rows, table, aboutOf(input));
  }
  const vectors = zerosLike(input.vectors, input.vectors.length);
  vectors.set(input.vectors);
  for (const t of positions) vectors.fill(0, t * dimensions, (t + 1) * dimensions);
  return { ...aboutOf(input), length, dimensions, vectors };
}

/**
 * Makes an input of any word vectors.
 *
 * @param vectors Row-major, shape [T, D]; kept, not copied, unless zero vectors are added.
 * @param dimensions Numbers per word (D).
 * @param min Fewest words; fewer are filled up with zero vectors.
 * @returns The input.
 * @throws {RangeError} If the numbers do not make whole rows.
 */
export function vectorsInput(vectors: FloatArray, dimensions: number, min: number): RowsInput {
  const length = vectors.length / dimensions;
  if (!Number.isInteger(length)) {
    throw new RangeError(`Cannot cut ${vectors.length} numbers into rows of ${dimensions}`);
  }
  if (length >= min) return { length, dimensions, vectors };
  const padded = zerosLike(vectors, min * dimensions);
  padded.set(vectors);
  return { length: min, dimensions, vectors: padded };
}
