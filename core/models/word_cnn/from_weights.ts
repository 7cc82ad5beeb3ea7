import { FILTER_WIDTH, type NetworkWeights } from "./parameters.ts";
import { Vocabulary } from "./vocabulary.ts";
import { WordCnn } from "./word_cnn.ts";
import { plainVectors } from "../embedding_table.ts";

/** Bare weights of a word-CNN, with or without names for the classes. */
export interface BareWordCnn extends NetworkWeights {
  /** The names of the classes. @default {["0", "1", …]} */
  readonly classes?: readonly string[];
}

/**
 * Makes a word-CNN without a vocabulary, for inputs that are given as vectors.
 *
 * @param parameters The weights; float64 for a reference.
 * @returns The model; to it, every word of a document is unknown.
 * @throws {RangeError} If sizes do not fit together.
 *
 * @example
 * ```ts
 * import { wordCnnFromWeights } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * // One number a word, one filter that adds neighbours, two classes.
 * const model = wordCnnFromWeights({
 *   convolutionWeights: new Float64Array([1, 1]),
 *   convolutionBias: new Float64Array([0]),
 *   denseWeights: new Float64Array([1, -1]),
 *   denseBias: new Float64Array([0, 10]),
 * });
 * const input = model.inputFromVectors(new Float64Array([1, 2, 4]));
 * assertEquals([...model.scores(input)], [6, 4]);
 * ```
 */
export function wordCnnFromWeights(parameters: BareWordCnn): WordCnn {
  const { convolutionWeights, convolutionBias, denseBias } = parameters;
  const dimensions = convolutionWeights.length / FILTER_WIDTH / convolutionBias.length;
  const none = convolutionWeights instanceof Float64Array
    ? new Float64Array(0)
    : new Float32Array(0);
  return new WordCnn({
    ...parameters,
    classes: parameters.classes ?? Array.from(denseBias, (_, c) => String(c)),
    vocabulary: new Vocabulary([]),
    vectors: plainVectors(none, dimensions),
  });
}
