import type { Progress } from "@heatword/core";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  classWeights,
  convolutionsFor,
  type Hyperparameters,
  type LabelledRows,
  type NetworkWeights,
  plainVectors,
  readHyperparameters,
  type TrainOptions,
  type TrainResult,
  trainWordCnn,
  vectorsToArray,
  WordCnn,
} from "@heatword/core/word-cnn";
import { checkStopEarlier } from "../_stop_earlier.ts";
import { madeCorpus } from "./_made_corpus.ts";
import { referenceTraining } from "./_reference_training.ts";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write");

const small = { filters: 11, epochs: 3, batch: 7, window: 30 };

function run(options: Partial<TrainOptions> = {}) {
  const { values: _, ...corpus } = madeCorpus(1);
  return trainWordCnn({ ...corpus, hyperparameters: small, threads: 1, ...options });
}

/** Hyper-parameters, and whether words have parts. */
type Variant = Partial<Hyperparameters> & { readonly parts?: boolean };

function largestDifference(a: NetworkWeights, b: NetworkWeights): number {
  let largest = 0;
  for (const name of Object.keys(a) as (keyof NetworkWeights)[]) {
    assertEquals(a[name].length, b[name].length);
    a[name].forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - b[name][i]!));
    });
  }
  return largest;
}

function assertSameRun(actual: TrainResult, expected: TrainResult): void {
  assertEquals(actual.history, expected.history);
  assertEquals(actual.bestEpoch, expected.bestEpoch);
  assertEquals(actual.model.weights, expected.model.weights);
}

Deno.test("trainWordCnn() takes the steps of a dense float64 training", async (t) => {
  const variants = {
    "plain": { dropout: 0, l2: 0, momentum: 0 },
    "momentum, penalty and dropout": { dropout: 0.5, l2: 1e-2 },
    "word dropout, smoothed labels and a cosine": {
      wordDropout: 0.3,
      labelSmoothing: 0.1,
      schedule: "cosine",
    },
    "averaged weights": { averaging: 0.9 },
    "filters of several widths": { widths: [1, 3, 2], dropout: 0.5, wordDropout: 0.3 },
    "filters of four words": { widths: [4] },
    "trained word vectors": { vectorRate: 0.05, wordDropout: 0.3, schedule: "cosine" },
    "rare classes that count more": { balance: 0.5 },
    "words of parts that are left out together": {
      parts: true,
      wordDropout: 0.7,
      widths: [3],
      vectorRate: 0.05,
    },
    "words left out as their relevance says": {
      wordDropout: 0.8,
      guidedDropout: 1,
      widths: [1, 3, 2],
      epochs: 4,
    },
    "trained words of parts left out half as their relevance says": {
      parts: true,
      wordDropout: 0.7,
      guidedDropout: 0.5,
      vectorRate: 0.05,
    },
    "all of that": { widths: [1, 2, 3], vectorRate: 0.02, balance: 1, labelSmoothing: 0.1 },
  } as const;
  const corpus = madeCorpus(1);
  for (const [name, { parts = false, ...variant }] of Object.entries<Variant>(variants)) {
    await t.step(name, async () => {
      const documents = parts
        ? corpus.documents.map((one) => {
          return { ...one, words: Array.from(one.rows, (_, t) => Math.floor(t / 3)) };
        })
        : corpus.documents;
      const hyperparameters = readHyperparameters({ ...small, ...variant });
      const convolutions = convolutionsFor(hyperparameters);
      const shape = { dimensions: 10, filters: 11, classes: 3, convolutions };
      const { heldOut: _, values, ...others } = corpus;
      const rest = { ...others, documents };
      const result = await trainWordCnn({ ...rest, hyperparameters, threads: 1, seed: 5 });
      const expected = referenceTraining(
        Float64Array.from(values),
        shape,
        documents,
        hyperparameters,
        5,
      );
      result.history.forEach(({ train }, i) =>
        assertAlmostEquals(train.loss, expected.losses[i]!, 1e-4)
      );
      const learned = hyperparameters.averaging > 0 ? expected.average : expected.weights;
      const difference = largestDifference(result.model.weights, learned);
      assert(difference < 1e-4, `weights differ by ${difference}`);
      const vectors = vectorsToArray(result.model.vectors);
      if (!hyperparameters.vectorRate) assertEquals(vectors, values);
      vectors.forEach((value, i) => assertAlmostEquals(value, expected.vectors[i]!, 1e-4));
    });
  }
});

