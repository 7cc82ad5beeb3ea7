// Word-CNNs with drawn weights.
import { Random } from "@heatword/core";
import {
  convolutionsFor,
  plainVectors,
  Vocabulary,
  WordCnn,
  type WordCnnParameters,
} from "@heatword/core/word-cnn";

/** The sizes of a made model. */
export interface MadeSizes {
  readonly words?: number;
  readonly dimensions?: number;
  readonly filters?: number;
  readonly classes?: number;
  readonly memory?: number;
  /** The words that filters span, in equal shares. @default {[2]} */
  readonly widths?: readonly number[];
}

/** The parameters of a model with drawn weights, each of which a float32 can hold. */
export function madeParameters(seed: number, sizes: MadeSizes = {}): WordCnnParameters {
  const { words = 50, dimensions = 10, filters = 13, classes = 4, memory, widths = [2] } = sizes;
  const convolutions = convolutionsFor({ widths, filters: Math.max(filters, widths.length) });
  const count = convolutions.reduce((sum, one) => sum + one.filters, 0);
  const random = new Random(seed);
  const draw = (length: number, scale: number) =>
    Float32Array.from({ length }, () => (2 * random.uniform() - 1) * scale);
  return {
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    vocabulary: new Vocabulary(Array.from({ length: words }, (_, i) => `word${i}`)),
    vectors: plainVectors(draw(words * dimensions, 1), dimensions),
    convolutionWeights: Float32Array.from(
      convolutions.flatMap(({ width, filters }) => [
        ...draw(width * dimensions * filters, Math.sqrt(6 / (width * dimensions + filters))),
      ]),
    ),
    convolutionBias: draw(count, 0.1),
    denseWeights: draw(count * classes, Math.sqrt(6 / (count + classes))),
    denseBias: draw(classes, 0.1),
    ...(widths.join() !== "2" && { convolutions }),
    ...(memory !== undefined && { memory }),
  };
}

/** A model in float32, which computes with the kernels, and the same model in float64. */
export function madeModels(seed: number, sizes: MadeSizes = {}): { fast: WordCnn; exact: WordCnn } {
  const parameters = madeParameters(seed, sizes);
  const { vectors } = parameters;
  const values = new Float64Array(vectors.size * vectors.dimensions);
  for (let row = 0; row < vectors.size; row++) {
    vectors.copyRow(row, values, row * vectors.dimensions);
  }
  return {
    fast: new WordCnn(parameters),
    exact: new WordCnn({
      ...parameters,
      vectors: plainVectors(values, vectors.dimensions),
      convolutionWeights: Float64Array.from(parameters.convolutionWeights),
      convolutionBias: Float64Array.from(parameters.convolutionBias),
      denseWeights: Float64Array.from(parameters.denseWeights),
      denseBias: Float64Array.from(parameters.denseBias),
    }),
  };
}

/** Drawn rows of words, some of them the zero vector. */
export function madeRows(seed: number, length: number, words = 50): Int32Array {
  const random = new Random(seed);
  return Int32Array.from({ length }, () => random.uniform() < 0.1 ? -1 : random.below(words));
}
