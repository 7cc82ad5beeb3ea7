import { type Model, openReader, Random } from "@heatword/core";
import { type FeatureKind, type LinearModel, trainLinear } from "@heatword/core/linear";
import { modelFromFunction } from "@heatword/core/models";
import { plainVectors, trainWordCnn, Vocabulary, type WordCnn } from "@heatword/core/word-cnn";
import type { LabelledText } from "@heatword/datasets/tables";
import "@heatword/datasets/tokenizers";
import { NamedVectors } from "@heatword/datasets/vectors";
import { scaledToNorm } from "../../apps/training/model.ts";

/** How a linear model is trained. */
export const smallLinear: { readonly features: readonly FeatureKind[]; readonly cost: number } = {
  features: ["words", "pairs"],
  cost: 30,
};

/** A linear model of words and pairs of words. */
export async function linearModel(
  rows: readonly LabelledText[],
  classes: readonly string[],
  tokenizer: string,
): Promise<LinearModel> {
  const reader = await openReader({ tokenizer, options: {} });
  const documents = rows.map(({ text, label }) => ({
    label: classes.indexOf(label),
    words: reader.read(text).tokens.map(({ text }) => text),
  }));
  return trainLinear({ documents, classes, ...smallLinear, reader });
}

/** A black box that sees how words are written: a linear model with a mark after words in capitals. */
export async function casedModel(
  rows: readonly LabelledText[],
  classes: readonly string[],
): Promise<Model> {
  const marked = (text: string) => text.replaceAll(/\b\p{Lu}{2,}\b/gu, (word) => `${word} allcaps`);
  const inner = await linearModel(
    rows.map((row) => ({ ...row, text: marked(row.text) })),
    classes,
    "unicode",
  );
  return await modelFromFunction({
    classes,
    outputs: "logits",
    predict: async (texts: readonly string[]) =>
      await Promise.all(texts.map(async (text) => [
        ...await inner.scores(inner.encode(inner.read(marked(text)))),
      ])),
  });
}

/** How a small word-CNN is trained. */
export const smallWordCnn = { filters: 32, epochs: 6, vectorRate: 1 } as const;

/**
 * A small word-CNN with word vectors that it learns.
 *
 * @param norm What the vectors are scaled to in the beginning. @default {they stay as they are drawn}
 */
export async function wordCnn(
  rows: readonly LabelledText[],
  classes: readonly string[],
  seed: number,
  norm?: number,
): Promise<WordCnn> {
  const reader = await openReader({ tokenizer: "unicode", options: {}, maxWords: 100 });
  const words = rows.map(({ text }) =>
    reader.read(text).tokens.map(({ text }) => text.toLowerCase())
  );
  const counts = new Map<string, number>();
  for (const word of words.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = [...counts].filter(([, count]) => count > 1).map(([word]) => word);
  const vocabulary = new Vocabulary(known);
  const random = new Random(seed);
  const dimensions = 16;
  const matrix = Float32Array.from({ length: known.length * dimensions }, () => random.normal());
  const { model } = await trainWordCnn({
    classes,
    vocabulary,
    vectors: plainVectors(
      norm === undefined ? matrix : scaledToNorm(new NamedVectors(known, matrix, dimensions), norm),
      dimensions,
    ),
    hyperparameters: smallWordCnn,
    seed,
    threads: 1,
    reader,
    documents: rows.map(({ label }, i) => ({
      label: classes.indexOf(label),
      rows: Int32Array.from(words[i]!, (word) => vocabulary.row(word)),
    })),
  });
  return model;
}
