/**
 * What the word-CNN of Arras et al. 2016 (D 300, 800 filters, 20 classes) costs for a text of 200
 * words, with the readable layers beside the fast path.
 *
 *     deno bench --allow-read --allow-env bench/core/word_cnn_bench.ts
 *
 * @module
 */
import { Coalitions, explain, explainAll } from "@heatword/core";
import "@heatword/explainers";
import { inputsOf, layersOf, madeModel, madeTexts, madeVectors, paperSizes } from "./_made.ts";

const LENGTH = 200;
const vectors = madeVectors(paperSizes);
const model = madeModel(paperSizes, vectors);
const forgetful = madeModel(paperSizes, vectors, 0);
const layers = layersOf(model);
const texts = madeTexts(500, LENGTH, paperSizes.words);
const inputs = inputsOf(model, texts);
const classes = model.classes.map((_, c) => c);
const words = { detail: "words" };
model.prepare(inputs);

let turn = 0;
/** Another text each time, so that what is read is not there from the time before. */
const next = () => inputs[turn++ % inputs.length]!;

const slow = { n: 5, warmup: 1 };
const fast = { n: 2000, warmup: 200 };

Deno.bench("forward, layers", { group: "forward", baseline: true, ...slow }, () => {
  layers.scores(next());
});
Deno.bench("forward, no word projected before", { group: "forward" }, () => {
  forgetful.scores(next());
});
Deno.bench("forward, all words projected before", { group: "forward", ...fast }, () => {
  model.scores(next());
});

Deno.bench("LRP of one class, layers", { group: "lrp", baseline: true, ...slow }, async () => {
  await explain("lrp", layers, next(), 3, words);
});
Deno.bench("LRP of one class, no word projected before", { group: "lrp" }, async () => {
  await explain("lrp", forgetful, next(), 3, words);
});
Deno.bench("LRP of one class", { group: "lrp", ...fast }, async () => {
  await explain("lrp", model, next(), 3, words);
});
Deno.bench("LRP of one class, each number of each word", { group: "lrp" }, async () => {
  await explain("lrp", model, next(), 3);
});
Deno.bench("LRP of all 20 classes", { group: "lrp", ...fast }, async () => {
  await explainAll("lrp", model, next(), classes, words);
});

Deno.bench("SA, layers", { group: "sa", baseline: true, ...slow }, async () => {
  await explain("sa", layers, next(), 3, words);
});
Deno.bench("SA", { group: "sa", ...fast }, async () => {
  await explain("sa", model, next(), 3, words);
});

const order = Array.from({ length: 50 }, (_, i) => (i * 37) % LENGTH);

Deno.bench("one deletion, layers", { group: "deletion", baseline: true, ...slow }, () => {
  layers.scores(layers.withoutWords(next(), [17]));
});
let at = 0;
// The text stays the same, so that only what a deletion changes is computed.
Deno.bench("one deletion", { group: "deletion" }, () => {
  model.scores(inputs[0]!, Coalitions.without(LENGTH, [[at++ % LENGTH]]));
});
const half = Array.from({ length: LENGTH / 2 }, (_, i) => 2 * i);
const each = Array.from({ length: LENGTH }, (_, t) => [...half, t]);

Deno.bench(
  "each word of a half text, set by set",
  { group: "each", baseline: true, ...slow },
  () => {
    model.scores(inputs[0]!, Coalitions.without(LENGTH, each));
  },
);
Deno.bench("each word of a half text, in one call", { group: "each", n: 20, warmup: 5 }, () => {
  model.scoresWithoutEach(inputs[0]!, half);
});

Deno.bench(
  "curve of 50 deletions, layers",
  { group: "curve", baseline: true, n: 1, warmup: 0 },
  () => {
    const input = next();
    for (let k = 1; k <= 50; k++) layers.scores(layers.withoutWords(input, order.slice(0, k)));
  },
);
const curve = Coalitions.without(LENGTH, [0, ...order].map((_, k) => order.slice(0, k)));
Deno.bench("curve of 50 deletions", { group: "curve" }, () => {
  model.scores(next(), curve);
});
