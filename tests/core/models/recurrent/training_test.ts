import { Random } from "@heatword/core";
import {
  type CellKind,
  type Readout,
  readRecurrentHyperparameters,
  RecurrentClassifier,
  type RecurrentShape,
  type RecurrentWeights,
  trainRecurrent,
  type TrainRecurrentOptions,
} from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { RecurrentTrainer } from "../../../../core/models/recurrent/training/_trainer.ts";
import { testPermitted } from "../../../_skip.ts";
import { checkStopEarlier } from "../_stop_earlier.ts";
import { madeCorpus } from "../word_cnn/_made_corpus.ts";
import { madeWeights } from "./_made.ts";

const test = testPermitted("read", "write");

const SMOOTHING = 0.1;

/** The mean loss of documents, by the layers of the model in float64. */
function slowLoss(
  shape: RecurrentShape,
  weights: RecurrentWeights,
  { classes, vocabulary, values, documents }: ReturnType<typeof madeCorpus>,
): number {
  const vectors = plainVectors(Float64Array.from(values), shape.dimensions);
  const model = new RecurrentClassifier({ ...shape, classes, vocabulary, vectors, weights });
  const losses = documents.map(({ rows, label }) => {
    const scores = [...model.scores(model.inputFromRows(rows))];
    const sum = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    return scores.reduce((loss, score, c) => {
      const target = SMOOTHING / classes.length + (c === label ? 1 - SMOOTHING : 0);
      return loss - target * (score - Math.log(sum));
    }, 0);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / documents.length;
}

const float64 = (weights: RecurrentWeights): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, Float64Array.from(w)]));

for (const cell of ["lstm", "gru"] satisfies CellKind[]) {
  for (const readout of ["max", "mean"] satisfies Readout[]) {
    Deno.test(`the gradient of a step of a ${cell}, ${readout}, is that of finite differences`, async () => {
      const corpus = madeCorpus(3, { words: 20, dimensions: 5, documents: 13, longest: 9 });
      const shape: RecurrentShape = {
        cell,
        readout,
        bidirectional: true,
        units: 6,
        dimensions: 5,
        classes: 3,
      };
      const hyperparameters = readRecurrentHyperparameters({
        ...{ cell, readout, bidirectional: true, units: 6, batch: 13 },
        ...{ dropout: 0, wordDropout: 0, labelSmoothing: SMOOTHING },
      });
      const trainer = await RecurrentTrainer.start(corpus.vectors, shape, hyperparameters, 1);
      try {
        const weights = madeWeights(shape, 1);
        trainer.weights = weights;
        const randoms = corpus.documents.map((_, i) => new Random(i));
        const { gradient, loss } = trainer.gradient(corpus.documents, randoms);
        const exact = float64(weights);
        assertAlmostEquals(loss, slowLoss(shape, exact, corpus), 1e-6);
        let checked = 0;
        for (const [name, found] of Object.entries(gradient)) {
          for (let i = 0; i < found.length; i += 5) {
            const step = 1e-5;
            const sides = [step, -step].map((change) => {
              const moved = { ...exact, [name]: exact[name]!.slice() };
              moved[name]![i]! += change;
              return slowLoss(shape, moved, corpus);
            });
            const slope = (sides[0]! - sides[1]!) / (2 * step);
            assertAlmostEquals(found[i]!, slope, 2e-6, `${name}[${i}]`);
            checked++;
          }
        }
        assert(checked > 100);
      } finally {
        trainer.stop();
      }
    });
  }
}

const small = { units: 6, epochs: 3, batch: 10, window: 8, words: 10, rate: 0.01 };

function run(options: Partial<TrainRecurrentOptions> = {}) {
  const { values: _, ...corpus } = madeCorpus(1);
  return trainRecurrent({ ...corpus, hyperparameters: small, threads: 1, ...options });
}

for (const network of [{ bidirectional: true }, { cell: "gru" as const, units: 9 }]) {
  const hyperparameters = { ...small, ...network };
  const name = network.bidirectional ? "a BiLSTM" : "a GRU";

  test(`trainRecurrent() gives ${name} the same bytes on any number of threads`, async () => {
    const one = await run({ hyperparameters });
    for (const threads of [2, 3]) {
      const other = await run({ hyperparameters, threads });
      assertEquals(other.history, one.history);
      assertEquals(other.model.weights, one.model.weights);
    }
    const seed = await run({ hyperparameters, seed: 2 });
    assert(seed.history[0]!.train.loss !== one.history[0]!.train.loss);
  });

  test(`trainRecurrent() resumes ${name} after any epoch with the same bytes`, async () => {
    const folder = await Deno.makeTempDir();
    const whole = await run({ hyperparameters });
    for (const lastEpoch of [1, 2]) {
      const checkpoint = `${folder}/${lastEpoch}`;
      await run({ hyperparameters, checkpoint, lastEpoch });
      const epochs: number[] = [];
      const onEpoch = ({ epoch }: { epoch: number }) => epochs.push(epoch);
      const resumed = await run({ hyperparameters, checkpoint, onEpoch });
      assertEquals(epochs, [1, 2, 3].slice(lastEpoch));
      assertEquals(resumed.history, whole.history);
      assertEquals(resumed.bestEpoch, whole.bestEpoch);
      assertEquals(resumed.model.weights, whole.model.weights);
      // Of another run it takes nothing.
      const other = await run({ hyperparameters, checkpoint, seed: 3, lastEpoch: 1 });
      assertEquals((await run({ hyperparameters, seed: 3, lastEpoch: 1 })).history, other.history);
    }
    await Deno.writeTextFile(`${folder}/2`, "{}");
    const message = "is damaged, remove it";
    await assertRejects(
      () => run({ hyperparameters, checkpoint: `${folder}/2` }),
      SyntaxError,
      message,
    );
    await Deno.remove(folder, { recursive: true });
  });
}

