/**
 * How well the relevances of a recurrent model from `train` sum to its scores, and what LRP costs over
 * a forward pass: on test documents of 20Newsgroups, for the class that is predicted.
 *
 *     deno run -A bench/explainers/recurrent_documents.ts FOLDER [--documents N]
 *
 * Where the corpus is not there, the miniature one takes its place. Times are those of one thread, in milliseconds, sums over all documents.
 *
 * @module
 */
import { explain } from "@heatword/core";
import { loadRecurrent } from "@heatword/core/recurrent";
import { openCorpus, toDocument } from "@heatword/datasets/corpus";
import { predictedClass } from "@heatword/eval/classification";
import "@heatword/explainers/lrp";
import { parseArgs } from "@std/cli/parse-args";

const args = parseArgs(Deno.args, { string: ["documents"] });
const [folder] = args._;
if (folder === undefined) throw new Error("Name the folder of a model");
const { model } = await loadRecurrent(String(folder));
const { test, name } = await openCorpus(
  { corpus: "auto", offline: true },
  () => {},
  (line) => console.error(line),
);
const count = Math.min(test.length, Number(args.documents ?? 1000));
// Spread over all of them, which are in the order of their classes.
const documents = Array.from(
  { length: count },
  (_, i) => test[Math.floor(i * test.length / count)]!,
);

let [forward, lrp, worst, absolute, words] = [0, 0, 0, 0, 0];
for (const document of documents) {
  const encoded = () => model.encode(toDocument(document));
  const [first, second] = [encoded(), encoded()];
  words += first.length;
  let start = performance.now();
  const target = predictedClass(model.scores(first));
  forward += performance.now() - start;
  start = performance.now();
  const { words: relevance, keptByBiases = 0, score } = await explain("lrp", model, second, target);
  lrp += performance.now() - start;
  const sum = relevance.reduce((sum, value) => sum + value, keptByBiases);
  absolute = Math.max(absolute, Math.abs(sum - score));
  worst = Math.max(worst, Math.abs(sum - score) / Math.max(1, Math.abs(score)));
}
console.log(`${count} test documents of ${name}, ${(words / count).toFixed(0)} words on average`);
console.log(
  `largest |sum − score|: ${absolute.toExponential(1)}, relative ${worst.toExponential(1)}`,
);
console.log(
  `forward ${forward.toFixed(0)} ms, LRP ${lrp.toFixed(0)} ms: ` +
    `${(lrp / forward).toFixed(2)} forward passes`,
);
