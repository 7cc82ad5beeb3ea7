import {
  type EmbeddingTable,
  plainVectors,
  quantizedVectors,
  quantizeVectors,
  vectorsToArray,
} from "../embedding_table.ts";
import { Vocabulary } from "../word_cnn/vocabulary.ts";

/** The words that a model knows, and their vectors. */
export interface KnownWords {
  readonly vocabulary: Vocabulary;
  readonly vectors: EmbeddingTable;
}

/**
 * Some words, and their vectors in 8 bits per number.
 *
 * @param known The words; not changed.
 * @param keep Which words stay.
 * @throws {TypeError} If the vectors are not in float32.
 */
export function compactWords(
  { vocabulary, vectors }: KnownWords,
  keep: (word: string) => boolean,
): KnownWords {
  const { dimensions } = vectors;
  const rows = vocabulary.words.flatMap((word, row) => keep(word) ? [row] : []);
  const all = vectorsToArray(vectors);
  if (all instanceof Float64Array) {
    throw new TypeError("Cannot compact a float64 model: convert it to float32 first");
  }
  const kept = new Float32Array(rows.length * dimensions);
  rows.forEach((row, i) => {
    kept.set(all.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  return {
    vocabulary: new Vocabulary(rows.map((row) => vocabulary.words[row]!)),
    vectors: quantizedVectors(quantizeVectors(plainVectors(kept, dimensions)), dimensions),
  };
}
