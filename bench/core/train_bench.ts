/**
 * An epoch of training at the size of the 20Newsgroups corpus: 11,314 documents of drawn words, 42,009
 * distinct ones, on all processors.
 *
 *     deno bench --allow-read --allow-env bench/core/train_bench.ts
 *
 * @module
 */
import { trainWordCnn, Vocabulary } from "@heatword/core/word-cnn";
import { madeTexts, madeVectors, paperSizes } from "./_made.ts";

const DOCUMENTS = 11_314;
/** The mean length of the corpus's documents, cut to 400 words. */
const LENGTH = 173;
const { words, classes: count } = paperSizes;
const classes = Array.from({ length: count }, (_, c) => `class ${c}`);
const vocabulary = new Vocabulary(Array.from({ length: words }, (_, i) => `word${i}`));
const vectors = madeVectors(paperSizes);
const texts = madeTexts(DOCUMENTS, LENGTH, words);
const documents = texts.map((rows, i) => ({ rows, label: i % count }));

for (const batch of [64, 128]) {
  Deno.bench(`epoch, batches of ${batch}`, { group: "epoch", n: 1, warmup: 0 }, async () => {
    await trainWordCnn({
      classes,
      vocabulary,
      vectors,
      documents,
      hyperparameters: { epochs: 1, batch },
    });
  });
}
