// What is tried of word-CNNs for own texts, what is taken, and that all documents are learned by it.
import { firstReading, Random } from "@heatword/core";
import { plainVectors, trainWordCnn, vectorsToArray } from "@heatword/core/word-cnn";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { chooseWordCnn, type TriedWordCnn } from "../../../apps/training/choose_word_cnn.ts";
import {
  choiceText,
  firstChoice,
  variationsFor,
  varied,
} from "../../../apps/training/word_cnn_choices.ts";
import type { TrainingContext } from "../../../apps/training/model.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read");

const classes = ["cars", "plants"];
const own = ["engine wheel brake oil".split(" "), "leaf root tree soil".split(" ")];
const small = "the a of and".split(" ");

/** Documents of two classes, the second half as frequent, with words of both. */
function madeDocuments(count: number, seed: number): CompactDocument[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    const label = i % 3 === 0 ? 1 : 0;
    const words = Array.from({ length: 6 }, () => {
      const from = random.uniform();
      return from < 0.4 ? small : own[from < 0.65 ? 1 - label : label]!;
    }).map((list) => list[random.below(4)]!);
    return { id: `${i}`, label, words: words.join(" "), length: 6 };
  });
}

const context: TrainingContext = {
  recipe: { skipgram: {}, norm: 3, hyperparameters: { epochs: 4 }, heldOut: 0.25 },
  seed: 5,
  workers: 1,
  cache: "",
  reading: firstReading,
  onProgress: () => {},
};
const corpus = { classes, train: madeDocuments(48, 1), test: [] };
const fixed = { vectors: "random", filters: 6 };

async function choose(
  budget: number,
  more: Partial<TrainingContext> = {},
  of: Parameters<typeof chooseWordCnn>[0] = corpus,
) {
  const said: string[] = [];
  const all = { ...context, ...more };
  const chosen = await chooseWordCnn(of, fixed, budget, all, (line) => said.push(line));
  return { ...chosen, said };
}

const quality = ({ accuracy, macroF1 }: TriedWordCnn) => accuracy + macroF1;

test("chooseWordCnn() varies the best so far by one thing after the other", async () => {
  const { model, training, said } = await choose(1e6);
  const { tried } = training;
  const variations = variationsFor(fixed);
  assertEquals([tried.length, training.untried], [variations.length + 1, 0]);
  const about = ({ start, norm, hyperparameters }: TriedWordCnn) => {
    return { start, norm, hyperparameters };
  };
  assertEquals(about(tried[0]!), firstChoice(fixed, 4));
  let best = tried[0]!;
  variations.forEach((variation, i) => {
    const one = tried[i + 1]!;
    assertEquals(about(one), varied(about(best), variation));
    if (quality(one) > quality(best)) best = one;
  });
  assertEquals(training.bestEpoch, best.bestEpoch);
  assertEquals(training.start, "random");
  for (const [name, value] of Object.entries(best.hyperparameters)) {
    assertEquals(training.hyperparameters[name as "epochs"], value);
  }
  assertEquals(training.history[best.bestEpoch - 1]!.heldOut!.accuracy, best.accuracy);
  assertEquals([training.heldOut, training.documents], [12, 48]);
  assertEquals(model.convolutions.map(({ width }) => width), best.hyperparameters.widths);
  assertMatch(said[0]!, /^word-CNN: \d+ attempts in \d+ of 1000000 s$/);
  const figure = `${(100 * best.accuracy).toFixed(1)} %`;
  assert(said[1]!.startsWith(`word-CNN: ${choiceText(best)}; ${figure}, macro-F1 `), said[1]);
  assert(said[1]!.endsWith(`epoch ${best.bestEpoch} on 12 held-out training documents`), said[1]);
});

test("chooseWordCnn() gives the same bytes on any number of threads, and keeps tuned vectors", async () => {
  const [one, other] = [await choose(0), await choose(0, { workers: 2 })];
  assertEquals(other.model.weights, one.model.weights);
  assertEquals(vectorsToArray(other.model.vectors), vectorsToArray(one.model.vectors));
  assertEquals(other.training, one.training);
  const { model, training } = one;
  assertEquals([training.tried.length, training.untried], [1, variationsFor(fixed).length]);
  const norms = Array.from({ length: model.vectors.size }, (_, row) => {
    const vector = new Float32Array(100);
    model.vectors.copyRow(row, vector, 0);
    return Math.hypot(...vector);
  });
  // They began at a norm of 2.
  assert(norms.every((norm) => Math.abs(norm - 2) > 1e-4), norms.join());
});

