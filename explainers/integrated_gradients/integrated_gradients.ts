import {
  type DifferentiableModel,
  type Explainer,
  register,
  targetScore,
  targetWeights,
  type VectorInput,
  zerosLike,
} from "@heatword/core";
import { elementRelevance } from "../_define.ts";
import { detailOption, poolingOption } from "../_options.ts";
import { gaussLegendre } from "../quadrature.ts";
import { emptyScores } from "../_words.ts";

/**
 * Integrated gradients from the empty text: R_d = x_d · ∫₀¹ ∂f(αx)/∂x_d dα, by Gauss-Legendre
 * quadrature. The relevances sum to f(x) − f(0) up to the error of the quadrature, which comes
 * from the kinks of ReLU.
 */
export const integratedGradients: Explainer = register({
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
  explain(model, input, target, options) {
    const differentiable = model as DifferentiableModel;
    const vectorInput = input as VectorInput;
    const { vectors, dimensions } = vectorInput;
    const weights = targetWeights(target, model.classes.length);
    const mean = new Float64Array(vectors.length);
    const quadrature = gaussLegendre(options.steps as number);
    quadrature.nodes.forEach((alpha, k) => {
      const point = differentiable.withVectors(vectorInput, vectors.map((x) => alpha * x));
      const gradient = differentiable.gradient(point, weights);
      const weight = quadrature.weights[k]!;
      for (let i = 0; i < mean.length; i++) mean[i]! += weight * gradient[i]!;
    });
    const elements = zerosLike(vectors, vectors.length);
    for (let i = 0; i < mean.length; i++) elements[i] = mean[i]! * vectors[i]!;
    const score = targetScore(target, model.scores(input));
    return elementRelevance({
      explainer: integratedGradients.name,
      options,
      target,
      score,
      elements,
      dimensions,
      expectedSum: score - targetScore(target, emptyScores(model, input)),
    });
  },
});
