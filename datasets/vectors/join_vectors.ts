import { NamedVectors } from "./named_vectors.ts";
import { symmetricEigenvectors } from "./tall_matrix/eigenvectors.ts";
import { TallMatrices } from "./tall_matrix/tall_matrix.ts";

/** One over the length of each vector; 0 for a vector of zeros. */
function factorsOf({ matrix, dimensions, size }: NamedVectors): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => {
    let squares = 0;
    for (let d = 0; d < dimensions; d++) squares += matrix[row * dimensions + d]! ** 2;
    return squares === 0 ? 0 : 1 / Math.sqrt(squares);
  });
}

/**
 * Joins vectors of the same words: those of a word, each scaled to length 1, stand side by side, zeros
 * where there is none. What is then longer than wanted is turned onto the principal axes of all words
 * and cut there; that keeps the most that so many numbers can of all inner products.
 *
 * The axes are not centred, and the first number by absolute value of each is positive.
 *
 * @param parts The vectors. Words of the first come first.
 * @param dimensions The largest length of a joined vector.
 * @returns The vectors of all words that any part has.
 * @throws {RangeError} If there are no parts.
 *
 * @example
 * ```ts
 * import { joinVectors, NamedVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const one = new NamedVectors(["moon"], new Float32Array([3, 4]), 2);
 * const other = new NamedVectors(["ride", "moon"], new Float32Array([7, -2]), 1);
 * const joined = joinVectors([one, other], 3);
 * assertEquals(joined.get("moon"), Float32Array.of(0.6, 0.8, -1));
 * assertEquals(joined.get("ride"), Float32Array.of(0, 0, 1));
 * ```
 */
export function joinVectors(parts: readonly NamedVectors[], dimensions: number): NamedVectors {
  if (parts.length === 0) throw new RangeError("Cannot join word vectors: there are none");
  const words = [...new Set(parts.flatMap(({ words }) => words))];
  const width = parts.reduce((sum, { dimensions }) => sum + dimensions, 0);
  const matrices = new TallMatrices(words.length);
  const joined = matrices.zeros(width);
  let first = 0;
  for (const part of parts) {
    const { matrix, dimensions } = part;
    const ofWord = new Map(part.words.map((word, row) => [word, row]));
    const rows = words.map((word) => ofWord.get(word) ?? -1);
    const factors = factorsOf(part);
    matrices.fill(joined, first, dimensions, (word, d) => {
      const row = rows[word]!;
      return row < 0 ? 0 : matrix[row * dimensions + d]! * factors[row]!;
    });
    first += dimensions;
  }
  if (width <= dimensions) return new NamedVectors(words, matrices.toRows(joined, width), width);
  const size = joined.columns;
  const { vectors } = symmetricEigenvectors(matrices.dots(joined, joined), size);
  const cut = matrices.zeros(dimensions);
  const axes = new Float64Array(size * cut.columns);
  for (let j = 0; j < dimensions; j++) {
    let sign = 0;
    for (let i = 0; i < size && sign === 0; i++) {
      // Smaller numbers are rounding errors, whose sign means nothing.
      const value = vectors[i * size + j]!;
      if (Math.abs(value) > 1e-6) sign = Math.sign(value);
    }
    for (let i = 0; i < size; i++) axes[i * cut.columns + j] = vectors[i * size + j]! * sign;
  }
  matrices.multiply(joined, axes, cut);
  return new NamedVectors(words, matrices.toRows(cut, dimensions), dimensions);
}
