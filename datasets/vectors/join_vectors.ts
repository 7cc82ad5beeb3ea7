import { NamedVectors } from "./named_vectors.ts";

/**
 * Joins vectors of the same words: those of a word, each scaled to length 1, stand side by side, zeros
 * where there is none.
 *
 * @param parts The vectors. Words of the first come first.
 * @returns The vectors of all words that any part has, as long as all parts together.
 * @throws {RangeError} If there are no parts.
 *
 * @example
 * ```ts
 * import { joinVectors, NamedVectors } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const one = new NamedVectors(["moon"], new Float32Array([3, 4]), 2);
 * const other = new NamedVectors(["ride", "moon"], new Float32Array([7, -2]), 1);
 * const joined = joinVectors([one, other]);
 * assertEquals(joined.get("moon"), Float32Array.of(0.6, 0.8, -1));
 * assertEquals(joined.get("ride"), Float32Array.of(0, 0, 1));
 * ```
 */
export function joinVectors(parts: readonly NamedVectors[]): NamedVectors {
  if (parts.length === 0) throw new RangeError("Cannot join word vectors: there are none");
  const words = [...new Set(parts.flatMap(({ words }) => words))];
  const width = parts.reduce((sum, { dimensions }) => sum + dimensions, 0);
  const joined = new Float32Array(words.length * width);
  const places = new Map(words.map((word, row) => [word, row]));
  let first = 0;
  for (const { words, matrix, dimensions } of parts) {
    words.forEach((word, row) => {
      const vector = matrix.subarray(row * dimensions, (row + 1) * dimensions);
      const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
      const to = places.get(word)! * width + first;
      if (length > 0) vector.forEach((value, d) => joined[to + d] = value / length);
    });
    first += dimensions;
  }
  return new NamedVectors(words, joined, width);
}