test("trainWordCnn() gives the same bytes for any number of threads", async () => {
  const all = { ...small, filters: 70, widths: [1, 2, 3], vectorRate: 0.05, balance: 1 };
  const guided = { ...all, wordDropout: 0.6, guidedDropout: 0.75 };
  for (const hyperparameters of [small, all, guided]) {
    const one = await run({ hyperparameters });
    for (const threads of [2, 3]) {
      const many = await run({ threads, hyperparameters });
      assertSameRun(many, one);
      assertEquals(vectorsToArray(many.model.vectors), vectorsToArray(one.model.vectors));
    }
  }
});

Deno.test("trainWordCnn() takes gradients that finite differences give, those of words too", async () => {
  // One step of all documents by a rate of 1e-3: what changes is the gradient, times that.
  const { values, heldOut: _, ...made } = madeCorpus(4, { documents: 20, words: 12 });
  // Where all words are zero vectors ReLU has no derivative.
  const corpus = {
    ...made,
    documents: made.documents.map(({ label, rows }) => {
      return { label, rows: [3 * label, ...Array.from(rows), 1, 2].map((row) => Math.max(0, row)) };
    }),
  };
  const hyperparameters = {
    ...small,
    widths: [1, 2, 3],
    epochs: 1,
    batch: 20,
    dropout: 0,
    l2: 0,
    rate: 1e-3,
    balance: 1,
    vectorRate: 1e-30,
  };
  const train = (more: object, seed = 1) =>
    trainWordCnn({ ...corpus, hyperparameters: { ...hyperparameters, ...more }, threads: 1, seed });
  const before = (await train({ rate: 1e-30 })).model;
  const after = (await train({})).model;
  const counts = classWeights(corpus.documents.map(({ label }) => label), 3, 1);
  const exact = Object.fromEntries(
    Object.entries(before.weights).map(([name, list]) => [name, Float64Array.from(list)]),
  ) as unknown as Record<keyof NetworkWeights, Float64Array>;
  const vectors = Float64Array.from(values);
  const loss = () => {
    const model = new WordCnn({
      ...exact,
      classes: corpus.classes,
      convolutions: before.convolutions,
      vocabulary: corpus.vocabulary,
      vectors: plainVectors(vectors, 10),
    });
    const losses = corpus.documents.map(({ rows, label }) => {
      const scores = [...model.scores(model.inputFromRows(rows))];
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      return counts[label]! * (Math.log(total) - scores[label]!);
    });
    return losses.reduce((sum, one) => sum + one, 0) / losses.length;
  };
  const slope = (list: Float64Array, i: number) => {
    const at = list[i]!;
    const [above, below] = [1e-5, -1e-5].map((step) => {
      list[i] = at + step;
      return loss();
    });
    list[i] = at;
    return (above! - below!) / 2e-5;
  };
  for (const name of Object.keys(exact) as (keyof NetworkWeights)[]) {
    for (let i = 0; i < exact[name].length; i += Math.ceil(exact[name].length / 9)) {
      const taken = (before.weights[name][i]! - after.weights[name][i]!) / 1e-3;
      assertAlmostEquals(taken, slope(exact[name], i), 2e-3, `${name} ${i}`);
    }
  }
  // The first step of a vector is the rate, along its gradient, whose mean square is made 1.
  const moved = vectorsToArray((await train({ rate: 1e-30, vectorRate: 0.01 })).model.vectors);
  for (const row of [0, 5, 11]) {
    const gradient = Array.from({ length: 10 }, (_, d) => slope(vectors, 10 * row + d));
    const size = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0) / 10);
    gradient.forEach((g, d) => {
      const step = size === 0 ? 0 : 0.01 * g / size;
      assertAlmostEquals(values[10 * row + d]! - moved[10 * row + d]!, step, 1e-4);
    });
  }
});

Deno.test("trainWordCnn() gives other weights for another seed", async () => {
  const [a, b] = [await run({ seed: 1 }), await run({ seed: 2 })];
  assert(largestDifference(a.model.weights, b.model.weights) > 1e-3);
});

for (
  const [name, more] of Object.entries({
    "averaged": { averaging: 0.9 },
    "guided": { wordDropout: 0.6, guidedDropout: 1 },
    "guided, with trained word vectors": { wordDropout: 0.6, guidedDropout: 1, vectorRate: 0.05 },
  })
) {
  test(`trainWordCnn() goes on from a checkpoint as if it had never stopped: ${name}`, () =>
    goesOn({ ...small, epochs: 4, ...more }));
}

