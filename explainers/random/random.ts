import { type Explainer, Random, register, targetScore } from "@heatword/core";
import { seedOption } from "../_options.ts";

/**
 * Random relevances, uniform from 0 to 1: the baseline that every method has to beat. They depend
 * on the seed and the position alone, so give every document a seed of its own.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { random } from "@heatword/explainers/random";
 * import { assertNotEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const [one, other] = [1, 2].map((seed) => explain(random, model, input, 0, { seed }).words);
 * assertNotEquals(one, other);
 * ```
 */
export const random: Explainer = register({
  name: "random",
  description: "Random numbers: the baseline that every method has to beat",
  citation: "Samek et al. 2017, doi:10.1109/TNNLS.2016.2599820",
  tags: { needs: "scores", signed: false, conserves: false, stochastic: true },
  options: { seed: seedOption },
  explain(model, input, target, options) {
    const generator = new Random(options.seed as number);
    return {
      explainer: random.name,
      options,
      target,
      score: targetScore(target, model.scores(input)),
      words: Float64Array.from({ length: input.length }, () => generator.uniform()),
    };
  },
});
