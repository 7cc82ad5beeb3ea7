import {
  type Explainer,
  type FloatArray,
  gradientsAt,
  presentWords,
  Random,
  registerExplainer,
  targetScore,
  targetWeights,
  wholeScores,
  zerosLike,
} from "@heatword/core";
import { poolElements } from "../_define.ts";
import { detailOption, poolingOption, samplesOption, seedOption } from "../_options.ts";

/** From the least to the largest number in the vectors of the words that are there; 0 without any. */
function rangeOf(vectors: FloatArray, dimensions: number, present: readonly number[]): number {
  let min = Infinity;
  let max = -Infinity;
  for (const t of present) {
    for (let i = t * dimensions; i < (t + 1) * dimensions; i++) {
      min = Math.min(min, vectors[i]!);
      max = Math.max(max, vectors[i]!);
    }
  }
  return Math.max(0, max - min);
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
 * const { words } = await explain(smoothgrad, model, input, 0, { samples: 20, noise: 0.2, seed: 3 });
 * assert(words.every((relevance) => relevance >= 0));
 * ```
 */
export const smoothgrad: Explainer = registerExplainer({
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
  async explain({ model, input, targets, options, signal, onProgress }) {
    const { vectors, dimensions } = input;
    const { samples } = options;
    const weights = targets.map((target) => targetWeights(target, model.classes.length));
    const present = presentWords(input);
    const deviation = options.noise * rangeOf(vectors, dimensions, present);
    const random = new Random(options.seed);
    const means = targets.map(() => new Float64Array(vectors.length));
    for (let k = 0; k < samples; k++) {
      signal?.throwIfAborted();
      const noisy = vectors.slice();
      // Every copy has a generator of its own, so that it does not depend on the length of others.
      const noise = random.fork(k);
      for (const t of present) {
        for (let i = t * dimensions; i < (t + 1) * dimensions; i++) {
          noisy[i]! += deviation * noise.normal();
        }
      }
      const gradients = await gradientsAt(model, model.withVectors(input, noisy), weights);
      means.forEach((mean, j) => {
        const gradient = gradients[j]!;
        for (let i = 0; i < mean.length; i++) mean[i]! += gradient[i]! / samples;
      });
      onProgress?.({ task: "Taking gradients", done: k + 1, total: samples, unit: "gradients" });
    }
    const scores = await wholeScores(model, input);
    return targets.map((target, j) => {
      const elements = zerosLike(vectors, vectors.length);
      elements.set(means[j]!);
      const values = elements.map((value) => value * value);
      return poolElements(
        { score: targetScore(target, scores), elements, values, dimensions },
        options,
      );
    });
  },
});
