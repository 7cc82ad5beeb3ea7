/**
 * What the real 20Newsgroups corpus costs: all test documents classified and explained, Fig. 1 of
 * Arras et al. 2016, and the same by the layers, on a sample. Also how far the two agree.
 *
 *     deno task bench:corpus [--model DIR] [--data DIR] [--naive N] [--agreement N] [--workers N]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { Random } from "@heatword/core";
import { shareModel } from "@heatword/core/models";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { findData, preprocess } from "@heatword/datasets";
import { GROUPS, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { findPunktParameters } from "@heatword/datasets/nltk";
import { deleteWords, deletionDefaults } from "@heatword/eval/deletion";
import { Explanations } from "@heatword/eval/explanations";
import "@heatword/explainers";
import { EvaluationPool } from "../../eval/experiments/evaluation_pool.ts";
import { agreement } from "./_agreement.ts";
import { layersOf } from "./_made.ts";
import { bytesRead, copyBandwidth, processorTime } from "./_measure.ts";
import { timeInWorkers } from "./_workers.ts";

const args = parseArgs(Deno.args, {
  string: ["model", "data", "naive", "agreement", "workers"],
  default: {
    model: "datasets/newsgroups/pretrained",
    naive: "3",
    agreement: "50",
    workers: String(navigator.hardwareConcurrency),
  },
});
const workers = Number(args.workers);

function row(what: string, seconds: number, note = ""): void {
  console.log(`| ${what} | ${seconds.toPrecision(3)} | ${note} |`);
}

async function timed<T>(what: string, act: () => T | Promise<T>, note = ""): Promise<T> {
  const [clock, processor] = [performance.now(), processorTime()];
  const result = await act();
  const used = `${((processorTime() - processor) / 1000).toPrecision(3)} s of processor time`;
  row(what, (performance.now() - clock) / 1000, note ? `${note}; ${used}` : used);
  return result;
}

const bandwidth = await copyBandwidth();
console.log(`Copying reaches ${(bandwidth / 1e9).toFixed(1)} GB/s on one thread.\n`);
console.log("| what | seconds | |\n| --- | ---: | --- |");
const data = findData(args.data);
const { test } = await timed("read the corpus", () => loadNewsgroups(data));
const parameters = await findPunktParameters(data);
const documents = await timed(
  "tokenize the test documents",
  () => test.map(({ text, id, label }) => preprocess(text, { parameters, id, label })),
);
const { model } = await timed("load the model", () => loadWordCnn(args.model));
const inputs = documents.map((document) => model.encode(document));
const words = inputs.reduce((sum, { length }) => sum + length, 0);
const distinct = new Set(inputs.flatMap(({ rows }) => [...rows!])).size - 1;
await timed("project all words", () => model.prepare(inputs), `${distinct} words, one thread`);
await timed("classify", () => inputs.forEach((input) => model.scores(input)), "one thread");
row("bound for classifying", bytesRead(words, model.filters) / bandwidth, "one thread");

const texts = documents.map(({ tokens }) => tokens.map(({ text }) => text).join(" "));
const { first, best } = await timeInWorkers(model, texts, workers);
const processors = ({ processor }: { processor: number }) =>
  `${(processor / 1000).toPrecision(3)} s of processor time`;
row(
  "LRP, all classes, from tokens to words",
  first.clock / 1000,
  `${workers} workers, projection too; ${processors(first)}`,
);
row(
  "the same when all words are projected",
  best.clock / 1000,
  `${workers} workers; ${processors(best)}`,
);

const compact = documents.map(({ id, label, tokens }, i) => ({
  id: id!,
  label: GROUPS.indexOf(label as typeof GROUPS[number]),
  words: texts[i]!,
  length: tokens.length,
}));
const plan = { explainers: ["lrp", "sa"], seed: 0, deletion: deletionDefaults };
const long = compact.filter(({ length }) => length >= deletionDefaults.minLength);
const started = performance.now();
await timed("Fig. 1", async () => {
  using pool = new EvaluationPool({ model: shareModel(model)!, plugins: [], plan }, workers);
  await pool.evaluate(long, () => {});
}, `${long.length} documents, ${workers} workers`);
const fast = (performance.now() - started) / long.length;

const naive = layersOf(model);
const sample = Number(args.naive);
if (sample > 0) {
  const chosen = new Random(1).shuffle(long.map((_, i) => i)).slice(0, sample);
  const before = performance.now();
  await timed("Fig. 1 by the layers, a sample", async () => {
    for (const i of chosen) {
      const { label, length } = long[i]!;
      const document = documents.find(({ id }) => id === long[i]!.id)!;
      const input = { ...model.encode(document) };
      const explanations = new Explanations(naive, input, 0);
      await deleteWords(explanations, length, label, ["lrp", "sa"], new Random(i));
    }
  }, `${sample} documents, one thread`);
  const slow = (performance.now() - before) / sample;
  console.log(
    `\nFig. 1 takes ${slow.toPrecision(3)} ms a document by the layers on one thread and ` +
      `${fast.toPrecision(3)} ms on ${workers} workers: ${(slow / fast).toPrecision(3)} times.`,
  );
}

const compared = Math.min(Number(args.agreement), inputs.length);
if (compared > 0) {
  const stride = inputs.length / compared;
  const chosen = Array.from({ length: compared }, (_, i) => inputs[Math.floor(i * stride)]!);
  const found = await agreement(model, chosen, (done) => {
    if (done % 20 === 0) console.error(`${done} of ${compared} documents compared`);
  });
  console.log(`\nFast path and layers, both in float32, on ${found.texts} documents:
- largest difference of a score, relative to the document's largest: ${found.score.toExponential(1)}
- largest difference of a word's relevance, relative to the largest: ${
    found.relevance.toExponential(1)
  }
- filters that won on another window: ${found.otherWinners} of ${found.filters}, whose pre-activations \
differ by ${found.winnerGap.toExponential(1)} at most
- filters whose pre-activation has another sign: ${found.otherSigns}`);
}
