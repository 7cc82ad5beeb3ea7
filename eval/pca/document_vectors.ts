import type { FloatArray, VectorInput } from "@heatword/core";

/**
 * A document as the sum of its word vectors, each times a weight: d = Σ_t R(w_t) · w_t
 * (Arras et al. 2016, section 3.5).
 *
 * @param input The word vectors, shape [T, D].
 * @param weights A weight for each word, shape [T]; all 1 when absent.
 * @returns The sum, shape [D].
 *
 * @example
 * ```ts
 * import { weightedSum } from "@heatword/eval/pca";
 * import { assertEquals } from "@std/assert";
 *
 * const input = { length: 2, dimensions: 2, vectors: new Float32Array([1, 2, 3, 4]) };
 * assertEquals([...weightedSum(input, [1, -1])], [-2, -2]);
 * assertEquals([...weightedSum(input)], [4, 6]);
 * ```
 */
export function weightedSum(input: VectorInput, weights?: ArrayLike<number>): Float64Array {
  const { length, dimensions, vectors } = input;
  const sum = new Float64Array(dimensions);
  for (let t = 0; t < length; t++) {
    const weight = weights ? weights[t] ?? 0 : 1;
    if (weight === 0) continue;
    for (let d = 0; d < dimensions; d++) sum[d]! += weight * vectors[t * dimensions + d]!;
  }
  return sum;
}

/**
 * A document as the sum of its word vectors, every number of them times its own relevance:
 * d = Σ_t R_t ⊙ w_t (Arras et al. 2016, section 3.5, "e.w.").
 *
 * @param input The word vectors, shape [T, D].
 * @param values Relevance of each number of each word, shape [T, D].
 * @returns The sum, shape [D].
 * @throws {RangeError} If the shapes differ.
 *
 * @example
 * ```ts
 * import { elementwiseSum } from "@heatword/eval/pca";
 * import { assertEquals } from "@std/assert";
 *
 * const input = { length: 2, dimensions: 2, vectors: new Float32Array([1, 2, 3, 4]) };
 * assertEquals([...elementwiseSum(input, new Float32Array([1, 0, 1, -1]))], [4, -4]);
 * ```
 */
export function elementwiseSum(input: VectorInput, values: FloatArray): Float64Array {
  const { length, dimensions, vectors } = input;
  if (values.length !== length * dimensions) {
    throw new RangeError(
      `Cannot weight ${length} words of ${dimensions} numbers by ${values.length} relevances`,
    );
  }
  const sum = new Float64Array(dimensions);
  for (let t = 0, i = 0; t < length; t++) {
    for (let d = 0; d < dimensions; d++, i++) sum[d]! += values[i]! * vectors[i]!;
  }
  return sum;
}

/**
 * Scales a vector to unit l2 norm.
 *
 * @param vector The vector.
 * @returns A new vector of norm 1; all zeros for a zero vector.
 * @throws {RangeError} If the norm is not finite.
 *
 * @example
 * ```ts
 * import { toUnitNorm } from "@heatword/eval/pca";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...toUnitNorm(new Float64Array([3, -4]))], [0.6, -0.8]);
 * ```
 */
export function toUnitNorm(vector: FloatArray): Float64Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (!Number.isFinite(largest)) throw new RangeError(`Cannot scale a vector with "${largest}"`);
  const unit = Float64Array.from(vector);
  if (largest === 0) return unit;
  // First by the largest number, so that squares neither overflow nor vanish.
  let squares = 0;
  for (let d = 0; d < unit.length; d++) {
    unit[d]! /= largest;
    squares += unit[d]! ** 2;
  }
  const norm = Math.sqrt(squares);
  for (let d = 0; d < unit.length; d++) unit[d]! /= norm;
  return unit;
}
