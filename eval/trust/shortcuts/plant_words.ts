import type { Random } from "@heatword/core";
import type { EmbeddingTable } from "@heatword/core/word-cnn";

const CONSONANTS = "bdfgklmnprstvz";
const VOWELS = "aeiou";

/**
 * Makes up words that nobody writes.
 *
 * @param count How many.
 * @param isKnown Whether a word is one of the corpus.
 * @param random Draws them.
 * @returns Different words, in lower case.
 */
export function madeUpWords(
  count: number,
  isKnown: (word: string) => boolean,
  random: Random,
): string[] {
  const found = new Set<string>();
  const letter = (letters: string) => letters[random.below(letters.length)];
  while (found.size < count) {
    const word = `q${
      Array.from({ length: 4 }, () => letter(CONSONANTS)! + letter(VOWELS)).join("")
    }`;
    if (!isKnown(word)) found.add(word);
  }
  return [...found];
}

/** The mean norm of the vectors that are not zero. */
function meanNorm(vectors: EmbeddingTable): number {
  const row = new Float64Array(vectors.dimensions);
  let sum = 0, count = 0;
  for (let i = 0; i < vectors.size; i++) {
    vectors.copyRow(i, row, 0);
    const norm = Math.hypot(...row);
    if (norm === 0) continue;
    sum += norm;
    count++;
  }
  return count === 0 ? 1 : sum / count;
}

/**
 * Word vectors followed by some more, Gaussian ones of the mean norm of the others: a word
 * without a vector could not be learned.
 *
 * @param vectors The vectors.
 * @param count How many are added.
 * @param random Draws them.
 * @returns All rows, shape [V + count, D].
 */
export function withDrawnVectors(
  vectors: EmbeddingTable,
  count: number,
  random: Random,
): Float32Array {
  const { size, dimensions } = vectors;
  const all = new Float32Array((size + count) * dimensions);
  for (let row = 0; row < size; row++) vectors.copyRow(row, all, row * dimensions);
  const norm = meanNorm(vectors);
  for (let row = size; row < size + count; row++) {
    const drawn = Float64Array.from({ length: dimensions }, () => random.normal());
    const scale = norm / Math.hypot(...drawn);
    drawn.forEach((value, d) => all[row * dimensions + d] = scale * value);
  }
  return all;
}
