import {
  type EmbeddingTable,
  plainVectors,
  quantizedVectors,
  quantizeVectors,
  vectorsToArray,
} from "../embedding_table.ts";
import { packedVectors, packVectors } from "../packed_vectors.ts";
import { Vocabulary } from "../word_cnn/vocabulary.ts";

/** The words that a model knows, and their vectors. */
export interface KnownWords {
  readonly vocabulary: Vocabulary;
  readonly vectors: EmbeddingTable;
}

/**
 * Some words, and their vectors in few bits per number.
 *
 * @param known The words; not changed.
 * @param keep Which words stay.
 * @param bits How many bits a number has.
 * @throws {TypeError} If the vectors are not in float32.
 */
export function compactWords(
  { vocabulary, vectors }: KnownWords,
  keep: (word: string) => boolean,
  bits: 4 | 8,
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
  const table = plainVectors(kept, dimensions);
  return {
    vocabulary: new Vocabulary(rows.map((row) => vocabulary.words[row]!)),
    vectors: bits === 4
      ? packedVectors(packVectors(table), dimensions)
      : quantizedVectors(quantizeVectors(table), dimensions),
  };
}
