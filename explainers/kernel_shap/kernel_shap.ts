import { type Explainer, type Input, type Model, Random, type Target } from "@heatword/core";
import { registerForAll } from "../_define.ts";
import { seedOption } from "../_options.ts";
import { addOuter, addScaled, inverse, times } from "../_regression.ts";
import { emptyScores, keepWords, presentWords, readTargets } from "../_words.ts";

/** A coalition, the complement it is drawn with, and how much they count. */
interface Pair {
  readonly present: Uint8Array;
  readonly weight: number;
}

const complement = (present: Uint8Array) => present.map((value) => 1 - value);

/** The Shapley kernel's weight of one coalition of `size` of n words, up to a factor. */
function kernel(n: number, size: number): number {
  let choices = 1;
  for (let i = 1; i <= size; i++) choices *= (n - size + i) / i;
  return (n - 1) / (choices * size * (n - size));
}

/** All pairs of complementary coalitions: those without the last word, and their complements. */
function everyPair(n: number): Pair[] {
  return Array.from({ length: 2 ** (n - 1) - 1 }, (_, bits) => {
    const present = Uint8Array.from({ length: n }, (_, i) => (bits + 1) >> i & 1);
    return { present, weight: kernel(n, present.reduce((sum, value) => sum + value, 0)) };
  });
}

/** Pairs drawn from the Shapley kernel. */
function drawPairs(n: number, count: number, random: Random): Pair[] {
  // The chance of a size is its kernel weight times its number of coalitions ~ 1 / (s (n − s)).
  const cumulative: number[] = [];
  for (let size = 1; size < n; size++) {
    cumulative.push((cumulative.at(-1) ?? 0) + 1 / (size * (n - size)));
  }
  return Array.from({ length: count }, () => {
    const point = random.uniform() * cumulative.at(-1)!;
    const size = 1 + Math.max(0, cumulative.findIndex((bound) => point < bound));
    const present = new Uint8Array(n).fill(1, 0, size);
    return { present: random.shuffle(present), weight: 1 };
  });
}

/** What the coalitions add to the score of the empty text, for each target. */
function gains(model: Model, input: Input, targets: readonly Target[], positions: number[]) {
  const perturbation = model.perturb(input);
  const full = readTargets(targets, perturbation.scores());
  const empty = readTargets(targets, emptyScores(model, input));
  const gain = (present: Uint8Array) => {
    keepWords(perturbation, positions, present);
    return readTargets(targets, perturbation.scores()).map((value, k) => value - empty[k]!);
  };
  return { full, empty, gain };
}

/** Least squares under the constraint that the coefficients sum to a total. */
function solver(pairs: readonly Pair[], n: number) {
  const gram = new Float64Array(n * n);
  for (const { present, weight } of pairs) {
    addOuter(gram, present, weight);
    addOuter(gram, complement(present), weight);
  }
  const inverted = inverse(gram, n);
  if (inverted === undefined) return undefined;
  const alongOnes = times(inverted, new Float64Array(n).fill(1));
  const whole = alongOnes.reduce((sum, value) => sum + value, 0);
  return (right: Float64Array, total: number) => {
    const free = times(inverted, right);
    const excess = free.reduce((sum, value) => sum + value, 0) - total;
    return free.map((value, i) => value - alongOnes[i]! * excess / whole);
  };
}

/** The coefficients and their standard errors from the gains of the coalitions. */
function fit(
  pairs: readonly Pair[],
  outcomes: readonly (readonly [number, number])[],
  total: number,
  solve: (right: Float64Array, total: number) => Float64Array,
  n: number,
  exact: boolean,
): { coefficients: Float64Array; errors: Float64Array } {
  const right = new Float64Array(n);
  pairs.forEach(({ present, weight }, m) => {
    addScaled(right, present, weight * outcomes[m]![0]);
    addScaled(right, complement(present), weight * outcomes[m]![1]);
  });
  const coefficients = solve(right, total);
  const variances = new Float64Array(n);
  if (!exact) {
    pairs.forEach(({ present }, m) => {
      const other = complement(present);
      const residual = (z: Uint8Array, value: number) =>
        value - coefficients.reduce((sum, c, i) => sum + c * z[i]!, 0);
      const pull = new Float64Array(n);
      addScaled(pull, present, residual(present, outcomes[m]![0]));
      addScaled(pull, other, residual(other, outcomes[m]![1]));
      solve(pull, 0).forEach((value, i) => variances[i]! += value * value);
    });
  }
  // Fitted coefficients make residuals too small: n − 1 of the pairs' freedoms are used up.
  const correction = pairs.length / Math.max(1, pairs.length - (n - 1));
  return { coefficients, errors: variances.map((value) => Math.sqrt(value * correction)) };
}

/**
 * KernelSHAP: Shapley values as the coefficients of a linear model fitted to the scores of random
 * coalitions of words, drawn in pairs of complements from the Shapley kernel, under the constraint
 * that they sum to f(x) − f(all deleted). Short texts of which all coalitions can be had get exact
 * values. The standard errors are those of the constrained regression (sandwich estimator).
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { kernelShap } from "@heatword/explainers/kernel-shap";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, expectedSum } = explain(kernelShap, model, input, { of: 0, against: 2 });
 * assertAlmostEquals(words[0]!, expectedSum!, 1e-12);
 * ```
 */
export const kernelShap: Explainer = registerForAll({
  name: "kernel-shap",
  description: "KernelSHAP: Shapley values, estimated by a regression over random coalitions",
  citation: "Lundberg and Lee 2017, arXiv:1705.07874; " +
    "paired and constrained: Covert and Lee 2021, arXiv:2012.01536",
  tags: {
    needs: "scores",
    signed: true,
    conserves: "difference",
    ignoresDeleted: true,
    stochastic: true,
  },
  options: {
    samples: {
      type: "number",
      default: 0,
      integer: true,
      min: 0,
      max: 10_000_000,
      description: "Number of coalitions; 0 takes 2048 and 4 a word",
    },
    seed: seedOption,
  },
  explainAll(model, input, targets, options) {
    const positions = presentWords(input);
    const n = positions.length;
    const samples = options.samples as number || 2048 + 4 * n;
    const { full, empty, gain } = gains(model, input, targets, positions);
    const totals = full.map((value, k) => value - empty[k]!);
    const exact = 2 ** n - 2 <= samples;
    const random = new Random(options.seed as number);
    const pairs = n < 2
      ? []
      : exact
      ? everyPair(n)
      : drawPairs(n, Math.max(1, Math.floor(samples / 2)), random);
    const solve = n < 2 ? undefined : solver(pairs, n);
    if (n > 1 && solve === undefined) {
      throw new RangeError(
        `Cannot fit ${n} words to ${samples} coalitions: give a larger option "samples"`,
      );
    }
    const outcomes = pairs.map(({ present }) =>
      [gain(present), gain(complement(present))] as const
    );
    return targets.map((target, k) => {
      const words = new Float64Array(input.length);
      const standardErrors = new Float64Array(input.length);
      if (n === 1) words[positions[0]!] = totals[k]!;
      if (solve !== undefined) {
        const own = outcomes.map(([one, other]) => [one[k]!, other[k]!] as const);
        const { coefficients, errors } = fit(pairs, own, totals[k]!, solve, n, exact);
        positions.forEach((t, i) => {
          words[t] = coefficients[i]!;
          standardErrors[t] = errors[i]!;
        });
      }
      return {
        explainer: "kernel-shap",
        options,
        target,
        score: full[k]!,
        words,
        standardErrors,
        expectedSum: totals[k]!,
      };
    });
  },
});
