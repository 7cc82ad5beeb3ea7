import {
  type DifferentiableModel,
  type Explainer,
  type FloatArray,
  Random,
  register,
  targetScore,
  targetWeights,
  type VectorInput,
  zerosLike,
} from "@heatword/core";
import { elementRelevance } from "../_define.ts";
import { detailOption, poolingOption, samplesOption, seedOption } from "../_options.ts";
import { presentWords } from "../_words.ts";

/** From the least to the largest number in the vectors of the words that are there; 0 without any. */
function rangeOf(vectors: FloatArray, dimensions: number, present: readonly number[]): number {
  let least = Infinity;
  let most = -Infinity;
  for (const t of present) {
    for (let i = t * dimensions; i < (t + 1) * dimensions; i++) {
      least = Math.min(least, vectors[i]!);
      most = Math.max(most, vectors[i]!);
    }
  }
  return Math.max(0, most - least);
}

/**
 * SmoothGrad: the mean gradient over inputs with Gaussian noise added, pooled like sensitivity
 * analysis. The noise's standard deviation is a part of the range of the numbers in the word
 * vectors, from the least to the largest of them. Deleted words stay deleted: they get no noise,
 * and their zeros do not count for the range. The values are the squared mean
 * derivatives.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { smoothgrad } from "@heatword/explainers/smoothgrad";
 * import { assert } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words } = explain(smoothgrad, model, input, 0, { samples: 20, noise: 0.2, seed: 3 });
 * assert(words.every((relevance) => relevance >= 0));
 * ```
 */
export const smoothgrad: Explainer = register({
  name: "smoothgrad",
  description: "SmoothGrad: sensitivity analysis of the mean gradient over noisy copies",
  citation: "Smilkov et al. 2017, arXiv:1706.03825",
  tags: { needs: "gradients", signed: false, conserves: false, stochastic: true },
  options: {
    samples: samplesOption(50, "Number of noisy copies"),
    noise: {
      type: "number",
      default: 0.1,
      min: 0,
      max: 1000,
      description: "Standard deviation of the noise, as a part of the range of the word vectors",
    },
    seed: seedOption,
    pooling: poolingOption("squared-l2"),
    detail: detailOption,
  },
  explain(model, input, target, options) {
    const differentiable = model as DifferentiableModel;
    const vectorInput = input as VectorInput;
    const { vectors, dimensions } = vectorInput;
    const weights = targetWeights(target, model.classes.length);
    const present = presentWords(input);
    const deviation = options.noise as number * rangeOf(vectors, dimensions, present);
    const samples = options.samples as number;
    const random = new Random(options.seed as number);
    const mean = new Float64Array(vectors.length);
    for (let k = 0; k < samples; k++) {
      const noisy = vectors.slice();
      // Every copy has a generator of its own, so that it does not depend on the length of others.
      const noise = random.fork(k);
      for (const t of present) {
        for (let i = t * dimensions; i < (t + 1) * dimensions; i++) {
          noisy[i]! += deviation * noise.normal();
        }
      }
      const gradient = differentiable.gradient(
        differentiable.withVectors(vectorInput, noisy),
        weights,
      );
      for (let i = 0; i < mean.length; i++) mean[i]! += gradient[i]! / samples;
    }
    const elements = zerosLike(vectors, mean.length);
    elements.set(mean);
    return elementRelevance({
      explainer: smoothgrad.name,
      options,
      target,
      score: targetScore(target, model.scores(input)),
      elements,
      values: elements.map((value) => value * value),
      dimensions,
    });
  },
});
