import { type Explainer, Random } from "@heatword/core";
import { registerForAll } from "../_define.ts";
import { samplesOption, seedOption } from "../_options.ts";
import { presentWords, readTargets } from "../_words.ts";

/**
 * Shapley values by sampling: in a random order of the words, a word's contribution is what the
 * score loses when the words are deleted one after the other and its turn comes. Every order is
 * used backwards too (antithetic), and the relevance is the mean. The relevances sum to
 * f(x) − f(all deleted) exactly; the standard errors are those of the mean over pairs of orders.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { sampledShapley } from "@heatword/explainers/sampled-shapley";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, standardErrors } = explain(sampledShapley, model, input, 0);
 * assertEquals([words.length, standardErrors!.length], [2, 2]);
 * ```
 */
export const sampledShapley: Explainer = registerForAll({
  name: "sampled-shapley",
  description: "Shapley values, estimated over random orders of the words",
  citation: "Castro et al. 2009, doi:10.1016/j.cor.2008.04.004; " +
    "antithetic: Mitchell et al. 2022, arXiv:2104.12199",
  tags: {
    needs: "scores",
    signed: true,
    conserves: "difference",
    ignoresDeleted: true,
    stochastic: true,
  },
  options: {
    permutations: samplesOption(25, "Number of random orders, each used in both directions", 2),
    seed: seedOption,
  },
  explainAll(model, input, targets, options) {
    const positions = presentWords(input);
    const permutations = options.permutations as number;
    const random = new Random(options.seed as number);
    const perturbation = model.perturb(input);
    const full = readTargets(targets, perturbation.scores());
    const length = input.length;
    const means = targets.map(() => new Float64Array(length));
    const squares = targets.map(() => new Float64Array(length));
    const pair = targets.map(() => new Float64Array(length));
    let empty = full;
    const walk = (order: readonly number[]) => {
      let before = full;
      for (const t of order) {
        perturbation.delete(t);
        const after = readTargets(targets, perturbation.scores());
        for (let k = 0; k < targets.length; k++) pair[k]![t]! += (before[k]! - after[k]!) / 2;
        before = after;
      }
      empty = before;
      for (const t of order) perturbation.restore(t);
    };
    for (let m = 1; m <= permutations; m++) {
      const order = random.shuffle([...positions]);
      pair.forEach((values) => values.fill(0));
      walk(order);
      walk(order.toReversed());
      // Welford's running mean and sum of squared deviations.
      for (let k = 0; k < targets.length; k++) {
        for (const t of positions) {
          const deviation = pair[k]![t]! - means[k]![t]!;
          means[k]![t]! += deviation / m;
          squares[k]![t]! += deviation * (pair[k]![t]! - means[k]![t]!);
        }
      }
    }
    return targets.map((target, k) => ({
      explainer: "sampled-shapley",
      options,
      target,
      score: full[k]!,
      words: means[k]!,
      standardErrors: squares[k]!.map((sum) => Math.sqrt(sum / (permutations - 1) / permutations)),
      expectedSum: full[k]! - empty[k]!,
    }));
  },
});