async function goesOn(hyperparameters: Partial<Hyperparameters>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const checkpoint = `${folder}/run.checkpoint`;
  try {
    const whole = await run({ hyperparameters });
    const controller = new AbortController();
    const interrupted = run({
      hyperparameters,
      checkpoint,
      signal: controller.signal,
      onEpoch: ({ epoch }) => epoch === 2 && controller.abort(new Error("stopped")),
    });
    await assertRejects(() => interrupted, Error, "stopped");
    const epochs: number[] = [];
    const resumed = await run({
      hyperparameters,
      checkpoint,
      onEpoch: ({ epoch }) => epochs.push(epoch),
    });
    assertEquals(epochs, [3, 4]);
    assertSameRun(resumed, whole);
    assertEquals(vectorsToArray(resumed.model.vectors), vectorsToArray(whole.model.vectors));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("trainWordCnn() leaves words out as ever unless relevance guides it", async () => {
  const uniform = { ...small, wordDropout: 0.6 };
  const [plain, none, guided] = [
    await run({ heldOut: [], hyperparameters: uniform }),
    await run({ heldOut: [], hyperparameters: { ...uniform, guidedDropout: 0 } }),
    await run({ heldOut: [], hyperparameters: { ...uniform, guidedDropout: 1 } }),
  ];
  assertSameRun(none, plain);
  // There is no relevance yet in the first epoch.
  assertEquals(guided.history[0], plain.history[0]);
  assert(largestDifference(guided.model.weights, plain.model.weights) > 1e-3);
});

test("trainWordCnn() starts anew beside a checkpoint of another run", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = `${folder}/run.checkpoint`;
  try {
    await run({ checkpoint, seed: 2 });
    assertSameRun(await run({ checkpoint }), await run());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("trainWordCnn() refuses a damaged checkpoint", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = `${folder}/run.checkpoint`;
  try {
    await run({ checkpoint });
    const file = await Deno.readFile(checkpoint);
    file[file.length - 5]! ^= 1;
    await Deno.writeFile(checkpoint, file);
    await assertRejects(() => run({ checkpoint }), SyntaxError, "damaged");
    await Deno.writeTextFile(checkpoint, "");
    await assertRejects(() => run({ checkpoint }), SyntaxError, "damaged");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trainWordCnn() takes the epoch that is best on the held-out documents", async () => {
  const { history, bestEpoch, model } = await run();
  const accuracies = history.map((report) => report.heldOut!.accuracy);
  assertEquals(bestEpoch, accuracies.indexOf(Math.max(...accuracies)) + 1);
  const { heldOut } = madeCorpus(1);
  const correct = heldOut.filter(({ rows, label }) => {
    const scores = model.scores(model.inputFromRows(rows));
    return scores.indexOf(Math.max(...scores)) === label;
  });
  assertAlmostEquals(correct.length / heldOut.length, accuracies[bestEpoch - 1]!);
});

Deno.test("trainWordCnn() stops where it is told to, on the way of the whole schedule", async () => {
  const hyperparameters = { ...small, epochs: 5, schedule: "cosine" } as const;
  const whole = await run({ hyperparameters });
  const part = await run({ hyperparameters, lastEpoch: 2 });
  assertEquals(part.history, whole.history.slice(0, 2));
});

Deno.test("trainWordCnn() starts from weights that are given", async () => {
  const { model } = await run();
  const hyperparameters = { ...small, epochs: 1, rate: 1e-9, l2: 0 };
  const { model: next } = await run({ start: model.weights, hyperparameters });
  assert(largestDifference(next.weights, model.weights) < 1e-6);
  await assertRejects(
    () => run({ start: model.weights, hyperparameters: { ...small, filters: 12 } }),
    RangeError,
    '"convolutionWeights" has',
  );
});

Deno.test("trainWordCnn() learns from a random window of a longer document", async () => {
  const { values: _, ...corpus } = madeCorpus(2, { longest: 40 });
  const hyperparameters = { ...small, window: 5 };
  const first = await trainWordCnn({ ...corpus, hyperparameters, threads: 1 });
  const anywhere = await trainWordCnn({
    ...corpus,
    hyperparameters: { ...hyperparameters, randomWindow: true },
    threads: 1,
  });
  assert(largestDifference(first.model.weights, anywhere.model.weights) > 1e-3);
});

Deno.test("trainWordCnn() reports progress and refuses what it cannot train on", async () => {
  const reports: Progress[] = [];
  await run({ onProgress: (progress) => reports.push(progress) });
  assertEquals(new Set(reports.map(({ task, unit }) => `${task} ${unit}`)).size, 1);
  const { task, total, figures } = reports[0]!;
  assertEquals([task, figures!.epoch, figures!.epochs], ["Training", 1, 3]);
  assert(figures!.loss! > 0 && figures!.accuracy! >= 0 && figures!.accuracy! <= 1);
  assertEquals([reports.at(-1)!.done, reports.at(-1)!.figures!.epoch], [total, 3]);
  await assertRejects(() => run({ documents: [] }), RangeError, "no documents");
  await assertRejects(
    () => run({ documents: [{ rows: [0], label: 3 }] }),
    RangeError,
    'class "3" of training document 0',
  );
  await assertRejects(
    () => run({ heldOut: [{ rows: [60], label: 0 }] }),
    RangeError,
    'row "60" of held-out document 0',
  );
  for (const name of ["words", "marked"]) {
    await assertRejects(
      () => run({ documents: [{ rows: [0, 1], label: 0, [name]: [0] }] }),
      RangeError,
      `"${name}" of training document 0 has 1 numbers for 2 rows`,
    );
  }
  await assertRejects(
    () => run({ hyperparameters: { dropout: 1 } }),
    RangeError,
    '"dropout" takes a number from 0 to below 1, not "1"',
  );
});

/** How many of the held-out documents the model gets right by its own scores. */
function accuracyOf({ model }: TrainResult, heldOut: readonly LabelledRows[]): number {
  const correct = heldOut.filter(({ rows, label }) => {
    const scores = model.scores(model.inputFromRows(rows));
    return scores.indexOf(Math.max(...scores)) === label;
  });
  return correct.length / heldOut.length;
}

Deno.test("trainWordCnn() judges an epoch by the model that it would give, its average too", async () => {
  for (const averaging of [0, 0.98]) {
    const { values: _, ...corpus } = madeCorpus(3, { documents: 300 });
    const hyperparameters = { ...small, epochs: 1, averaging };
    const result = await trainWordCnn({ ...corpus, hyperparameters, threads: 1 });
    const { accuracy, loss } = result.history[0]!.heldOut!;
    assertEquals(accuracy, accuracyOf(result, corpus.heldOut));
    const losses = corpus.heldOut.map(({ rows, label }) => {
      const scores = result.model.scores(result.model.inputFromRows(rows));
      const total = [...scores].reduce((sum, score) => sum + Math.exp(score), 0);
      return Math.log(total) - scores[label]!;
    });
    assertAlmostEquals(loss, losses.reduce((sum, x) => sum + x, 0) / losses.length, 1e-4);
  }
});

Deno.test("trainWordCnn() chooses among the classes alone, also where all scores are negative", async () => {
  // Weights as they were drawn: their rows do not sum to zero. Sizes are padded to fours inside.
  for (let seed = 1; seed <= 4; seed++) {
    const { values: _, ...corpus } = madeCorpus(seed, { documents: 300, classes: 2 });
    const hyperparameters = { ...small, epochs: 1, rate: 1e-60 };
    const result = await trainWordCnn({ ...corpus, hyperparameters, threads: 1, seed });
    const negative = corpus.heldOut.some(({ rows }) =>
      result.model.scores(result.model.inputFromRows(rows)).every((score) => score < 0)
    );
    assert(negative, "the case must have negative scores only");
    assertEquals(result.history[0]!.heldOut!.accuracy, accuracyOf(result, corpus.heldOut));
  }
});

Deno.test("trainWordCnn() gives a document of equal scores the first class", async () => {
  const { values: _, ...corpus } = madeCorpus(1);
  const hyperparameters = { ...small, epochs: 1, rate: 1e-60 };
  for (const label of [0, 1, 2]) {
    const heldOut = [{ rows: [-1, -1], label }];
    const { history } = await trainWordCnn({ ...corpus, heldOut, hyperparameters, threads: 1 });
    assertEquals(history[0]!.heldOut!.accuracy, label === 0 ? 1 : 0);
  }
});

Deno.test("trainWordCnn() takes the first of epochs that are equally good", async () => {
  const { history, bestEpoch } = await run({ hyperparameters: { ...small, rate: 1e-60 } });
  assertEquals(new Set(history.map(({ heldOut }) => heldOut!.accuracy)).size, 1);
  assertEquals(bestEpoch, 1);
});

test("trainWordCnn() stops before the epoch of a checkpoint where it has what was best until then", async () => {
  for (const vectorRate of [0, 0.05]) {
    const hyperparameters = { ...small, epochs: 5, vectorRate };
    const { heldOut } = madeCorpus(1);
    await checkStopEarlier(
      (isHeldOut, stop) =>
        run({ hyperparameters, heldOut: isHeldOut ? heldOut : [], seed: 2, ...stop }),
      (actual, expected) => {
        assertSameRun(actual, expected);
        const [one, other] = [actual, expected].map(({ model }) => vectorsToArray(model.vectors));
        assertEquals(one, other);
      },
    );
  }
});
