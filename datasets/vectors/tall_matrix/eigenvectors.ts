import { Random } from "@heatword/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { type SparseMatrix, TallMatrices, type TallMatrix } from "./tall_matrix.ts";

/** Columns beside those that are asked for, so that the last of these are found, too. */
const SPARE = 20;
/** Directions with a smaller share of the largest square are rounding errors. */
const NEGLIGIBLE = 1e-10;

/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface Eigenvectors {
  /** The eigenvalues, the largest by absolute value first. */
  readonly values: Float64Array;
  /** Their eigenvectors of unit length, one in each column, row-major, `[rows, values.length]`. */
  readonly vectors: Float64Array;
}

/**
 * All eigenvectors of a small symmetric matrix.
 *
 * @param matrix The matrix, `[size, size]`, row-major; what is above its diagonal counts.
 * @param size Number of rows.
 */
export function symmetricEigenvectors(matrix: Float64Array, size: number): Eigenvectors {
  const full = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      full.set(i, j, matrix[i * size + j]!);
      full.set(j, i, matrix[i * size + j]!);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(full, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i)
    .sort((a, b) => Math.abs(realEigenvalues[b]!) - Math.abs(realEigenvalues[a]!));
  const vectors = new Float64Array(size * size);
  order.forEach((column, j) => {
    for (let i = 0; i < size; i++) vectors[i * size + j] = eigenvectorMatrix.get(i, column);
  });
  return { values: Float64Array.from(order, (column) => realEigenvalues[column]!), vectors };
}

/** Makes the columns of a matrix orthonormal; those that depend on others become zero. */
function orthonormalize(matrices: TallMatrices, from: TallMatrix, to: TallMatrix): void {
  const { values, vectors } = symmetricEigenvectors(matrices.dots(from, from), from.columns);
  const size = from.columns;
  for (let j = 0; j < size; j++) {
    const value = values[j]!;
    const factor = value > NEGLIGIBLE * values[0]! ? 1 / Math.sqrt(value) : 0;
    for (let i = 0; i < size; i++) vectors[i * size + j]! *= factor;
  }
  matrices.multiply(from, vectors, to);
}

/** How the leading eigenvectors are found. */
export interface LeadingOptions {
  /** How many there shall be. */
  readonly count: number;
  /** How often the space is multiplied by the matrix. */
  readonly passes: number;
  /** Seed of the space that it begins with. */
  readonly seed: number;
  /** Called after each pass with the number of passes done. */
  readonly onPass?: (done: number) => void | Promise<void>;
}

/**
 * The leading eigenvectors of a sparse symmetric matrix, by subspace iteration from a random space
 * (Halko, Martinsson and Tropp, "Finding Structure with Randomness", 2011, algorithms 4.4 and 5.3).
 *
 * @param matrix The matrix; it must be symmetric.
 * @param options How many, and how exactly.
 * @returns As many as were asked for, or as the matrix has rows. The largest number by absolute value
 * of each is positive.
 */
export async function leadingEigenvectors(
  matrix: SparseMatrix,
  { count, passes, seed, onPass }: LeadingOptions,
): Promise<Eigenvectors> {
  const rows = matrix.starts.length - 1;
  const found = Math.min(count, rows);
  const matrices = new TallMatrices(rows);
  const sparse = matrices.place(matrix);
  const width = Math.min(rows, count + SPARE);
  const space = matrices.zeros(width);
  const image = matrices.zeros(width);
  const random = new Random(seed);
  matrices.fill(image, 0, width, () => random.normal());
  for (let pass = 1; pass < passes; pass++) {
    orthonormalize(matrices, image, space);
    matrices.multiplySparse(sparse, space, image);
    await onPass?.(pass);
  }
  orthonormalize(matrices, image, space);
  matrices.multiplySparse(sparse, space, image);
  const { values, vectors } = symmetricEigenvectors(matrices.dots(space, image), space.columns);
  matrices.multiply(space, vectors, image);
  await onPass?.(passes);
  const numbers = Float64Array.from(matrices.toRows(image, found));
  for (let j = 0; j < found; j++) {
    let largest = 0;
    for (let at = j; at < numbers.length; at += found) {
      if (Math.abs(numbers[at]!) > Math.abs(largest)) largest = numbers[at]!;
    }
    if (largest >= 0) continue;
    for (let at = j; at < numbers.length; at += found) numbers[at] = -numbers[at]!;
  }
  return { values: values.slice(0, found), vectors: numbers };
}
