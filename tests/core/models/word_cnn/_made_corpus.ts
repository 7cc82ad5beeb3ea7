// Small made corpora: words without meaning, whose classes can be learned.
import { Random } from "@heatword/core";
import {
  type EmbeddingTable,
  type LabelledRows,
  plainVectors,
  Vocabulary,
} from "@heatword/core/word-cnn";

/** A corpus for training. */
export interface MadeCorpus {
  readonly classes: string[];
  readonly vocabulary: Vocabulary;
  readonly values: Float32Array;
  readonly vectors: EmbeddingTable;
  readonly documents: LabelledRows[];
  readonly heldOut: LabelledRows[];
}

/** Makes a corpus in which every class prefers some words. */
export function madeCorpus(
  seed: number,
  { words = 60, dimensions = 10, classes = 3, documents = 45, longest = 12 } = {},
): MadeCorpus {
  const random = new Random(seed);
  const values = Float32Array.from({ length: words * dimensions }, () => random.normal());
  const document = (): LabelledRows => {
    const label = random.below(classes);
    const length = random.below(longest + 1);
    const rows = Int32Array.from({ length }, () => {
      const row = random.below(words + 3);
      if (row >= words) return -1;
      return random.uniform() < 0.6 ? row - row % classes + label : row;
    });
    return { rows: rows.map((row) => Math.min(row, words - 1)), label };
  };
  return {
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    vocabulary: new Vocabulary(Array.from({ length: words }, (_, i) => `word${i}`)),
    values,
    vectors: plainVectors(values, dimensions),
    documents: Array.from({ length: documents }, document),
    heldOut: Array.from({ length: documents }, document),
  };
}
