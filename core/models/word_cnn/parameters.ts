import type { FloatArray } from "../../tensor.ts";
import type { TextReader } from "../../text_reader.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Number of consecutive words that a filter spans. */
export const FILTER_WIDTH = 2;

/** The learned numbers of a word-CNN; all float32, or all float64 for a reference. */
export interface NetworkWeights {
  /** Filters, shape [2·D, F]: row k·D + d belongs to number d of word t + k of a window. */
  readonly convolutionWeights: FloatArray;
  /** Bias of each filter, shape [F]. */
  readonly convolutionBias: FloatArray;
  /** From filters to classes, shape [F, C]. */
  readonly denseWeights: FloatArray;
  /** Bias of each class, shape [C]. */
  readonly denseBias: FloatArray;
}

/** All that a word-CNN is made of. */
export interface WordCnnParameters extends NetworkWeights {
  /** The names of the classes, in the order of the scores. */
  readonly classes: readonly string[];
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors, shape [V, D]. */
  readonly vectors: EmbeddingTable;
  /**
   * Most memory for projections of words that are kept, in bytes; a float32 model keeps 8 · F bytes
   * for each word it has met. Or the `projections` of a model in another thread, to be shared.
   *
   * @default {536870912}
   */
  readonly memory?: number | { readonly shared: unknown };
  /** How it reads texts. @default {words are what blanks separate} */
  readonly reader?: TextReader;
}

/** The sizes of a word-CNN. */
export interface NetworkShape {
  /** Numbers per word vector (D). */
  readonly dimensions: number;
  /** Number of filters F. */
  readonly filters: number;
  /** Number of classes C. */
  readonly classes: number;
}

/**
 * How many numbers each array of {@linkcode NetworkWeights} holds.
 *
 * @param shape The sizes.
 * @returns The shapes, by array.
 */
export function weightShapes(
  { dimensions, filters, classes }: NetworkShape,
): Record<keyof NetworkWeights, readonly number[]> {
  return {
    convolutionWeights: [FILTER_WIDTH * dimensions, filters],
    convolutionBias: [filters],
    denseWeights: [filters, classes],
    denseBias: [classes],
  };
}

/**
 * Checks that weights fit together.
 *
 * @param weights The weights.
 * @param shape The sizes.
 * @throws {RangeError} If an array has another length than the sizes say.
 * @throws {TypeError} If float32 and float64 are mixed.
 */
export function checkWeights(weights: NetworkWeights, shape: NetworkShape): void {
  const type = weights.convolutionWeights.constructor;
  for (const [name, sizes] of Object.entries(weightShapes(shape))) {
    const values = weights[name as keyof NetworkWeights];
    const expected = sizes.reduce((product, size) => product * size, 1);
    if (values.length !== expected) {
      throw new RangeError(
        `Cannot make a word-CNN: "${name}" has ${values.length} numbers, not the ${expected} of [${
          sizes.join(", ")
        }]`,
      );
    }
    if (values.constructor !== type) {
      throw new TypeError(`Cannot make a word-CNN: "${name}" is not of the others' element type`);
    }
  }
}