test("chooseWordCnn() learns all training documents up to the epoch that was best", async () => {
  const { model, training, again } = await choose(0);
  // With nothing held out, the last epoch is taken.
  const recipe = { ...context.recipe, heldOut: 0 };
  assertEquals((await choose(0, { recipe })).training.bestEpoch, 4);
  // The same by hand.
  const { vocabulary } = model;
  const rows = ({ label, words }: CompactDocument) => {
    return { label, rows: words.split(" ").map((word) => vocabulary.row(word)) };
  };
  const random = new Random(5);
  const drawn = Float32Array.from({ length: 100 * vocabulary.size }, () => random.normal());
  for (let from = 0; from < drawn.length; from += 100) {
    const vector = drawn.subarray(from, from + 100);
    const factor = 2 / Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
    vector.forEach((x, d) => vector[d] = x * factor);
  }
  const expected = await trainWordCnn({
    classes,
    vocabulary,
    vectors: plainVectors(drawn, 100),
    documents: corpus.train.map(rows),
    hyperparameters: firstChoice(fixed, 4).hyperparameters,
    lastEpoch: training.bestEpoch,
    seed: 5,
    threads: 1,
  });
  const [one, other] = [model, expected.model];
  for (const name of ["convolutionWeights", "denseWeights"] as const) {
    one.weights[name].forEach((w, i) => assertAlmostEquals(w, other.weights[name][i]!, 1e-5));
  }
  const more = { ...corpus, train: [...corpus.train, ...madeDocuments(9, 2)] };
  const once = await again(more);
  assertEquals(once.training, { ...training, documents: 57 });
});

test("chooseWordCnn() learns nothing of a validation part that chooses", async () => {
  const validation = madeDocuments(20, 3);
  const { training, model, said } = await choose(0, {}, { ...corpus, validation });
  assertEquals([training.heldOut, training.documents], [20, 48]);
  assert(said[1]!.endsWith("on 20 validation documents"), said[1]);
  // With the classes of the part the wrong way round, what is learned stays, up to the epoch.
  const turned = validation.map((one) => ({ ...one, label: 1 - one.label }));
  const other = await choose(0, {}, { ...corpus, validation: turned });
  other.training.history.forEach(({ train, heldOut }, i) => {
    const before = training.history[i]!;
    assertEquals(train, before.train);
    assertEquals(heldOut!.accuracy.toFixed(6), (1 - before.heldOut!.accuracy).toFixed(6));
  });
  const right = validation.filter(({ label, words }) => {
    const input = model.inputFromRows(words.split(" ").map((word) => model.vocabulary.row(word)));
    const scores = model.scores(input);
    return scores.indexOf(Math.max(...scores)) === label;
  });
  assertEquals(right.length / 20, training.tried[0]!.accuracy);
});

Deno.test("chooseWordCnn() refuses texts without a word that is there twice", async () => {
  const train = ["a b", "c d", "e f", "g h"].map((words, i) => {
    return { id: `${i}`, label: i % 2, words, length: 2 };
  });
  await assertRejects(() => choose(0, {}, { ...corpus, train }), RangeError, "no word is in");
});

Deno.test("variationsFor() varies nothing that a person said", () => {
  const names = (given: Parameters<typeof variationsFor>[0]) =>
    new Set(variationsFor(given).flatMap((variation) => Object.keys(variation)));
  assert(names({ vectors: "skipgram" }).has("start"));
  assert(names({ vectors: "skipgram" }).has("widths"));
  assert(!names({ vectors: "random" }).has("start"));
  assert(!names({ vectors: "vectors.bin", widths: [1, 4] }).has("widths"));
  const { start, hyperparameters } = firstChoice({ vectors: "a.bin", widths: [2, 5] }, 9);
  const { widths, filters, epochs } = hyperparameters;
  assertEquals({ start, widths, filters, epochs }, {
    start: "file",
    widths: [2, 5],
    filters: 200,
    epochs: 9,
  });
  for (
    const [vectors, start, told] of [
      ["skipgram+ppmi", "skipgram+ppmi", "skip-gram and PPMI vectors"],
      ["ppmi", "ppmi", "PPMI vectors"],
      ["ppmi+a.bin", "file", "given vectors"],
    ] as const
  ) {
    const choice = firstChoice({ vectors }, 9);
    assertEquals(choice.start, start);
    assertEquals(choiceText(choice).includes(`; ${told} of norm`), true, vectors);
  }
  const choice = firstChoice({ vectors: "random" }, 9);
  assertEquals(varied(choice, { norm: choice.norm }), undefined);
});

test("chooseWordCnn() keeps how far word dropout follows relevance, whatever else is varied", async () => {
  const said: string[] = [];
  const guided = { ...fixed, guidedDropout: 0.75 };
  const { model, training } = await chooseWordCnn(corpus, guided, 1e6, context, (line) => {
    said.push(line);
  });
  assertEquals(
    training.tried.map(({ hyperparameters }) => hyperparameters.guidedDropout),
    training.tried.map(() => 0.75),
  );
  assertEquals(training.hyperparameters.guidedDropout, 0.75);
  assert(said[1]!.includes(", guided by relevance (0.75)"), said[1]);
  const uniform = await choose(0);
  const none = await chooseWordCnn(corpus, { ...fixed, guidedDropout: 0 }, 0, context, () => {});
  assertEquals(none.model.weights, uniform.model.weights);
  assertEquals(none.training, uniform.training);
  assert(model.weights.denseWeights.some((w, i) => w !== uniform.model.weights.denseWeights[i]));
});
