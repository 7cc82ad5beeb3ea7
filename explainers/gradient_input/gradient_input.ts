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
 * Gradient × input: R_d = x_d · ∂f/∂x_d, the first-order estimate of what the word vectors add to
 * the score. Without biases it is LRP with ε = 0, and sums to the score.
 *
 * @example
 * ```ts
 * import { explain, targetWeights } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { gradientInput } from "@heatword/explainers/gradient-input";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { values } = await explain(gradientInput, model, input, 1);
 * const gradient = model.gradient(input, targetWeights(1, 3));
 * assertEquals(values![0], gradient[0]! * input.vectors[0]!);
 * ```
 */
export const gradientInput: Explainer = registerExplainer({
  name: "gradient-input",
  description: "Gradient × input: the score's derivatives times the word vectors",
  citation: "Shrikumar et al. 2016, arXiv:1605.01713",
  tags: {
    needs: "gradients",
    signed: true,
    conserves: false,
    ignoresDeleted: true,
    stochastic: false,
  },
  options: { pooling: poolingOption("sum"), detail: detailOption },
  async explain({ model, input, targets, options }) {
    const { vectors, dimensions } = input;
    const weights = targets.map((target) => targetWeights(target, model.classes.length));
    const { scores, gradients } = await gradientsOf(model, input, weights);
    return targets.map((target, i) => {
      const score = targetScore(target, scores);
      const elements = gradients[i]!.map((value, j) => value * vectors[j]!);
      return poolElements({ score, elements, dimensions }, options);
    });
  },
});
