import {
  type DifferentiableModel,
  type Explainer,
  type FloatArray,
  type Found,
  registerExplainer,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
  zerosLike,
} from "@heatword/core";
import { poolElements } from "../_define.ts";
import { detailOption, poolingOption } from "../_options.ts";
import { WordCnn, type WordCnnInput } from "@heatword/core/word-cnn";
import { multipliersOf } from "../_word_cnn.ts";
import { emptyScores } from "../_words.ts";
import { gaussLegendre, type Quadrature } from "../quadrature.ts";
import { meanSlope } from "./_word_cnn.ts";

/** What is integrated, and the scores at both ends of the way. */
interface Integral {
  readonly mean: FloatArray;
  readonly score: number;
  readonly emptyScore: number;
}

async function meanGradient(
  model: DifferentiableModel,
  input: VectorInput,
  target: Target,
  { nodes, weights }: Quadrature,
): Promise<Integral> {
  const ofTarget = targetWeights(target, model.classes.length);
  const mean = new Float64Array(input.vectors.length);
  for (const [k, alpha] of nodes.entries()) {
    const point = model.withVectors(input, input.vectors.map((x) => alpha * x));
    const gradient = await model.gradient(point, ofTarget);
    for (let i = 0; i < mean.length; i++) mean[i]! += weights[k]! * gradient[i]!;
  }
  const score = targetScore(target, await model.scores(input));
  return { mean, score, emptyScore: targetScore(target, await emptyScores(model, input)) };
}

/** The same for a word-CNN, from one forward pass. */
function meanOfWordCnn(
  model: WordCnn,
  input: WordCnnInput,
  target: Target,
  quadrature: Quadrature,
): Integral {
  const { multipliers, ...scores } = multipliersOf(model, input, target, meanSlope(quadrature));
  return { mean: multipliers, ...scores };
}

/**
 * Integrated gradients from the empty text: R_d = x_d · ∫₀¹ ∂f(αx)/∂x_d dα, by Gauss-Legendre
 * quadrature. The relevances sum to f(x) − f(0) up to the error of the quadrature, which comes
 * from the kinks of ReLU.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { integratedGradients } from "@heatword/explainers/integrated-gradients";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, expectedSum } = await explain(integratedGradients, model, input, 0, { steps: 1000 });
 * assertAlmostEquals(words[0]! + words[1]!, expectedSum!, 0.01);
 * ```
 */
export const integratedGradients: Explainer = registerExplainer({
  name: "integrated-gradients",
  description: "Integrated gradients: gradients along the way from the empty text, times the words",
  citation: "Sundararajan et al. 2017, arXiv:1703.01365",
  tags: {
    needs: "gradients",
    signed: true,
    conserves: "difference",
    conservationTolerance: 0.02,
    ignoresDeleted: true,
    stochastic: false,
  },
  options: {
    steps: {
      type: "number",
      default: 50,
      integer: true,
      min: 1,
      max: 10_000,
      description: "Number of points at which the gradient is taken",
    },
    pooling: poolingOption("sum"),
    detail: detailOption,
  },
  async explain({ model, input, targets, options }) {
    const { vectors, dimensions } = input;
    const quadrature = gaussLegendre(options.steps);
    const found: Found[] = [];
    for (const target of targets) {
      const { mean, score, emptyScore } = model instanceof WordCnn
        ? meanOfWordCnn(model, input, target, quadrature)
        : await meanGradient(model, input, target, quadrature);
      const elements = zerosLike(vectors, vectors.length);
      for (let i = 0; i < elements.length; i++) elements[i] = mean[i]! * vectors[i]!;
      const expectedSum = score - emptyScore;
      found.push(poolElements({ score, elements, dimensions, expectedSum }, options));
    }
    return found;
  },
});
