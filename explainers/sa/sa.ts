import {
  type DifferentiableModel,
  type Explainer,
  type FloatArray,
  type Model,
  type Pooling,
  poolWords,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
} from "@heatword/core";
import { WordCnn, type WordCnnInput } from "@heatword/core/word-cnn";
import { registerForAll } from "../_define.ts";
import { detailOption, poolingOption } from "../_options.ts";
import { wordCnnGradients } from "./_word_cnn.ts";

/** The scores, and the gradient of each target, shape [T, D]. */
function gradientsOf(
  model: Model,
  input: VectorInput,
  targets: readonly Target[],
): { scores: FloatArray; gradients: FloatArray[] } {
  if (model instanceof WordCnn) return wordCnnGradients(model, input as WordCnnInput, targets);
  const differentiable = model as DifferentiableModel;
  const gradients = targets.map((target) =>
    differentiable.gradient(input, targetWeights(target, model.classes.length))
  );
  return { scores: model.scores(input), gradients };
}

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
 * assert(explain(sa, model, input, 0).words.every((relevance) => relevance >= 0));
 * ```
 */
export const sa: Explainer = registerForAll({
  name: "sa",
  description: "Sensitivity analysis: how strongly the score reacts to a change of each word",
  citation: "Simonyan et al. 2013, arXiv:1312.6034; " +
    "for text: Arras et al. 2016, doi:10.18653/v1/W16-1601",
  tags: { needs: "gradients", signed: false, conserves: false, stochastic: false },
  options: { pooling: poolingOption("squared-l2"), detail: detailOption },
  explainAll(model, input, targets, options) {
    const { dimensions } = input as VectorInput;
    const pooling = options.pooling as Pooling;
    const { scores, gradients } = gradientsOf(model, input as VectorInput, targets);
    return targets.map((target, i) => ({
      explainer: sa.name,
      options,
      target,
      score: targetScore(target, scores),
      words: poolWords(gradients[i]!, dimensions, pooling),
      pooling,
      ...(options.detail === "values" && { values: gradients[i]!.map((g) => g * g), dimensions }),
    }));
  },
});
