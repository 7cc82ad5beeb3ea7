// Training as the formulas say, in float64 and without any shortcut: dense convolutions, dense
// gradients, one layer after the other.
import { conv1d, dense, type Layer, maxOverTime, Random, relu, type Tensor } from "@heatword/core";
import {
  type Hyperparameters,
  type LabelledRows,
  learningRate,
  type NetworkShape,
  type NetworkWeights,
} from "@heatword/core/word-cnn";

type Weights = { [name in keyof NetworkWeights]: Float64Array };
const names = ["convolutionWeights", "convolutionBias", "denseWeights", "denseBias"] as const;

function map(make: (name: typeof names[number]) => Float64Array): Weights {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Weights;
}

function layersOf(weights: Weights): Layer[] {
  const { convolutionWeights, convolutionBias, denseWeights, denseBias } = weights;
  return [
    conv1d(convolutionWeights, convolutionBias, 2),
    maxOverTime(),
    relu(),
    dense(denseWeights, denseBias),
  ];
}

/** Adds the gradient of one document's loss to `sums`; returns the loss. */
function addGradient(
  weights: Weights,
  words: Float64Array,
  label: number,
  mask: Float64Array,
  smoothing: number,
  shape: NetworkShape,
  sums: Weights,
): number {
  const { dimensions, filters, classes } = shape;
  const layers = layersOf(weights);
  const x: Tensor = { shape: [words.length / dimensions, dimensions], data: words };
  const z = layers[0]!.forward(x);
  const best = layers[1]!.forward(z);
  const active = layers[2]!.forward(best);
  const pooled: Tensor = { shape: [filters], data: active.data.map((a, f) => a * mask[f]!) };
  const scores = layers[3]!.forward(pooled);
  const total = [...scores.data].reduce((sum, score) => sum + Math.exp(score), 0);
  const slope = Float64Array.from(
    scores.data,
    (score, c) => Math.exp(score) / total - (c === label ? 1 - smoothing : 0) - smoothing / classes,
  );
  slope.forEach((g, c) => {
    sums.denseBias[c]! += g;
    for (let f = 0; f < filters; f++) sums.denseWeights[f * classes + c]! += g * pooled.data[f]!;
  });
  const byPooled = layers[3]!.backward(pooled, { shape: [classes], data: slope });
  const byActive = { shape: [filters], data: byPooled.data.map((g, f) => g * mask[f]!) };
  const byZ = layers[1]!.backward(z, layers[2]!.backward(best, byActive));
  for (let t = 0; t < z.shape[0]!; t++) {
    for (let f = 0; f < filters; f++) {
      const g = byZ.data[t * filters + f]!;
      sums.convolutionBias[f]! += g;
      for (let i = 0; i < 2 * dimensions; i++) {
        sums.convolutionWeights[i * filters + f]! += g * words[t * dimensions + i]!;
      }
    }
  }
  return Math.log(total) - scores.data[label]!;
}

/** Trains with all documents from the first epoch to the last; returns weights and losses. */
export function referenceTraining(
  vectors: Float64Array,
  shape: NetworkShape,
  documents: readonly LabelledRows[],
  hyperparameters: Hyperparameters,
  seed: number,
): { weights: Weights; average: Weights; losses: number[] } {
  const { dimensions, filters, classes } = shape;
  const { batch, momentum, l2, dropout, wordDropout, averaging, epochs, labelSmoothing } =
    hyperparameters;
  const first = new Random(seed).fork(0);
  const draw = (length: number, fan: number) =>
    Float64Array.from(
      { length },
      () => Math.fround((2 * first.uniform() - 1) * Math.sqrt(6 / fan)),
    );
  const weights: Weights = {
    convolutionWeights: draw(2 * dimensions * filters, 2 * dimensions + filters),
    convolutionBias: new Float64Array(filters),
    denseWeights: draw(filters * classes, filters + classes),
    denseBias: new Float64Array(classes),
  };
  const velocity = map((name) => new Float64Array(weights[name].length));
  const average = map((name) => weights[name].slice());
  const losses: number[] = [];
  let steps = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const random = new Random(seed).fork(epoch + 1);
    const order = random.shuffle(Int32Array.from(documents, (_, i) => i));
    const batches = Math.ceil(order.length / batch);
    let loss = 0;
    for (let b = 0; b < batches; b++) {
      const part = [...order.subarray(b * batch, (b + 1) * batch)].map((i) => documents[i]!);
      const texts = part.map(({ rows }) => {
        const words = new Float64Array(Math.max(2, rows.length) * dimensions);
        const deleted = wordDropout > 0 ? wordDropout * random.uniform() : 0;
        for (let t = 0; t * dimensions < words.length; t++) {
          const row = rows[t] ?? -1;
          if (deleted > 0 && random.uniform() < deleted || row < 0) continue;
          words.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), t * dimensions);
        }
        return words;
      });
      const masks = part.map(() =>
        Float64Array.from(
          { length: filters },
          () => dropout > 0 && random.uniform() < dropout ? 0 : 1 / (1 - dropout),
        )
      );
      const sums = map((name) => new Float64Array(weights[name].length));
      part.forEach(({ label }, i) => {
        loss += addGradient(weights, texts[i]!, label, masks[i]!, labelSmoothing, shape, sums);
      });
      const rate = learningRate(hyperparameters, epoch, b / batches);
      const blend = Math.max(1 - averaging, 1 / ++steps);
      for (const name of names) {
        const penalty = name.endsWith("Weights") ? l2 : 0;
        for (let i = 0; i < weights[name].length; i++) {
          const gradient = sums[name][i]! / part.length + penalty * weights[name][i]!;
          velocity[name][i] = momentum * velocity[name][i]! + gradient;
          weights[name][i]! -= rate * velocity[name][i]!;
          average[name][i]! += blend * (weights[name][i]! - average[name][i]!);
        }
      }
    }
    losses.push(loss / documents.length);
  }
  return { weights, average, losses };
}
