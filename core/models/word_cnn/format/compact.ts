import { compactWords } from "../../folder/compact_words.ts";
import { compactWeights } from "../../folder/small_weights.ts";
import type { CompactOptions } from "../../folder/storage.ts";
import { weightShapes } from "../parameters.ts";
import { WordCnn } from "../word_cnn.ts";

/**
 * A smaller copy of a model: only some of its words, and their vectors in 8 or 4 bits per number. Words
 * that are left out become zero vectors, as words that the model never knew. With 8 bits the network
 * stays as it is, with 4 its matrices get 8 bits per number.
 *
 * @param model The model; it is not changed.
 * @param keep Which words stay.
 * @param options How many bits.
 * @returns The copy; see {@linkcode compactStorage} for how to save it.
 * @throws {TypeError} If the model is not in float32.
 */
export function compactWordCnn(
  model: WordCnn,
  keep: (word: string) => boolean,
  { bits = 8 }: CompactOptions = {},
): WordCnn {
  const { dimensions, filters, convolutions, classes, reader } = model;
  const words = compactWords(model, keep, bits);
  const shapes = weightShapes({ dimensions, filters, classes: classes.length, convolutions });
  const weights = bits === 4 ? compactWeights(model.weights, shapes) : model.weights;
  return new WordCnn({ ...weights, convolutions, classes, reader, ...words });
}
