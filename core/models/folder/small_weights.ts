import { roundedScale } from "../rounded_scale.ts";

/** The largest whole number. */
const MAX = 127;

/** A matrix as whole numbers from −127 to 127 with a scale for each column. */
export interface RoundedMatrix {
  /** Row-major, shape [M, N]. */
  readonly values: Int8Array;
  /** What a column is multiplied with, shape [N]. */
  readonly scales: Float32Array;
}

/**
 * Rounds a matrix to 8 bits per number. One that was rounded so stays as it is.
 *
 * @param matrix Row-major, shape [M, N].
 * @param columns N: one for each filter, unit or class.
 */
export function roundMatrix(matrix: ArrayLike<number>, columns: number): RoundedMatrix {
  const scales = new Float32Array(columns);
  const values = new Int8Array(matrix.length);
  for (let c = 0; c < columns; c++) {
    let largest = 0;
    for (let i = c; i < matrix.length; i += columns) {
      largest = Math.max(largest, Math.abs(matrix[i]!));
    }
    if (largest === 0) continue;
    const scale = scales[c] = roundedScale(largest / MAX);
    for (let i = c; i < matrix.length; i += columns) {
      values[i] = Math.round(matrix[i]! / scale);
    }
  }
  return { values, scales };
}

/**
 * The numbers of a rounded matrix.
 *
 * @param rounded The matrix.
 * @returns Row-major, shape [M, N].
 */
export function matrixOf({ values, scales }: RoundedMatrix): Float32Array {
  const matrix = new Float32Array(values.length);
  const columns = scales.length;
  for (let start = 0; start < matrix.length; start += columns) {
    for (let c = 0; c < columns; c++) matrix[start + c] = values[start + c]! * scales[c]!;
  }
  return matrix;
}

/** Whether an array of a network is stored in fewer bits where that is asked for: no bias is. */
export const isMatrix = (name: string, shape: readonly number[]): boolean =>
  shape.length === 2 && !name.endsWith("Bias");

/**
 * The arrays of a network as they are read again if its matrices are stored in 8 bits per number.
 *
 * @param weights The arrays, by name; not changed.
 * @param shapes Their shapes, by name.
 */
export function compactWeights<W extends object>(
  weights: W,
  shapes: Readonly<Record<string, readonly number[]>>,
): W {
  const entries = Object.entries(weights).map(([name, values]) => {
    const shape = shapes[name];
    if (!shape || !isMatrix(name, shape)) return [name, values];
    return [name, matrixOf(roundMatrix(values as Float32Array, shape[1]!))];
  });
  return Object.fromEntries(entries) as W;
}
