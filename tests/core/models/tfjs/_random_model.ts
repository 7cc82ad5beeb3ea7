import { Random } from "@heatword/core";
import { drawWeights, tf, words } from "./_saved.ts";

type Symbol = tf.SymbolicTensor;

/** A model drawn by a seed, from all layers that have a counterpart. */
export interface RandomModel {
  readonly model: tf.LayersModel;
  /** How many words its inputs have, where that is fixed. */
  readonly length?: number;
  /** The activation at its end. */
  readonly end: "softmax" | "sigmoid" | "linear";
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)]!;
}

const activations = ["relu", "linear", "tanh", "sigmoid"] as const;

/** A layer along the text. */
function layerAlongText(random: Random, input: Symbol): Symbol {
  const padding = pick(random, ["valid", "same"] as const);
  const activation = pick(random, activations);
  switch (random.below(7)) {
    case 0:
    case 1: {
      const spread = pick(random, [{}, {}, { strides: 2 }, { dilationRate: 2 }]);
      const kernelSize = 1 + random.below(4);
      const filters = 2 + random.below(4);
      const useBias = random.below(4) > 0;
      return tf.layers.conv1d({ kernelSize, filters, padding, activation, useBias, ...spread })
        .apply(input) as Symbol;
    }
    case 2:
      return tf.layers.maxPooling1d({ poolSize: 2, strides: 1 + random.below(3), padding })
        .apply(input) as Symbol;
    case 3:
      return tf.layers.averagePooling1d({ poolSize: 3, strides: 1 + random.below(3), padding })
        .apply(input) as Symbol;
    case 4:
      return tf.layers.dense({ units: 3, activation }).apply(input) as Symbol;
    case 5:
      return pick(random, [tf.layers.activation({ activation }), tf.layers.reLU()])
        .apply(input) as Symbol;
    default:
      return tf.layers.dropout({ rate: 0.3 }).apply(input) as Symbol;
  }
}

function alongText(random: Random, input: Symbol, max: number): Symbol {
  let output = input;
  for (let i = random.below(max + 1); i > 0; i--) output = layerAlongText(random, output);
  return output;
}

/** From rows to a row: pooling over the text, or flattening where the length is fixed. */
function overText(random: Random, input: Symbol, fixed: boolean): Symbol {
  const layer = pick(random, [
    () => tf.layers.globalMaxPooling1d({}),
    () => tf.layers.globalMaxPooling1d({}),
    () => tf.layers.globalAveragePooling1d({}),
    () => fixed ? tf.layers.flatten() : tf.layers.globalMaxPooling1d({}),
  ])();
  return layer.apply(input) as Symbol;
}

/** Filters of several kinds, joined behind or before pooling, or one after the other. */
function body(random: Random, input: Symbol, fixed: boolean): Symbol {
  const kind = random.below(4);
  if (kind === 0) return overText(random, alongText(random, input, 3), fixed);
  const count = 2 + random.below(2);
  const branches = Array.from({ length: count }, (_, b) => {
    const filters = 2 + b;
    const convolved = tf.layers.conv1d({
      kernelSize: 2 + b,
      filters: kind === 2 ? 3 : filters,
      activation: pick(random, activations),
      padding: kind === 3 ? "same" : "valid",
    }).apply(input) as Symbol;
    return kind === 1 ? overText(random, alongText(random, convolved, 1), fixed) : convolved;
  });
  // Behind pooling, along the text, or side by side where padding keeps the length.
  if (kind === 1) return tf.layers.concatenate().apply(branches) as Symbol;
  const joined = tf.layers.concatenate({ axis: kind === 2 ? 1 : -1 }).apply(branches) as Symbol;
  return overText(random, alongText(random, joined, 1), fixed);
}

/**
 * Draws a model.
 *
 * @param seed The seed.
 * @returns The model, with drawn weights.
 */
export function randomModel(seed: number): RandomModel {
  const random = new Random(seed);
  const fixed = random.below(2) === 0;
  const length = fixed ? 12 + random.below(5) : undefined;
  const input = tf.input({ shape: [length ?? null] });
  const vectors = tf.layers.embedding({ inputDim: words.length, outputDim: 3 + random.below(4) })
    .apply(input) as Symbol;
  let output = body(random, alongText(random, vectors, 2), fixed);
  if (random.below(2)) {
    output = tf.layers.dense({ units: 4, activation: pick(random, activations) })
      .apply(output) as Symbol;
  }
  if (random.below(2)) output = tf.layers.dropout({ rate: 0.5 }).apply(output) as Symbol;
  const end = pick(random, ["softmax", "softmax", "sigmoid", "linear"] as const);
  const inDense = random.below(2) === 0;
  output = tf.layers.dense({ units: 3, ...(inDense && { activation: end }) })
    .apply(output) as Symbol;
  if (!inDense && end !== "linear") {
    const last = end === "softmax" && random.below(2)
      ? tf.layers.softmax()
      : tf.layers.activation({ activation: end });
    output = last.apply(output) as Symbol;
  }
  const model = drawWeights(tf.model({ inputs: input, outputs: output }), seed, 0.7);
  return { model, end, ...(length !== undefined && { length }) };
}

/** What a model says at its end, from scores. */
export function withEnd(scores: ArrayLike<number>, end: RandomModel["end"]): number[] {
  const list = Array.from(scores);
  if (end === "linear") return list;
  if (end === "sigmoid") return list.map((z) => 1 / (1 + Math.exp(-z)));
  const max = Math.max(...list);
  const powers = list.map((z) => Math.exp(z - max));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((value) => value / sum);
}
