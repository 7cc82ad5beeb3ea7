import { compactWords } from "../../folder/compact_words.ts";
import { WordCnn } from "../word_cnn.ts";

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
  return new WordCnn({
    ...model.weights,
    convolutions: model.convolutions,
    classes: model.classes,
    reader: model.reader,
    ...compactWords(model, keep),
  });
}
