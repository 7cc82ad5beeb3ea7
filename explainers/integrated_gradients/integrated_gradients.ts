import {
  type Contributions,
  type DifferentiableModel,
  emptyScores,
  type Explainer,
  type FloatArray,
  isLayered,
  isMaxPooled,
  layersOf,
  type MaxPooledModel,
  registerExplainer,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
  wholeScores,
} from "@heatword/core";
import { type ElementOptions, poolElements, timesVectors } from "../_define.ts";
import { multipliersOf, rescaledRelu, whereLaidOut } from "../_max_pooled.ts";
import { detailOption, poolingOption } from "../_options.ts";
import { gaussLegendre } from "../quadrature.ts";
import { exactMeans } from "./_exact.ts";
import { meanSlope } from "./_mean_slope.ts";
import { meanGradient } from "./_quadrature.ts";

/** How far a sum by quadrature may be off, as a part of what it should be. */
const TOLERANCE = 0.01;
/** Most gradients that are taken for it. */
const MAX_GRADIENTS = 10_000;

/** What is integrated, and the scores at both ends of the way. */
interface Integral {
  readonly mean: FloatArray;
  readonly score: number;
  readonly emptyScore: number;
}

/** How to integrate. */
interface Integration {
  /** Points at which the gradient is taken at first. */
  readonly steps: number;
  /** Whether to be exact where that can be had, and to go on elsewhere until the sum is right. */
  readonly exact: boolean;
}

/** Integrals of any model: exactly where its layers allow it, else by quadrature. */
async function integralsOf(
  model: DifferentiableModel,
  input: VectorInput,
  { steps, exact, onGradient }: Integration & { readonly onGradient: () => void },
): Promise<(target: Target) => Promise<Integral>> {
  const scores = await wholeScores(model, input);
  const empty = await emptyScores(model, input);
  const means = exact && isLayered(model)
    ? exactMeans(layersOf(model, input), model.layerInput(input), 2 * steps)
    : undefined;
  const accuracy = { tolerance: TOLERANCE, max: Math.max(steps, MAX_GRADIENTS) };
  return async (target) => {
    const weights = targetWeights(target, scores.length);
    return {
      mean: means?.(weights) ??
        await meanGradient(model, input, weights, steps, exact ? accuracy : undefined, onGradient),
      score: targetScore(target, scores),
      emptyScore: targetScore(target, empty),
    };
  };
}

/** The same for a max-pooled model, from one forward pass. */
function integralsOfPooled(
  model: MaxPooledModel,
  input: VectorInput,
  { steps, exact }: Integration,
): (target: Target) => Integral {
  const slope = exact ? rescaledRelu : meanSlope(gaussLegendre(steps));
  const find = multipliersOf(model, input, slope);
  return (target) => {
    const { multipliers, ...scores } = find(target);
    return { mean: multipliers, ...scores };
  };
}

/**
 * Integrated gradients from the empty text: R_d = x_d · ∫₀¹ ∂f(αx)/∂x_d dα. Exact where the layers
 * are linear between kinks (convolutions, poolings, ReLU, dense layers); elsewhere by Gauss-Legendre
 * quadrature, with more points until the relevances sum to f(x) − f(0) within 1 %.
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
 * const { words, expectedSum } = await explain(integratedGradients, model, input, 0);
 * assertAlmostEquals(words[0]! + words[1]!, expectedSum!, 1e-9);
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
    conservationTolerance: TOLERANCE,
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
      description: "Number of points at which the gradient is taken, unless the integral is exact",
    },
    exact: {
      type: "boolean",
      default: true,
      description: "Whether the integral is exact where the layers are linear between kinks, and " +
        "gets more points elsewhere until its sum is within 1 %; else just the given points",
    },
    pooling: poolingOption("sum"),
    detail: detailOption,
  },
  async explain({ model, input, targets, options, signal, onProgress }) {
    let gradients = 0;
    const onGradient = () => {
      signal?.throwIfAborted();
      onProgress?.({ task: "Taking gradients", done: ++gradients, unit: "gradients" });
    };
    const pooled = (
      { mean, score, emptyScore }: Integral,
      { vectors, dimensions }: VectorInput,
      options: ElementOptions,
    ) => {
      const elements = timesVectors(vectors, mean);
      const expectedSum = score - emptyScore;
      return poolElements({ score, elements, dimensions, expectedSum }, options);
    };
    if (isMaxPooled(model)) {
      return whereLaidOut(model, input, options, (laid, options) => {
        const find = integralsOfPooled(model, laid, options);
        return targets.map((target) => pooled(find(target), laid, options));
      });
    }
    const find = await integralsOf(model, input, { ...options, onGradient });
    const all: Contributions[] = [];
    for (const target of targets) all.push(pooled(await find(target), input, options));
    return all;
  },
});
