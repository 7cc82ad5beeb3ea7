import type { Net } from "./_model.ts";

/** A rule by its textbook name, with its parameter. */
export type SlowRule =
  | { readonly rule: "zero" | "z-plus" | "w-square" | "flat" }
  | { readonly rule: "epsilon"; readonly epsilon: number }
  | { readonly rule: "gamma"; readonly gamma: number }
  | { readonly rule: "alpha-beta"; readonly alpha: number };

/** One output neuron with its inputs, as a plain list. */
export interface Neuron {
  /** Index, value and weight of each input. */
  readonly inputs: readonly { readonly i: number; readonly x: number; readonly w: number }[];
  readonly bias: number;
}

type Mode = "share" | "absorb" | "ignore";

/** Contributions of the inputs and of the bias, with the factor that they share. */
type Part = [factor: number, contributions: number[], bias: number];

function partsOf({ inputs, bias }: Neuron, rule: SlowRule): Part[] {
  const z = inputs.map(({ x, w }) => x * w);
  const plus = z.map((value) => Math.max(0, value));
  const minus = z.map((value) => Math.min(0, value));
  switch (rule.rule) {
    case "zero":
    case "epsilon":
      return [[1, z, bias]];
    case "gamma": {
      const whole = z.reduce((sum, value) => sum + value, bias);
      const favoured = whole >= 0 ? plus : minus;
      const favouredBias = whole >= 0 ? Math.max(0, bias) : Math.min(0, bias);
      const boosted = z.map((value, k) => value + rule.gamma * favoured[k]!);
      return [[1, boosted, bias + rule.gamma * favouredBias]];
    }
    case "z-plus":
      return [[1, plus, Math.max(0, bias)]];
    case "alpha-beta":
      return [[rule.alpha, plus, Math.max(0, bias)], [1 - rule.alpha, minus, Math.min(0, bias)]];
    case "w-square":
      return [[1, inputs.map(({ w }) => w * w), 0]];
    case "flat":
      return [[1, inputs.map(() => 1), 0]];
  }
}

/** Relevance of the inputs of a layer of neurons, term by term from the definition. */
export function slowLayer(
  neurons: readonly Neuron[],
  relevance: readonly number[],
  size: number,
  rule: SlowRule,
  mode: Mode,
): number[] {
  const result = new Array<number>(size).fill(0);
  neurons.forEach((neuron, j) => {
    const n = neuron.inputs.length;
    for (const [factor, contributions, changedBias] of partsOf(neuron, rule)) {
      const bias = mode === "ignore" ? 0 : changedBias;
      const z = contributions.reduce((sum, value) => sum + value, 0) + bias;
      const epsilon = rule.rule === "epsilon" ? rule.epsilon : 0;
      const s = z >= 0 ? epsilon : -epsilon;
      neuron.inputs.forEach(({ i }, k) => {
        const share = mode === "share" ? (bias + s) / n : 0;
        const part = z + s !== 0
          ? (contributions[k]! + share) / (z + s)
          : mode === "share"
          ? 1 / n
          : 0;
        result[i]! += factor * part * relevance[j]!;
      });
    }
  });
  return result;
}

/** The dense layer's neurons for some input. */
export function denseNeurons(
  weights: number[][],
  biases: readonly number[],
  x: number[],
): Neuron[] {
  return biases.map((bias, j) => ({
    bias,
    inputs: x.map((value, i) => ({ i, x: value, w: weights[i]![j]! })),
  }));
}

/** The convolution's neurons, position by position, for the word vectors row by row. */
export function convolutionNeurons(
  { convW, convB }: Pick<Net, "convW" | "convB">,
  x: readonly (readonly number[])[],
): Neuron[] {
  const dimensions = x[0]!.length;
  const flat = x.flat();
  return x.slice(1).flatMap((_, t) =>
    convB.map((bias, f) => ({
      bias,
      inputs: convW.map((row, k) => {
        const i = t * dimensions + k;
        return { i, x: flat[i]!, w: row[f]! };
      }),
    }))
  );
}

const output = ({ inputs, bias }: Neuron) =>
  inputs.reduce((sum, { x, w }) => sum + x * w, 0) + bias;

/** Relevance of the whole word-CNN: scores, dense layer, ReLU, first winner, convolution. */
export function slowWordCnn(
  net: Net,
  x: readonly (readonly number[])[],
  weights: readonly number[],
  rules: { readonly dense: SlowRule; readonly convolution: SlowRule },
  mode: Mode,
): { scores: number[]; relevance: number[] } {
  const filters = net.convB.length;
  const windows = convolutionNeurons(net, x);
  const z = windows.map(output);
  const winners = net.convB.map((_, f) => {
    let winner = f;
    for (let i = f; i < z.length; i += filters) if (z[i]! > z[winner]!) winner = i;
    return winner;
  });
  const hidden = winners.map((winner) => Math.max(0, z[winner]!));
  const top = denseNeurons(net.fcW, net.fcB, hidden);
  const scores = top.map(output);
  const start = scores.map((score, c) => weights[c]! * score);
  const pooled = slowLayer(top, start, filters, rules.dense, mode);
  const below = new Array<number>(z.length).fill(0);
  winners.forEach((winner, f) => below[winner] = pooled[f]!);
  const relevance = slowLayer(windows, below, x.flat().length, rules.convolution, mode);
  return { scores, relevance };
}
