import type { Relevance } from "@heatword/core";
import { assertEquals, assertLess } from "@std/assert";
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

/** What a layer of neurons hands on, and what its biases and stabilisers got. */
export interface SlowStep {
  /** Relevance of the inputs. */
  readonly relevance: number[];
  readonly bias: number;
  readonly stabilizer: number;
  /** The largest amount that was handed anywhere: what rounding is to be measured by. */
  readonly largest: number;
}

/** Takes relevance through a layer of neurons, term by term from the definition. */
export function slowLayer(
  neurons: readonly Neuron[],
  relevance: readonly number[],
  size: number,
  rule: SlowRule,
  mode: Mode,
): SlowStep {
  const result = new Array<number>(size).fill(0);
  let [biasTotal, stabilizerTotal, largest] = [0, 0, 1];
  neurons.forEach((neuron, j) => {
    const n = neuron.inputs.length;
    for (const [factor, contributions, changedBias] of partsOf(neuron, rule)) {
      const bias = mode === "ignore" ? 0 : changedBias;
      const z = contributions.reduce((sum, value) => sum + value, 0) + bias;
      const epsilon = rule.rule === "epsilon" ? rule.epsilon : 0;
      const s = z >= 0 ? epsilon : -epsilon;
      const received = factor * relevance[j]!;
      // Where the denominator is zero, all of it counts as the stabiliser's.
      const split = z + s !== 0;
      const forBias = split ? received * bias / (z + s) : 0;
      const forStabilizer = split ? received * s / (z + s) : received;
      biasTotal += forBias;
      stabilizerTotal += forStabilizer;
      neuron.inputs.forEach(({ i }, k) => {
        const own = split ? received * contributions[k]! / (z + s) : 0;
        const share = mode === "share" ? (forBias + forStabilizer) / n : 0;
        result[i]! += own + share;
        largest = Math.max(largest, Math.abs(own), Math.abs(forBias), Math.abs(forStabilizer));
      });
    }
  });
  return { relevance: result, bias: biasTotal, stabilizer: stabilizerTotal, largest };
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

/** An entry of a ledger, without names. */
export interface SlowEntry {
  readonly received: number;
  readonly passed: number;
  readonly bias: number;
  readonly stabilizer: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Relevance of the whole word-CNN: scores, dense layer, ReLU, first winner, convolution. */
export function slowWordCnn(
  net: Net,
  x: readonly (readonly number[])[],
  weights: readonly number[],
  rules: SlowRules,
  mode: Mode,
): {
  scores: number[];
  /** Of every number of every word, row by row. */
  relevance: number[];
  /** Of every word. */
  words: number[];
  /** Of dense layer, ReLU, pooling and convolution. */
  ledger: SlowEntry[];
  largest: number;
} {
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
  winners.forEach((winner, f) => below[winner] = pooled.relevance[f]!);
  const bottom = slowLayer(windows, below, x.flat().length, rules.convolution, mode);
  const { relevance } = bottom;
  const dimensions = x[0]!.length;
  const words = x.map((_, t) => sum(relevance.slice(t * dimensions, (t + 1) * dimensions)));
  const between = sum(pooled.relevance);
  const unchanged = { received: between, passed: between, bias: 0, stabilizer: 0 };
  const ledger = [
    { ...pooled, received: sum(start), passed: between },
    unchanged,
    unchanged,
    { ...bottom, received: between, passed: sum(relevance) },
  ].map(({ received, passed, bias, stabilizer }) => ({ received, passed, bias, stabilizer }));
  return { scores, relevance, words, ledger, largest: Math.max(pooled.largest, bottom.largest) };
}

const epsilon: SlowRule = { rule: "epsilon", epsilon: 0.01 };
const gamma: SlowRule = { rule: "gamma", gamma: 0.25 };
const alphaBeta: SlowRule = { rule: "alpha-beta", alpha: 2 };
const zero: SlowRule = { rule: "zero" };
const zPlus: SlowRule = { rule: "z-plus" };
const wSquare: SlowRule = { rule: "w-square" };
const flat: SlowRule = { rule: "flat" };

/** What a composite gives the dense layer and the convolution, which is the first layer. */
export interface SlowRules {
  readonly dense: SlowRule;
  readonly convolution: SlowRule;
}

/** The rules of each composite, at the default parameters of lrp. */
export const slowComposites: Readonly<Record<string, SlowRules>> = {
  "epsilon": { dense: epsilon, convolution: epsilon },
  "zero": { dense: zero, convolution: zero },
  "gamma": { dense: gamma, convolution: gamma },
  "z-plus": { dense: zPlus, convolution: zPlus },
  "alpha-beta": { dense: alphaBeta, convolution: alphaBeta },
  "w-square": { dense: wSquare, convolution: wSquare },
  "flat": { dense: flat, convolution: flat },
  "epsilon-plus": { dense: epsilon, convolution: zPlus },
  "epsilon-plus-flat": { dense: epsilon, convolution: flat },
  "epsilon-alpha-beta": { dense: epsilon, convolution: alphaBeta },
  "epsilon-alpha-beta-flat": { dense: epsilon, convolution: flat },
  "epsilon-gamma": { dense: epsilon, convolution: gamma },
  "epsilon-gamma-flat": { dense: epsilon, convolution: flat },
  "epsilon-gamma-w-square": { dense: epsilon, convolution: wSquare },
};

/** Compares an explanation with the reference: every number of it, and every one of its ledger. */
export function assertSlow(
  { words, values, ledger }: Relevance,
  slow: ReturnType<typeof slowWordCnn>,
  tolerance: number,
): void {
  const near = (name: string, actual: number | undefined, expected: number) =>
    assertLess(
      Math.abs(actual! - expected),
      tolerance * slow.largest,
      `${name}: ${actual}, not ${expected}`,
    );
  slow.words.forEach((value, t) => near(`word ${t}`, words[t], value));
  if (values) slow.relevance.forEach((value, i) => near(`value ${i}`, values[i], value));
  assertEquals(ledger!.length, slow.ledger.length);
  slow.ledger.forEach((entry, i) => {
    for (const field of ["received", "passed", "bias", "stabilizer"] as const) {
      near(`${field} of ledger entry ${i}`, ledger![i]![field], entry[field]);
    }
  });
}
