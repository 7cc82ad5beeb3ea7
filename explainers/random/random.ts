import {
  type Explainer,
  Random,
  registerExplainer,
  targetScore,
  wholeScores,
} from "@heatword/core";
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
 * const one = await explain(random, model, input, 0, { seed: 1 });
 * const other = await explain(random, model, input, 0, { seed: 2 });
 * assertNotEquals(one.words, other.words);
 * ```
 */
export const random: Explainer = registerExplainer({
  name: "random",
  description: "Random numbers: the baseline that every method has to beat",
  citation: "Samek et al. 2017, doi:10.1109/TNNLS.2016.2599820",
  tags: { needs: "scores", signed: false, conserves: false, stochastic: true },
  options: { seed: seedOption },
  cost: () => 1,
  async explain({ model, input, targets, options }) {
    const scores = await wholeScores(model, input);
    return targets.map((target) => {
      const generator = new Random(options.seed);
      const words = Float64Array.from({ length: input.length }, () => generator.uniform());
      return { score: targetScore(target, scores), words };
    });
  },
});
