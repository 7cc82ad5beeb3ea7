import { CholeskyDecomposition, Matrix } from "ml-matrix";

/**
 * The inverse of a symmetric positive definite matrix.
 *
 * @param data The matrix, row-major, shape [n, n]; only its lower half is read.
 * @param n Rows and columns.
 * @returns The inverse, row-major, or undefined if the matrix is singular.
 */
export function inverse(data: Float64Array, n: number): Float64Array | undefined {
  const matrix = Matrix.from1DArray(n, n, data);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix.set(j, i, matrix.get(i, j));
  const decomposition = new CholeskyDecomposition(matrix);
  if (!decomposition.isPositiveDefinite()) return undefined;
  return Float64Array.from(decomposition.solve(Matrix.eye(n)).to1DArray());
}

/** y = M x for a row-major matrix of n columns. */
export function times(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const y = new Float64Array(matrix.length / n);
  for (let i = 0; i < y.length; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * x[j]!;
    y[i] = sum;
  }
  return y;
}

/** Adds weight · x xᵀ to the lower half of a row-major matrix. */
export function addOuter(matrix: Float64Array, x: ArrayLike<number>, weight: number): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const scaled = weight * x[i]!;
    if (scaled === 0) continue;
    for (let j = 0; j <= i; j++) matrix[i * n + j]! += scaled * x[j]!;
  }
}

/** Adds weight · x to a vector. */
export function addScaled(y: Float64Array, x: ArrayLike<number>, weight: number): void {
  for (let i = 0; i < y.length; i++) y[i]! += weight * x[i]!;
}
