import { compactWords } from "../../folder/compact_words.ts";
import { compactWeights } from "../../folder/small_weights.ts";
import type { CompactOptions } from "../../folder/storage.ts";
import { recurrentShapes } from "../parameters.ts";
import { RecurrentClassifier } from "../recurrent_classifier.ts";

/**
 * A smaller copy of a model: only some of its words, and their vectors in 8 or 4 bits per number. Words
 * that are left out become zero vectors, as words that the model never knew. With 8 bits the network
 * stays as it is, with 4 its matrices get 8 bits per number.
 *
 * @param model The model; it is not changed.
 * @param keep Which words stay.
 * @param options How many bits.
 * @returns The copy.
 * @throws {TypeError} If the model is not in float32.
 */
export function compactRecurrent(
  model: RecurrentClassifier,
  keep: (word: string) => boolean,
  { bits = 8 }: CompactOptions = {},
): RecurrentClassifier {
  const { shape, classes, reader } = model;
  const words = compactWords(model, keep, bits);
  const weights = bits === 4
    ? compactWeights(model.weights, Object.fromEntries(recurrentShapes(shape)))
    : model.weights;
  return new RecurrentClassifier({ ...shape, classes, weights, reader, ...words });
}
