// Training as the formulas say, in float64 and without any shortcut: dense convolutions, dense
// gradients, one layer after the other.
import { conv1d, dense, type Layer, maxOverTime, Random, relu, type Tensor } from "@heatword/core";
import {
  type Hyperparameters,
  type LabelledRows,
  type NetworkShape,
  type NetworkWeights,
} from "@heatword/core/word-cnn";

type Weights = { [name in keyof NetworkWeights]: Float64Array };
const names = ["convolutionWeights", "convolutionBias", "denseWeights", "denseBias"] as const;

function map(make: (name: typeof names[number]) => Float64Array): Weights {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Weights;
}

/**
 * The chances of words to be left out, as many of those that are known as by `uniform` on the average:
 * in proportion to what is positive of their relevance, at most 1, and the others alike if that is not
 * enough. The factor of the proportion is found by bisection.
 */
export function referenceChances(
  uniform: number,
  relevance: readonly (number | undefined)[],
  guidance: number,
): number[] {
  const known = relevance.filter((one) => one !== undefined).map((one) => Math.max(0, one));
  const wanted = uniform * known.length;
  const leaned = known.filter((one) => one > 0);
  const all = (factor: number) => leaned.reduce((sum, one) => sum + Math.min(1, factor * one), 0);
  let [low, high] = [0, 1];
  while (leaned.length > wanted && all(high) < wanted) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (all(middle) < wanted) low = middle;
    else high = middle;
  }
  const others = (wanted - leaned.length) / (known.length - leaned.length);
  return relevance.map((one) => {
    if (one === undefined) return uniform;
    const follows = leaned.length > wanted
      ? Math.min(1, low * Math.max(0, one))
      : one > 0
      ? 1
      : others;
    return (1 - guidance) * uniform + guidance * follows;
  });
}

/**
 * Adds the gradient of one document's loss to `sums`, and by its words to `byWords`; and the gradient of
 * the score of its class by its words to `ofScore`; returns the loss.
 */