test("trainRecurrent() stops before the epoch of a checkpoint where it has what was best until then", async () => {
  const hyperparameters = { ...small, epochs: 5 };
  const { heldOut } = madeCorpus(1);
  await checkStopEarlier(
    (isHeldOut, stop) => run({ hyperparameters, heldOut: isHeldOut ? heldOut : [], ...stop }),
    (actual, expected) => {
      assertEquals(actual.history, expected.history);
      assertEquals(actual.bestEpoch, expected.bestEpoch);
      assertEquals(actual.model.weights, expected.model.weights);
    },
  );
});

Deno.test("what is drawn for a document does not depend on what else a step takes", async () => {
  const { documents, vectors } = madeCorpus(4);
  const hyperparameters = readRecurrentHyperparameters({ ...small, units: 5, batch: 9 });
  const shape = { ...hyperparameters, dimensions: 10, classes: 3 };
  const trainer = await RecurrentTrainer.start(vectors, shape, hyperparameters, 1);
  try {
    trainer.weights = madeWeights(shape, 2);
    const randoms = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => new Random(from + i));
    const alone = documents.slice(0, 9).map((document, i) =>
      trainer.gradient([document], randoms(i, i + 1))
    );
    const together = trainer.gradient(documents.slice(0, 9), randoms(0, 9));
    const mean = alone.reduce((sum, { loss }) => sum + loss, 0) / 9;
    assertAlmostEquals(together.loss, mean, 1e-6);
    for (const [name, values] of Object.entries(together.gradient)) {
      values.forEach((value, i) => {
        const parts = alone.map(({ gradient }) => gradient[name as "denseBias"]![i]!);
        assertAlmostEquals(value, parts.reduce((sum, part) => sum + part, 0) / 9, 1e-6);
      });
    }
  } finally {
    trainer.stop();
  }
});

Deno.test("what is told of held-out documents is what the model says of each alone", async () => {
  const corpus = madeCorpus(2, { longest: 25 });
  for (const readout of ["max", "mean"] as const) {
    const hyperparameters = { ...small, bidirectional: true, readout, epochs: 2, words: 20 };
    const { history, model } = await run({ ...corpus, hyperparameters, lastEpoch: 1 });
    const losses = corpus.heldOut.map(({ rows, label }) => {
      const seen = Array.from(rows).slice(0, 20);
      const scores = [...model.scores(model.inputFromRows(seen))];
      const sum = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      return { loss: Math.log(sum) - scores[label]!, right: scores[label] === Math.max(...scores) };
    });
    const mean = losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length;
    const { loss, accuracy } = history[0]!.heldOut!;
    assertAlmostEquals(loss, mean, 1e-5);
    assertEquals(accuracy, losses.filter(({ right }) => right).length / losses.length);
  }
});

Deno.test("trainRecurrent() learns what only the order of words tells, at both ends of a text", async () => {
  const random = new Random(8);
  // Words 0 and 1 stand somewhere among others; which of them comes first is the class.
  const documents = Array.from({ length: 192 }, (_, i) => {
    const rows = Array.from({ length: 6 + random.below(6) }, () => 2 + random.below(6));
    const first = random.below(rows.length - 1);
    const second = first + 1 + random.below(rows.length - first - 1);
    [rows[first], rows[second]] = i % 2 === 0 ? [0, 1] : [1, 0];
    return { rows, label: i % 2 };
  });
  const values = Float32Array.from({ length: 8 * 6 }, () => random.normal());
  for (const cell of ["lstm", "gru"] as const) {
    const { history } = await trainRecurrent({
      classes: ["rising", "falling"],
      vocabulary: madeCorpus(1, { words: 8 }).vocabulary,
      vectors: plainVectors(values, 6),
      documents: documents.slice(0, 160),
      heldOut: documents.slice(160),
      hyperparameters: {
        ...{ cell, bidirectional: true, units: 12, epochs: 40, batch: 16, rate: 0.02 },
        ...{ dropout: 0, wordDropout: 0, labelSmoothing: 0 },
      },
      threads: 1,
    });
    assert(history.at(-1)!.heldOut!.accuracy > 0.9, `${cell} ${history.at(-1)!.heldOut!.accuracy}`);
  }
});

Deno.test("trainRecurrent() says what it cannot use", async () => {
  const cases: [Partial<TrainRecurrentOptions>, string][] = [
    [{ documents: [] }, "there are no documents"],
    [{ documents: [{ rows: [60], label: 0 }] }, 'row "60" of training document 0 is not one of 60'],
    [{ documents: [{ rows: [0], label: 3 }] }, 'class "3" of training document 0 is not one of 3'],
    [{ hyperparameters: { units: 0 } }, 'Hyper-parameter "units" takes a positive whole number'],
    [{ hyperparameters: { clip: 0 } }, 'Hyper-parameter "clip" takes a positive number, not "0"'],
    [{ hyperparameters: { dropout: 1 } }, 'Hyper-parameter "dropout" takes a number from 0 to'],
    [{ hyperparameters: { cell: "rnn" as "gru" } }, 'Hyper-parameter "cell" takes lstm or gru'],
    [{ hyperparameters: { filters: 3 } as object }, 'Unknown hyper-parameter "filters"'],
  ];
  for (const [options, message] of cases) {
    await assertRejects(() => run(options), RangeError, message);
  }
  const reason = new Error("enough");
  await assertRejects(() => run({ signal: AbortSignal.abort(reason) }), Error, "enough");
});
