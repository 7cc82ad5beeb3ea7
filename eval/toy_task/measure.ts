import {
  dense,
  explain,
  type LayeredModel,
  lstmCell,
  recurrent,
  type VectorInput,
} from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";
import {
  contributionsOf,
  TOY_DIMENSIONS,
  type ToyOperation,
  type ToySequence,
} from "./sequences.ts";
import type { ToyParameters } from "./train.ts";

/** How well a method finds what the numbers of the toy task contribute. */
export interface ToyStatistics {
  /** Correlation of the relevance of word a with n_a/2. */
  readonly correlationA: number;
  /** Correlation of the relevance of word b with ± n_b/2. */
  readonly correlationB: number;
  /** Which part of Σ R² lies at the words that do not count. */
  readonly squaresElsewhere: number;
}

/** Pearson's correlation of two lists. */
function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  const [m, n] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  one.forEach((value, i) => {
    both += (value - m) * (other[i]! - n);
    first += (value - m) ** 2;
    second += (other[i]! - n) ** 2;
  });
  return both / Math.sqrt(first * second);
}

/**
 * The network of trained numbers as a model of one class.
 *
 * @param parameters Its numbers, as `trainToy` gives them.
 * @returns The model.
 */
export function toyModel(parameters: ToyParameters): LayeredModel {
  const kernel = TOY_DIMENSIONS * 4;
  const cell = lstmCell({
    units: 1,
    kernel: parameters.subarray(0, kernel),
    recurrentKernel: parameters.subarray(kernel, kernel + 4),
    bias: parameters.subarray(kernel + 4, kernel + 8),
  });
  return networkModel({
    classes: ["y"],
    layers: [recurrent(cell), dense(parameters.subarray(kernel + 8), new Float64Array(1))],
    dimensions: TOY_DIMENSIONS,
    minLength: 1,
    vectorOf: () => undefined,
  });
}

/**
 * Explains the output for sequences of the toy task, and compares relevances with contributions.
 *
 * @param model The model.
 * @param sequences The sequences.
 * @param operation Whether it adds or subtracts.
 * @param explainer The explainer.
 * @param options Its options.
 * @returns How well they agree.
 *
 * @example
 * ```ts
 * import { drawToySequences, measureToy, toyModel, trainToy } from "@heatword/eval/toy-task";
 * import "@heatword/explainers";
 * import { assertGreater } from "@std/assert";
 *
 * const { parameters } = trainToy("add", drawToySequences(100, 1), 1);
 * const sequences = drawToySequences(100, 2);
 * const { correlationA } = await measureToy(toyModel(parameters), sequences, "add", "lrp");
 * assertGreater(correlationA, 0.9);
 * ```
 */
export async function measureToy(
  model: LayeredModel,
  sequences: readonly ToySequence[],
  operation: ToyOperation,
  explainer: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<ToyStatistics> {
  const pairs: [relevance: number, contribution: number][][] = [[], []];
  let [all, elsewhere] = [0, 0];
  for (const sequence of sequences) {
    const { length, vectors, a, b } = sequence;
    const input: VectorInput = { length, dimensions: TOY_DIMENSIONS, vectors };
    const { words } = await explain(explainer, model, input, 0, options);
    contributionsOf(sequence, operation).forEach((contribution, i) =>
      pairs[i]!.push([words[i === 0 ? a : b]!, contribution])
    );
    words.forEach((value, t) => {
      all += value * value;
      if (t !== a && t !== b) elsewhere += value * value;
    });
  }
  const [correlationA, correlationB] = pairs.map((list) =>
    correlation(list.map(([relevance]) => relevance), list.map(([, contribution]) => contribution))
  ) as [number, number];
  return { correlationA, correlationB, squaresElsewhere: elsewhere / all };
}
