import { defineModel, type Input, type Model } from "@heatword/core";

interface SubsetInput extends Input {
  readonly present: readonly boolean[];
}

/** A model whose scores are any function of which words are there; it shows nothing else. */
export function subsetModel(
  length: number,
  scores: (present: readonly boolean[]) => number[],
): { model: Model; input: Input } {
  const model = defineModel({
    classes: scores(new Array(length).fill(true)).map((_, c) => `class ${c}`),
    encode: (): SubsetInput => ({ length, present: new Array(length).fill(true) }),
    score: ({ present }: SubsetInput) => Float64Array.from(scores(present)),
    withoutWords(input: SubsetInput, positions) {
      const present = [...input.present];
      for (const t of positions) present[t] = false;
      return { ...input, present };
    },
  });
  const input = model.encode({ text: "", tokens: [] });
  return { model: model as Model, input };
}

/** A model that adds up a number for each word. */
export function additiveModel(coefficients: readonly number[], constant = 0.5) {
  return subsetModel(coefficients.length, (present) => {
    const score = coefficients.reduce((sum, c, t) => present[t] ? sum + c : sum, constant);
    return [score, -score];
  });
}

/** Shapley values by the definition: the mean over all subsets, weighted. */
export function bruteForceShapley(
  length: number,
  value: (present: readonly boolean[]) => number,
): number[] {
  const values = Array.from(
    { length: 2 ** length },
    (_, bits) => value(Array.from({ length }, (_, t) => (bits >> t & 1) === 1)),
  );
  const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
  return Array.from({ length }, (_, t) => {
    let total = 0;
    for (let bits = 0; bits < values.length; bits++) {
      if (bits >> t & 1) continue;
      const size = bits.toString(2).replaceAll("0", "").length;
      const weight = factorial(size) * factorial(length - size - 1) / factorial(length);
      total += weight * (values[bits | 1 << t]! - values[bits]!);
    }
    return total;
  });
}
