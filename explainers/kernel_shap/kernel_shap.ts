import type { Explainer, Input, Model, Target } from "@heatword/core";
import { registerForAll } from "../_define.ts";
import { seedOption } from "../_options.ts";
import { emptyScores, keepWords, placeWords, presentWords, readTargets } from "../_words.ts";
import { coefficientsOf, errorsOf, type Gains, solver } from "./_fit.ts";
import { eachPair, type Pairs, pairsFor } from "./_pairs.ts";

/** What the coalitions add to the score of the empty text, for each target. */
function gainsOf(
  model: Model,
  input: Input,
  targets: readonly Target[],
  positions: readonly number[],
) {
  const perturbation = model.perturb(input);
  const full = readTargets(targets, perturbation.scores());
  const empty = readTargets(targets, emptyScores(model, input));
  const gain = (present: Uint8Array) => {
    keepWords(perturbation, positions, present);
    return readTargets(targets, perturbation.scores()).map((value, k) => value - empty[k]!);
  };
  return { full, totals: full.map((value, k) => value - empty[k]!), gain };
}

/** The gains of all pairs, two numbers for each pair and target. */
function allGains(
  pairs: Pairs,
  targets: number,
  gain: (present: Uint8Array) => Float64Array,
): Gains {
  const gained = new Float64Array(2 * pairs.count * targets);
  eachPair(pairs, (present, complement, _, m) => {
    gained.set(gain(present), 2 * m * targets);
    gained.set(gain(complement), (2 * m + 1) * targets);
  });
  return (m, k) => [gained[2 * m * targets + k]!, gained[(2 * m + 1) * targets + k]!];
}

/**
 * KernelSHAP: Shapley values as the coefficients of a linear model fitted to the scores of random
 * coalitions of words, drawn in pairs of complements from the Shapley kernel, under the constraint
 * that they sum to f(x) − f(all deleted). Short texts of which all coalitions can be had get exact
 * values. T words need at least 2 (T − 1) samples. The standard errors are those of the constrained
 * regression (sandwich estimator); there are none below 4 (T − 1) + 120 samples.
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
      description:
        "Number of coalitions, at least 2 for each word but one; 0 takes 2048 and 4 a word",
    },
    seed: seedOption,
  },
  explainAll(model, input, targets, options) {
    const positions = presentWords(input);
    const n = positions.length;
    const samples = options.samples as number || 2048 + 4 * n;
    const pairs = pairsFor(n, samples, options.seed as number);
    const solve = n < 2 ? undefined : solver(pairs);
    if (n > 1 && solve === undefined) {
      throw new RangeError(
        `Cannot find the values of ${n} words: the ${samples} samples drawn do not tell all words ` +
          'apart; give a larger option "samples", or another "seed"',
      );
    }
    const { full, totals, gain } = gainsOf(model, input, targets, positions);
    const gains = allGains(pairs, targets.length, gain);
    const all = solve === undefined
      ? Array.from(totals, (total) => new Float64Array(n).fill(total))
      : coefficientsOf(pairs, gains, totals, solve);
    const errors = solve === undefined
      ? all.map(() => new Float64Array(n))
      : errorsOf(pairs, gains, all, solve);
    return targets.map((target, k) => ({
      explainer: "kernel-shap",
      options,
      target,
      score: full[k]!,
      words: placeWords(input.length, positions, all[k]!),
      ...(errors && { standardErrors: placeWords(input.length, positions, errors[k]!) }),
      expectedSum: totals[k]!,
    }));
  },
});
