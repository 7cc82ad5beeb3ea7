// Word-CNNs with drawn weights and texts with drawn words, of the sizes that are asked for.
import { Random } from "@heatword/core";
import {
  type EmbeddingTable,
  plainVectors,
  Vocabulary,
  WordCnn,
  type WordCnnInput,
} from "@heatword/core/word-cnn";
import { networkModel } from "@heatword/explainers/check";

/** The sizes of a network. */
export interface Sizes {
  readonly words: number;
  readonly dimensions: number;
  readonly filters: number;
  readonly classes: number;
}

/** The network of Arras et al. 2016 on 20Newsgroups. */
export const paperSizes: Sizes = { words: 42_009, dimensions: 300, filters: 800, classes: 20 };

/** Drawn word vectors of norm 3 or so. */
export function madeVectors({ words, dimensions }: Sizes): EmbeddingTable {
  const random = new Random(1);
  const scale = 3 * Math.sqrt(3 / dimensions);
  const values = new Float32Array(words * dimensions);
  for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * scale;
  return plainVectors(values, dimensions);
}

/** A network with drawn weights. */
export function madeModel(sizes: Sizes, vectors = madeVectors(sizes), memory?: number): WordCnn {
  const { words, dimensions, filters, classes } = sizes;
  const random = new Random(2);
  const draw = (length: number, scale: number) =>
    Float32Array.from({ length }, () => (2 * random.uniform() - 1) * scale);
  return new WordCnn({
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    vocabulary: new Vocabulary(Array.from({ length: words }, (_, i) => `word${i}`)),
    vectors,
    convolutionWeights: draw(2 * dimensions * filters, Math.sqrt(6 / (2 * dimensions + filters))),
    convolutionBias: draw(filters, 0.1),
    denseWeights: draw(filters * classes, Math.sqrt(6 / (filters + classes))),
    denseBias: draw(classes, 0.1),
    ...(memory !== undefined && { memory }),
  });
}

/** The same network as nothing but layers, computed one after the other. */
export function layersOf(model: WordCnn) {
  const { classes, layers, dimensions } = model;
  return networkModel({ classes, layers, dimensions, minLength: 2, vectorOf: () => undefined });
}

/** Texts whose words are as unevenly frequent as those of natural texts (Zipf 1935). */
export function madeTexts(count: number, length: number, words: number, seed = 3): Int32Array[] {
  const random = new Random(seed);
  // The inverse of the cumulative frequency of rank r, which is about ln(r + 1) / ln(V + 1).
  const word = () => Math.floor((words + 1) ** random.uniform() - 1);
  return Array.from(
    { length: count },
    () => Int32Array.from({ length }, () => Math.min(words - 1, word())),
  );
}

/** Inputs of a model. */
export function inputsOf(model: WordCnn, texts: readonly Int32Array[]): WordCnnInput[] {
  return texts.map((rows) => model.inputFromRows(rows));
}
