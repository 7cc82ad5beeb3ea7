/**
 * What training a recurrent classifier at the size of the 20Newsgroups corpus costs, and what LRP costs
 * over a forward pass: documents of drawn words, 42,009 distinct ones, vectors of 300 numbers, 20
 * classes.
 *
 *     deno run -A bench/core/recurrent_training.ts [--documents N] [--rounds N]
 *
 * Processor time, of all threads together, so that other programs make little difference: the least of
 * three for an epoch over so many documents, less that over 32 of them, which has all that is done
 * once; and the least of the rounds for a text of 400 words.
 *
 * @module
 */
import { explain } from "@heatword/core";
import { trainRecurrent } from "@heatword/core/recurrent";
import { Vocabulary } from "@heatword/core/word-cnn";
import "@heatword/explainers/lrp";
import { parseArgs } from "@std/cli/parse-args";
import { cpuUsage } from "node:process";
import { madeTexts, madeVectors, paperSizes } from "./_made.ts";

const args = parseArgs(Deno.args, { string: ["documents", "rounds"] });
const count = Number(args.documents ?? 320);
const rounds = Number(args.rounds ?? 8);
/** The corpus's training documents, and their mean length, cut to 400 words. */
const [CORPUS, LENGTH, FEW] = [11_314, 173, 32];

const { words } = paperSizes;
const common = {
  classes: Array.from({ length: paperSizes.classes }, (_, c) => `class ${c}`),
  vocabulary: new Vocabulary(Array.from({ length: words }, (_, i) => `word${i}`)),
  vectors: madeVectors(paperSizes),
};
const documents = madeTexts(count + FEW, LENGTH, words)
  .map((rows, i) => ({ rows, label: i % paperSizes.classes }));

/** Processor time in milliseconds. */
async function cost(act: () => unknown): Promise<number> {
  const before = cpuUsage();
  await act();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

async function least(act: () => unknown, times = rounds): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < times; round++) best = Math.min(best, await cost(act));
  return best;
}

const networks = {
  LSTM: { cell: "lstm", bidirectional: false },
  BiLSTM: { cell: "lstm", bidirectional: true },
  GRU: { cell: "gru", bidirectional: false },
} as const;

console.log(`network   ms a document   s for ${CORPUS.toLocaleString("en")} documents`);
for (const [name, network] of Object.entries(networks)) {
  const epoch = (size: number) =>
    least(() =>
      trainRecurrent({
        ...common,
        documents: documents.slice(0, size),
        hyperparameters: { ...network, epochs: 1 },
      }), 3);
  const fixed = await epoch(FEW);
  const each = (await epoch(FEW + count) - fixed) / count;
  const all = each * CORPUS / 1000;
  console.log(name.padEnd(8) + each.toFixed(2).padStart(15) + all.toFixed(0).padStart(12));
}

const [text] = madeTexts(1, 400, words);
console.log("\nunits both ways   forward ms   LRP ms   LRP over forward");
for (const units of [64, 128]) {
  const { model } = await trainRecurrent({
    ...common,
    documents: documents.slice(0, 1),
    hyperparameters: { cell: "lstm", bidirectional: true, units, epochs: 1 },
  });
  // A new input each time, so that nothing is remembered of it.
  const input = () => model.inputFromRows(text!);
  const forward = await least(() => model.scores(input()));
  const lrp = await least(() => explain("lrp", model, input(), 0));
  console.log(
    String(units).padStart(15) + forward.toFixed(1).padStart(13) + lrp.toFixed(1).padStart(9) +
      (lrp / forward).toFixed(2).padStart(19),
  );
}
