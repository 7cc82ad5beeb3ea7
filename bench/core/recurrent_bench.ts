/**
 * A tenth of an epoch of training a BiLSTM at the size of the 20Newsgroups corpus, on all processors,
 * and what an explanation by LRP costs over a forward pass: texts of drawn words, 42,009 distinct ones.
 *
 *     deno bench --allow-read --allow-env bench/core/recurrent_bench.ts
 *
 * @module
 */
import { explainAll } from "@heatword/core";
import { trainRecurrent } from "@heatword/core/recurrent";
import { Vocabulary } from "@heatword/core/word-cnn";
import "@heatword/explainers/lrp";
import { madeTexts, madeVectors, paperSizes } from "./_made.ts";

const DOCUMENTS = 1131;
/** The mean length of the corpus's documents, cut to 400 words. */
const LENGTH = 173;
const { words, classes: count } = paperSizes;
const vectors = madeVectors(paperSizes);
const common = {
  classes: Array.from({ length: count }, (_, c) => `class ${c}`),
  vocabulary: new Vocabulary(Array.from({ length: words }, (_, i) => `word${i}`)),
  vectors,
};
const documents = madeTexts(DOCUMENTS, LENGTH, words).map((rows, i) => ({
  rows,
  label: i % count,
}));
const [text] = madeTexts(1, 400, words);

const networks = {
  BiLSTM: { cell: "lstm", bidirectional: true },
  GRU: { cell: "gru", bidirectional: false },
} as const;

for (const [name, network] of Object.entries(networks)) {
  const hyperparameters = { ...network, epochs: 1 };
  const group = `a tenth of an epoch, ${name}`;
  Deno.bench(`${DOCUMENTS} documents`, { group, n: 1, warmup: 0 }, async () => {
    await trainRecurrent({ ...common, documents, hyperparameters });
  });
}

const { model } = await trainRecurrent({
  ...common,
  documents: documents.slice(0, 1),
  hyperparameters: { cell: "lstm", bidirectional: true, units: 128, epochs: 1 },
});
// A new input each time, so that nothing is remembered of it.
const input = () => model.inputFromRows(text!);
const group = "a text of 400 words, 128 units in each direction, 300 dimensions";

Deno.bench("forward", { group, baseline: true }, () => void model.scores(input()));

Deno.bench("LRP of one class", { group }, async () => {
  await explainAll("lrp", model, input(), [0]);
});

Deno.bench("LRP of all 20 classes", { group }, async () => {
  await explainAll("lrp", model, input(), common.classes.map((_, c) => c));
});