function addGradient(
  weights: Weights,
  words: Float64Array,
  label: number,
  mask: Float64Array,
  { labelSmoothing }: Hyperparameters,
  weight: number,
  shape: NetworkShape,
  sums: Weights,
  byWords: Float64Array,
  ofScore: Float64Array,
): number {
  const { dimensions, filters, classes } = shape;
  const x: Tensor = { shape: [words.length / dimensions, dimensions], data: words };
  let [from, first] = [0, 0];
  const branches = shape.convolutions!.map(({ width, filters }) => {
    const place = { from, first, width, filters };
    const own = weights.convolutionWeights.subarray(from, from += width * dimensions * filters);
    const layers: Layer[] = [
      conv1d(own, weights.convolutionBias.subarray(first, first += filters), width),
      maxOverTime(),
    ];
    const z = layers[0]!.forward(x);
    return { ...place, layers, z, best: layers[1]!.forward(z) };
  });
  const best: Tensor = {
    shape: [filters],
    data: Float64Array.from(branches.flatMap((branch) => [...branch.best.data])),
  };
  const top = dense(weights.denseWeights, weights.denseBias);
  const active = relu().forward(best);
  const pooled: Tensor = { shape: [filters], data: active.data.map((a, f) => a * mask[f]!) };
  const scores = top.forward(pooled);
  const total = [...scores.data].reduce((sum, score) => sum + Math.exp(score), 0);
  const slope = Float64Array.from(scores.data, (score, c) => {
    const target = (c === label ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
    return weight * (Math.exp(score) / total - target);
  });
  slope.forEach((g, c) => {
    sums.denseBias[c]! += g;
    for (let f = 0; f < filters; f++) sums.denseWeights[f * classes + c]! += g * pooled.data[f]!;
  });
  const bestFrom = (slope: Float64Array) => {
    const byPooled = top.backward(pooled, { shape: [classes], data: slope });
    const byActive = { shape: [filters], data: byPooled.data.map((g, f) => g * mask[f]!) };
    return relu().backward(best, byActive);
  };
  const byBest = bestFrom(slope);
  const scoreByBest = bestFrom(Float64Array.from(slope, (_, c) => Number(c === label)));
  for (const { from, first, filters: own, width, layers, z } of branches) {
    const data = byBest.data.slice(first, first + own);
    const byZ = layers[1]!.backward(z, { shape: [own], data });
    layers[0]!.backward(x, byZ).data.forEach((g, i) => byWords[i]! += g);
    const ofScores = { shape: [own], data: scoreByBest.data.slice(first, first + own) };
    layers[0]!.backward(x, layers[1]!.backward(z, ofScores)).data
      .forEach((g, i) => ofScore[i]! += g);
    for (let t = 0; t < z.shape[0]!; t++) {
      for (let f = 0; f < own; f++) {
        const g = byZ.data[t * own + f]!;
        sums.convolutionBias[first + f]! += g;
        for (let i = 0; i < width * dimensions; i++) {
          sums.convolutionWeights[from + i * own + f]! += g * words[t * dimensions + i]!;
        }
      }
    }
  }
  return Math.log(total) - scores.data[label]!;
}

/** The learning rate of a step, counted over the whole training from 0. */
function rateAt(
  { rate, schedule, decay, epochs }: Hyperparameters,
  step: number,
  stepsAnEpoch: number,
): number {
  if (schedule === "cosine") {
    // Half a cosine from the full rate at the first step towards 0 at the end.
    return rate * Math.cos(Math.PI / 2 * step / (epochs * stepsAnEpoch)) ** 2;
  }
  let now = rate;
  for (let left = step; left >= stepsAnEpoch; left -= stepsAnEpoch) now *= decay;
  return now;
}

/** Trains with all documents from the first epoch to the last; returns weights and losses. */
export function referenceTraining(
  vectors: Float64Array,
  shape: NetworkShape,
  documents: readonly LabelledRows[],
  hyperparameters: Hyperparameters,
  seed: number,
): { weights: Weights; average: Weights; vectors: Float64Array; losses: number[] } {
  const { dimensions, filters, classes } = shape;
  const { batch, momentum, l2, dropout, wordDropout, averaging, epochs, rate: firstRate } =
    hyperparameters;
  const { balance = 0, vectorRate = 0, widths = [2], guidedDropout = 0 } = hyperparameters;
  /** Of each word that an epoch had, the mean of gradient times input of its places. */
  const means = new Map<number, number>();
  vectors = vectors.slice();
  const squares = new Float64Array(vectors.length / dimensions);
  // A document of a class counts as (its share)^-balance does, which is 1 on the average.
  const share = (label: number) =>
    documents.filter((one) => one.label === label).length / documents.length;
  const raw = documents.map(({ label }) => share(label) ** -balance);
  const mean = raw.reduce((sum, one) => sum + one, 0) / documents.length;
  const weightOf = (label: number) => share(label) ** -balance / mean;
  const first = new Random(seed).fork(0);
  const draw = (length: number, fan: number) =>
    Float64Array.from(
      { length },
      () => Math.fround((2 * first.uniform() - 1) * Math.sqrt(6 / fan)),
    );
  const weights: Weights = {
    convolutionWeights: Float64Array.from(shape.convolutions!.flatMap(({ width, filters }) => [
      ...draw(width * dimensions * filters, width * dimensions + filters),
    ])),
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
    const relevances = new Map<number, number[]>();
    for (let b = 0; b < batches; b++) {
      const part = [...order.subarray(b * batch, (b + 1) * batch)].map((i) => documents[i]!);
      const kept = part.map(({ rows, words }) => {
        const deleted = wordDropout > 0 ? wordDropout * random.uniform() : 0;
        const draws = new Map<number, boolean>();
        const length = Math.max(...widths, rows.length);
        // What fills up a short text of parts is one more word.
        const wordAt = (t: number) => words ? words[t] ?? -1 : t;
        const leaned = new Map<number, number | undefined>();
        for (let t = 0; t < length; t++) {
          const row = rows[t] ?? -1;
          const before = leaned.get(wordAt(t));
          const own = row < 0 ? undefined : Math.max(0, means.get(row) ?? 0);
          leaned.set(wordAt(t), own === undefined ? before : (before ?? 0) + own);
        }
        const isGuided = guidedDropout > 0 && [...leaned.values()].some((one) => one! > 0);
        const guided = referenceChances(deleted, [...leaned.values()], guidedDropout);
        const chances = new Map([...leaned.keys()].map((word, i) => [word, guided[i]!]));
        return Array.from({ length }, (_, t) => {
          const word = wordAt(t);
          const chance = isGuided ? chances.get(word)! : deleted;
          if (!draws.has(word)) draws.set(word, deleted > 0 && random.uniform() < chance);
          return draws.get(word) ? -1 : rows[t] ?? -1;
        });
      });
      const texts = kept.map((rows) => {
        const words = new Float64Array(rows.length * dimensions);
        rows.forEach((row, t) => {
          if (row < 0) return;
          words.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), t * dimensions);
        });
        return words;
      });
      const masks = part.map(() =>
        Float64Array.from(
          { length: filters },
          () => dropout > 0 && random.uniform() < dropout ? 0 : 1 / (1 - dropout),
        )
      );
      const sums = map((name) => new Float64Array(weights[name].length));
      const byRows = new Float64Array(vectors.length);
      part.forEach(({ label }, i) => {
        const byWords = new Float64Array(texts[i]!.length);
        const ofScore = new Float64Array(texts[i]!.length);
        loss += addGradient(
          weights,
          texts[i]!,
          label,
          masks[i]!,
          hyperparameters,
          weightOf(label),
          shape,
          sums,
          byWords,
          ofScore,
        );
        kept[i]!.forEach((row, t) => {
          if (row < 0) return;
          const own = ofScore.subarray(t * dimensions, (t + 1) * dimensions);
          const relevance = own.reduce((sum, g, d) => {
            return sum + g * texts[i]![t * dimensions + d]!;
          }, 0);
          relevances.set(row, [...relevances.get(row) ?? [], relevance]);
          for (let d = 0; d < dimensions; d++) {
            byRows[row * dimensions + d]! += byWords[t * dimensions + d]! / part.length;
          }
        });
      });
      const rate = rateAt(hyperparameters, epoch * batches + b, batches);
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
      for (let row = 0; row < squares.length && vectorRate > 0; row++) {
        const gradient = byRows.subarray(row * dimensions, (row + 1) * dimensions);
        squares[row]! += gradient.reduce((sum, g) => sum + g * g, 0) / dimensions;
        if (squares[row] === 0) continue;
        const step = rate / firstRate * vectorRate / Math.sqrt(squares[row]!);
        gradient.forEach((g, d) => vectors[row * dimensions + d]! -= step * g);
      }
    }
    for (const [row, list] of relevances) {
      means.set(row, list.reduce((sum, one) => sum + one, 0) / list.length);
    }
    losses.push(loss / documents.length);
  }
  return { weights, average, vectors, losses };
}
