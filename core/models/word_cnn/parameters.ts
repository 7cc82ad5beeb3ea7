import type { PooledConvolution } from "../../max_pooled_model.ts";
import type { FloatArray } from "../../tensor.ts";
import type { TextReader } from "../../text_reader.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Number of consecutive words that a filter spans, unless convolutions say something else. */
export const FILTER_WIDTH = 2;

/** The learned numbers of a word-CNN; all float32, or all float64 for a reference. */
export interface NetworkWeights {
  /**
   * Filters, shape [K·D, F]: row k·D + d belongs to number d of word t + k of a window. Of several
   * convolutions, those of one behind those of the other.
   */
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
  /** The convolutions side by side. @default {one, of filters that span two words} */
  readonly convolutions?: readonly PooledConvolution[];
}

/** The sizes of a word-CNN. */
export interface NetworkShape {
  /** Numbers per word vector (D). */
  readonly dimensions: number;
  /** Number of filters F, of all convolutions together. */
  readonly filters: number;
  /** Number of classes C. */
  readonly classes: number;
  /** The convolutions side by side. @default {one, of filters that span two words} */
  readonly convolutions?: readonly PooledConvolution[];
}

/**
 * The convolutions of a word-CNN.
 *
 * @param shape Its sizes.
 * @returns At least one.
 */
export function convolutionsOf(
  { filters, convolutions }: Pick<NetworkShape, "filters" | "convolutions">,
): readonly PooledConvolution[] {
  return convolutions ?? [{ width: FILTER_WIDTH, filters }];
}

/** How many words the widest filter spans. */
export function widest(convolutions: readonly Pick<PooledConvolution, "width">[]): number {
  return Math.max(...convolutions.map(({ width }) => width));
}

/**
 * How many numbers each array of {@linkcode NetworkWeights} holds.
 *
 * @param shape The sizes.
 * @returns The shapes, by array.
 */
export function weightShapes(shape: NetworkShape): Record<keyof NetworkWeights, readonly number[]> {
  const { dimensions, filters, classes } = shape;
  const [first, ...others] = convolutionsOf(shape);
  const columns = [first!, ...others].reduce((sum, { width, filters }) => sum + width * filters, 0);
  return {
    convolutionWeights: others.length === 0
      ? [first!.width * dimensions, filters]
      : [columns * dimensions],
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
  const sum = convolutionsOf(shape).reduce((sum, { filters }) => sum + filters, 0);
  if (sum !== shape.filters) {
    throw new RangeError(
      `Cannot make a word-CNN: its convolutions have ${sum} filters, its biases ${shape.filters}`,
    );
  }
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
