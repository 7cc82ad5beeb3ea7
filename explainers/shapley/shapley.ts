import {
  type Explainer,
  layersOf,
  registerExplainer,
  targetScore,
  targetWeights,
} from "@heatword/core";
import { emptyScores, presentWords } from "../_words.ts";
import { addFilterShapley, makeChain, nodesFor } from "./_filter.ts";
import { viewWordCnn } from "./_network.ts";

/** Checks that deleting a word is, to this model, making its vector zero. */
function checkDeletion(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  for (let c = 0; c < expected.length; c++) {
    if (Math.abs(found[c]! - expected[c]!) > 1e-3 * Math.max(1, Math.abs(expected[c]!))) {
      throw new TypeError(
        "Cannot compute exact Shapley values: this model deletes words in another way than by " +
          "making their vectors zero",
      );
    }
  }
}

/**
 * Exact Shapley values of the words for a network of convolution of width 2, max over time, ReLU
 * and dense layer, where a deleted word is the zero vector; in polynomial time, by the structure of
 * the network. The relevances sum to f(x) − f(all deleted). Computed in float64 whatever the
 * model's precision. What other methods say can be graded by it.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { shapley } from "@heatword/explainers/shapley";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const tokens = Array.from({ length: 40 }, (_, i) => ({ text: `word${i}`, start: 0, end: 0 }));
 * const { words, expectedSum } = await explain(shapley, model, model.encode({ text: "", tokens }), 0);
 * assertAlmostEquals(words.reduce((sum, value) => sum + value, 0), expectedSum!, 1e-10);
 * ```
 */
export const shapley: Explainer = registerExplainer({
  name: "shapley",
  description:
    "Exact Shapley values, for word-CNNs: the mean contribution over all orders of words",
  citation: "Shapley 1953, doi:10.1515/9781400881970-018; " +
    "as an integral: Owen 1972, doi:10.1287/mnsc.18.5.64",
  tags: {
    needs: "layers",
    signed: true,
    conserves: "difference",
    ignoresDeleted: true,
    stochastic: false,
  },
  options: {},
  async explain({ model, input, targets }) {
    const vectors = model.layerInput(input);
    const view = viewWordCnn(layersOf(model, input), vectors);
    checkDeletion(await emptyScores(model, input), view.emptyScores);
    const length = vectors.shape[0]!;
    const filters = view.bias.length;
    const varies = new Uint8Array(length);
    const present = presentWords(input);
    for (const t of present) varies[t] = 1;
    const words = targets.map(() => new Float64Array(length));
    const mixes = targets.map((target) => {
      const data = targetWeights(target, view.scores.length);
      return view.dense.map().transpose({ shape: [data.length], data }, [filters]).data;
    });
    const quadrature = nodesFor(present.length);
    const chain = makeChain(length);
    const column = (data: ArrayLike<number>, f: number) =>
      Float64Array.from({ length }, (_, t) => data[t * filters + f]!);
    for (let f = 0; f < filters; f++) {
      const weights = mixes.map((mix) => mix[f]!);
      if (weights.every((weight) => weight === 0)) continue;
      const filter = {
        bias: view.bias[f]!,
        first: column(view.first, f),
        second: column(view.second, f),
      };
      addFilterShapley(filter, varies, quadrature, chain, weights, words);
    }
    return targets.map((target, k) => {
      const score = targetScore(target, view.scores);
      return {
        score,
        words: words[k]!,
        expectedSum: score - targetScore(target, view.emptyScores),
      };
    });
  },
});
