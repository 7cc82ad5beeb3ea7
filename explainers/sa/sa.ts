import {
  type Explainer,
  gradientsOf,
  registerExplainer,
  targetScore,
  targetWeights,
} from "@heatword/core";
import { poolElements } from "../_define.ts";
import { detailOption, poolingOption } from "../_options.ts";

/**
 * Sensitivity analysis: squared derivatives of the target's score by the word vectors. A word's
 * relevance is their sum ‖∇_w f‖² by default; the option `pooling` names other ways to pool the
 * derivatives, `l2` is the SA(l2) of Arras et al. 2016. The values [T, D] are the squared
 * derivatives, whatever the pooling. There is no conservation of the score.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { sa } from "@heatword/explainers/sa";
 * import { assert } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words } = await explain(sa, model, input, 0);
 * assert(words.every((relevance) => relevance >= 0));
 * ```
 */
export const sa: Explainer = registerExplainer({
  name: "sa",
  description: "Sensitivity analysis: how strongly the score reacts to a change of each word",
  citation: "Simonyan et al. 2013, arXiv:1312.6034; " +
    "for text: Arras et al. 2016, doi:10.18653/v1/W16-1601",
  tags: { needs: "gradients", signed: false, conserves: false, stochastic: false },
  options: { pooling: poolingOption("squared-l2"), detail: detailOption },
  async explain({ model, input, targets, options }) {
    const { dimensions } = input;
    const weights = targets.map((target) => targetWeights(target, model.classes.length));
    const { scores, gradients } = await gradientsOf(model, input, weights);
    return targets.map((target, i) => {
      const score = targetScore(target, scores);
      const elements = gradients[i]!;
      const values = options.detail === "values" ? elements.map((g) => g * g) : elements;
      return poolElements({ score, elements, dimensions, values }, options);
    });
  },
});
