import type { FloatArray } from "../tensor.ts";

/** A table of word vectors, one row per word, however the rows are stored. */
export interface EmbeddingTable {
  /** Number of rows V. */
  readonly size: number;
  /** Numbers per row (D). */
  readonly dimensions: number;
  /** How the rows are stored. */
  readonly type: "float32" | "float64" | "int8" | "int4";
  /**
   * Writes a row.
   *
   * @param row Which row, from 0.
   * @param target Where to write it.
   * @param offset Index of its first number there.
   */
  copyRow(row: number, target: FloatArray, offset: number): void;
}

function rowsOf(numbers: number, dimensions: number): number {
  const rows = numbers / dimensions;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`Cannot cut ${numbers} numbers into rows of ${dimensions}`);
  }
  return rows;
}

/**
 * Word vectors stored as they are.
 *
 * @param values The numbers, row-major, shape [V, D]; kept, not copied.
 * @param dimensions Numbers per row (D).
 * @returns The table.
 * @throws {RangeError} If the numbers do not make whole rows.
 */
export function plainVectors(values: FloatArray, dimensions: number): EmbeddingTable {
  return {
    size: rowsOf(values.length, dimensions),
    dimensions,
    type: values instanceof Float64Array ? "float64" : "float32",
    copyRow(row, target, offset) {
      target.set(values.subarray(row * dimensions, (row + 1) * dimensions), offset);
    },
  };
}

/** Word vectors as whole numbers from −127 to 127 with a scale for each row. */
export interface QuantizedValues {
  /** Row-major, shape [V, D]. */
  readonly values: Int8Array;
  /** What a row is multiplied with, shape [V]. */
  readonly scales: Float32Array;
}

/**
 * Word vectors stored in 8 bits per number.
 *
 * @param quantized The whole numbers and the scales; kept, not copied.
 * @param dimensions Numbers per row (D).
 * @returns The table; its rows are values · scale.
 * @throws {RangeError} If the numbers do not make whole rows, one for each scale.
 */
export function quantizedVectors(
  { values, scales }: QuantizedValues,
  dimensions: number,
): EmbeddingTable {
  const size = rowsOf(values.length, dimensions);
  if (scales.length !== size) {
    throw new RangeError(`Cannot scale ${size} rows by ${scales.length} scales`);
  }
  return {
    size,
    dimensions,
    type: "int8",
    copyRow(row, target, offset) {
      const scale = scales[row]!;
      const start = row * dimensions;
      for (let d = 0; d < dimensions; d++) {
        target[offset + d] = Math.fround(values[start + d]! * scale);
      }
    },
  };
}

/**
 * Rounds word vectors to 8 bits per number: the largest number of each row becomes ±127.
 *
 * @param vectors The table.
 * @returns The whole numbers and the scales.
 *
 * @example
 * ```ts
 * import { plainVectors, quantizeVectors } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * const { values } = quantizeVectors(plainVectors(new Float32Array([0.5, -1, 0, 0]), 2));
 * assertEquals([...values], [64, -127, 0, 0]);
 * ```
 */
export function quantizeVectors(vectors: EmbeddingTable): QuantizedValues {
  const { size, dimensions } = vectors;
  const values = new Int8Array(size * dimensions);
  const scales = new Float32Array(size);
  const row = new Float32Array(dimensions);
  for (let i = 0; i < size; i++) {
    vectors.copyRow(i, row, 0);
    let largest = 0;
    for (const value of row) largest = Math.max(largest, Math.abs(value));
    if (largest === 0) continue;
    scales[i] = largest / 127;
    for (let d = 0; d < dimensions; d++) {
      values[i * dimensions + d] = Math.max(-127, Math.min(127, Math.round(row[d]! / scales[i]!)));
    }
  }
  return { values, scales };
}

/**
 * All rows in one array.
 *
 * @param vectors The table.
 * @returns Row-major, shape [V, D]; float64 for a float64 table, else float32.
 */
export function vectorsToArray(vectors: EmbeddingTable): FloatArray {
  const length = vectors.size * vectors.dimensions;
  const all = vectors.type === "float64" ? new Float64Array(length) : new Float32Array(length);
  for (let i = 0; i < vectors.size; i++) vectors.copyRow(i, all, i * vectors.dimensions);
  return all;
}
