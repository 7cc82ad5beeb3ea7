import { Random } from "@heatword/core";
import {
  type CellKind,
  type Readout,
  readRecurrentHyperparameters,
  RecurrentClassifier,
  recurrentShapes,
  type RecurrentShape,
  type RecurrentWeights,
  type WeightName,
} from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import { assert, assertAlmostEquals } from "@std/assert";
import { RecurrentTrainer } from "../../../../core/models/recurrent/training/_trainer.ts";
import { madeCorpus } from "../word_cnn/_made_corpus.ts";

const SMOOTHING = 0.1;

function madeWeights(shape: RecurrentShape, seed: number): Record<WeightName, Float32Array> {
  const random = new Random(seed);
  const entries = recurrentShapes(shape).map(([name, sizes]) => {
    const length = sizes.reduce((product, size) => product * size, 1);
    return [name, Float32Array.from({ length }, () => 0.4 * random.normal())] as const;
  });
  return Object.fromEntries(entries) as Record<WeightName, Float32Array>;
}

/** The mean loss of documents, by the layers of the model in float64. */
function slowLoss(
  shape: RecurrentShape,
  weights: RecurrentWeights,
  { classes, vocabulary, values, documents }: ReturnType<typeof madeCorpus>,
): number {
  const vectors = plainVectors(Float64Array.from(values), shape.dimensions);
  const model = new RecurrentClassifier({ ...shape, classes, vocabulary, vectors, weights });
  const losses = documents.map(({ rows, label }) => {
    const scores = model.scores(model.inputFromRows(rows));
    const sum = scores.reduce((sum: number, score) => sum + Math.exp(score), 0);
    return scores.reduce((loss: number, score, c) => {
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
