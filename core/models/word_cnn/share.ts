import type { PooledConvolution } from "../../max_pooled_model.ts";
import type { TextReader, TextReading } from "../../text_reader.ts";
import type { NetworkWeights } from "./parameters.ts";
import { Vocabulary } from "./vocabulary.ts";
import { WordCnn } from "./word_cnn.ts";
import { plainVectors, vectorsToArray } from "../embedding_table.ts";

/** How to share a model. */
export interface ShareOptions {
  /**
   * Most memory for the projections of all workers together, in bytes.
   *
   * @default {the model's own limit}
   */
  readonly memory?: number;
}

/** A model as it can be posted to workers, which then share its memory. */
export interface SharedWordCnn {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The words, one a line. */
  readonly words: string;
  /** How texts are read, if the model's folder says it. */
  readonly text?: TextReading;
  /** Numbers per word (D). */
  readonly dimensions: number;
  /** The convolutions side by side. */
  readonly convolutions: readonly PooledConvolution[];
  /** The word vectors, row-major, shape [V, D]. */
  readonly vectors: Float32Array;
  /** The learned numbers. */
  readonly weights: NetworkWeights;
  /** The projections, shared by all that join; absent where memory cannot be shared. */
  readonly projections?: unknown;
}

function sharedCopy(values: Float32Array): Float32Array {
  if (typeof SharedArrayBuffer === "undefined") return values.slice();
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/**
 * Makes a model ready to be posted to workers. Each makes a model of its own of it by
 * {@linkcode joinWordCnn}, but all use the same vectors, weights and projections: a word that one
 * worker has projected is there for all, and the limit on memory is for all together.
 *
 * @param model A model in float32.
 * @param options A limit on memory.
 * @returns What is to be posted.
 * @throws {TypeError} If the model is in float64.
 *
 * @example
 * ```ts
 * import { joinWordCnn, shareWordCnn, wordCnnFromWeights } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * const model = wordCnnFromWeights({
 *   convolutionWeights: Float32Array.of(1, 1),
 *   convolutionBias: Float32Array.of(0),
 *   denseWeights: Float32Array.of(1, -1),
 *   denseBias: Float32Array.of(0, 10),
 * });
 * const joined = joinWordCnn(structuredClone(shareWordCnn(model)));
 * const input = joined.inputFromVectors(Float32Array.of(1, 2, 4));
 * assertEquals([...joined.scores(input)], [6, 4]);
 * ```
 */
export function shareWordCnn(model: WordCnn, options: ShareOptions = {}): SharedWordCnn {
  const vectors = vectorsToArray(model.vectors);
  const { convolutionWeights, convolutionBias, denseWeights, denseBias } = model.weights;
  if (vectors instanceof Float64Array || convolutionWeights instanceof Float64Array) {
    throw new TypeError("Cannot share a float64 model: convert it to float32 first");
  }
  const { classes, vocabulary, weights, convolutions } = model;
  const { projections } = options.memory === undefined ? model : new WordCnn({
    ...weights,
    convolutions,
    classes,
    reader: model.reader,
    vocabulary,
    vectors: model.vectors,
    memory: options.memory,
  });
  return {
    classes,
    words: vocabulary.words.join("\n"),
    ...(model.reader.reading && { text: model.reader.reading }),
    dimensions: model.dimensions,
    convolutions,
    vectors: sharedCopy(vectors),
    weights: {
      convolutionWeights: sharedCopy(convolutionWeights),
      convolutionBias: sharedCopy(convolutionBias as Float32Array),
      denseWeights: sharedCopy(denseWeights as Float32Array),
      denseBias: sharedCopy(denseBias as Float32Array),
    },
    ...(projections !== undefined && { projections }),
  };
}

/**
 * Makes a model of what {@linkcode shareWordCnn} gave.
 *
 * @param shared What was posted.
 * @param reader Reads texts, by `shared.text`. @default {words are what blanks separate}
 * @returns The model.
 */
export function joinWordCnn(shared: SharedWordCnn, reader?: TextReader): WordCnn {
  const { classes, words, dimensions, convolutions, vectors, weights, projections } = shared;
  return new WordCnn({
    ...weights,
    convolutions,
    classes,
    vocabulary: new Vocabulary(words === "" ? [] : words.split("\n")),
    vectors: plainVectors(vectors, dimensions),
    ...(reader && { reader }),
    ...(projections !== undefined && { memory: { shared: projections } }),
  });
}
