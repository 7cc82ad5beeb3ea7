import { Vocabulary } from "../vocabulary.ts";
import { WordCnn } from "../word_cnn.ts";
import {
  plainVectors,
  quantizedVectors,
  quantizeVectors,
  vectorsToArray,
} from "../../embedding_table.ts";

/**
 * A smaller copy of a model: only some of its words, and their vectors in 8 bits per number. Words that
 * are left out become zero vectors, as words that the model never knew. The network stays as it is.
 *
 * @param model The model; it is not changed.
 * @param keep Which words stay.
 * @returns The copy.
 * @throws {TypeError} If the model is not in float32.
 */
export function compactWordCnn(model: WordCnn, keep: (word: string) => boolean): WordCnn {
  const { dimensions } = model;
  const rows = model.vocabulary.words.flatMap((word, row) => keep(word) ? [row] : []);
  const all = vectorsToArray(model.vectors);
  if (all instanceof Float64Array) {
    throw new TypeError("Cannot compact a float64 model: convert it to float32 first");
  }
  const kept = new Float32Array(rows.length * dimensions);
  rows.forEach((row, i) => {
    kept.set(all.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  return new WordCnn({
    ...model.weights,
    convolutions: model.convolutions,
    classes: model.classes,
    reader: model.reader,
    vocabulary: new Vocabulary(rows.map((row) => model.vocabulary.words[row]!)),
    vectors: quantizedVectors(quantizeVectors(plainVectors(kept, dimensions)), dimensions),
  });
}
