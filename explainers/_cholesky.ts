/**
 * The lower triangle L of the Cholesky decomposition L Lᵀ of a matrix.
 *
 * @returns L, row-major, or undefined if a pivot is not above the tolerance.
 */
function lowerTriangle(
  data: Float64Array,
  n: number,
  tolerance: number,
): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let squares = 0;
    for (let k = 0; k < j; k++) {
      let sum = 0;
      for (let i = 0; i < k; i++) sum += lower[k * n + i]! * lower[j * n + i]!;
      const value = (data[j * n + k]! - sum) / lower[k * n + k]!;
      lower[j * n + k] = value;
      squares += value * value;
    }
    const diagonal = data[j * n + j]!;
    const root = Math.sqrt(diagonal - squares);
    // Of a negative pivot there is no root, and NaN is above nothing.
    if (!(root ** 2 > tolerance * diagonal)) return undefined;
    lower[j * n + j] = root;
  }
  return lower;
}

/**
 * The inverse of a symmetric positive definite matrix M, by its Cholesky decomposition L Lᵀ.
 *
 * @param data The matrix, row-major, shape [n, n]; only its lower half is read.
 * @param n Rows and columns.
 * @param tolerance The least pivot, as a part of its element on the diagonal: what rounding leaves
 * of 0 is not taken for a number. @default {0}
 * @returns The inverse, row-major, or undefined if the matrix is singular.
 */
export function inverse(
  data: Float64Array,
  n: number,
  tolerance = 0,
): Float64Array | undefined {
  const lower = lowerTriangle(data, n, tolerance);
  if (lower === undefined) return undefined;
  const rows = new Float64Array(n * n);
  const subtract = (row: number, other: number, factor: number, columns: number) => {
    for (let j = 0; j < columns; j++) rows[row * n + j]! -= rows[other * n + j]! * factor;
  };
  const divide = (row: number, columns: number) => {
    const root = lower[row * n + row]!;
    for (let j = 0; j < columns; j++) rows[row * n + j]! /= root;
  };
  // L Y = I, where Y is a lower triangle, too.
  for (let k = 0; k < n; k++) {
    rows[k * n + k] = 1;
    for (let i = 0; i < k; i++) subtract(k, i, lower[k * n + i]!, i + 1);
    divide(k, k + 1);
  }
  // Lᵀ M⁻¹ = Y, in the place of Y.
  for (let k = n - 1; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) subtract(k, i, lower[i * n + k]!, n);
    divide(k, n);
  }
  return rows;
}
