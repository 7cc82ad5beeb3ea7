import { PCA } from "ml-pca";

/** Points in the plane of the two largest principal components. */
export interface Projection {
  /** Coordinates, shape [N, 2]. */
  readonly points: Float64Array;
  /** The part of the variance along each of the two components. */
  readonly explainedVariance: readonly [number, number];
  /** The two components, shape [2, D], of unit norm. */
  readonly components: Float64Array;
}

function means(vectors: Float32Array, dimensions: number, count: number): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) mean[d]! += vectors[i * dimensions + d]!;
  }
  return mean.map((sum) => sum / count);
}

/** Sample covariance (n − 1), summed in float64 over the upper triangle. */
function covariance(vectors: Float32Array, dimensions: number, mean: Float64Array): Float64Array[] {
  const count = vectors.length / dimensions;
  const sums = Array.from({ length: dimensions }, () => new Float64Array(dimensions));
  const row = new Float64Array(dimensions);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) row[d] = vectors[i * dimensions + d]! - mean[d]!;
    for (let a = 0; a < dimensions; a++) {
      const x = row[a]!;
      if (x === 0) continue;
      const target = sums[a]!;
      for (let b = a; b < dimensions; b++) target[b]! += x * row[b]!;
    }
  }
  for (let a = 0; a < dimensions; a++) {
    for (let b = a; b < dimensions; b++) {
      sums[a]![b]! /= count - 1;
      sums[b]![a] = sums[a]![b]!;
    }
  }
  return sums;
}

/**
 * Projects vectors on the plane of their two largest principal components (Pearson 1901), centred,
 * not scaled, by the eigenvectors of the covariance matrix. The sign of a component, which PCA
 * leaves open, is such that its largest number by absolute value is positive. Vectors of one number
 * have no second component: it is zero.
 *
 * @param vectors The vectors, shape [N, D].
 * @param dimensions D.
 * @returns The points; all zero where the vectors do not differ.
 * @throws {RangeError} If there are fewer than two vectors, or a number is not finite.
 *
 * @example
 * ```ts
 * import { projectToPlane } from "@heatword/eval/pca";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { points } = projectToPlane(new Float32Array([0, 0, 3, 4, 6, 8]), 2);
 * assertAlmostEquals(points[4]! - points[0]!, 10, 1e-9);
 * ```
 */
export function projectToPlane(vectors: Float32Array, dimensions: number): Projection {
  const count = vectors.length / dimensions;
  if (!(count >= 2) || !Number.isInteger(count) || dimensions < 1) {
    throw new RangeError(
      `Cannot project ${vectors.length} numbers as vectors of ${dimensions}: ` +
        "principal components need two vectors at least",
    );
  }
  const mean = means(vectors, dimensions, count);
  if (!mean.every(Number.isFinite)) {
    throw new RangeError("Cannot project vectors with numbers that are not finite");
  }
  const matrix = covariance(vectors, dimensions, mean);
  const variance = matrix.reduce((sum, row, d) => sum + row[d]!, 0);
  const pca = new PCA(matrix as unknown as number[][], { isCovarianceMatrix: true });
  const eigenvectors = pca.getEigenvectors();
  const components = new Float64Array(2 * dimensions);
  const found = Math.min(2, dimensions);
  for (let c = 0; c < found; c++) {
    let extreme = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = eigenvectors.get(d, c);
      components[c * dimensions + d] = value;
      if (Math.abs(value) > Math.abs(extreme)) extreme = value;
    }
    if (extreme < 0) {
      for (let d = 0; d < dimensions; d++) components[c * dimensions + d]! *= -1;
    }
  }
  const points = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 2; c++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        sum += (vectors[i * dimensions + d]! - mean[d]!) * components[c * dimensions + d]!;
      }
      points[i * 2 + c] = sum;
    }
  }
  const share = (c: number) =>
    variance === 0 || c >= found ? 0 : Math.max(0, pca.getEigenvalues()[c]!) / variance;
  return { points, explainedVariance: [share(0), share(1)], components };
}
