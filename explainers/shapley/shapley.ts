import {
  type Contributions,
  emptyScores,
  type Explainer,
  type ExplainSettings,
  isMaxPooled,
  type LayeredModel,
  presentWords,
  registerExplainer,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
} from "@heatword/core";
import { inText } from "../_max_pooled.ts";
import type { Chain } from "./_chain.ts";
import { addFilterShapley, makeChain, nodesFor } from "./_filter.ts";
import { enumeratedShapley, FEW_WORDS } from "./_enumerate.ts";
import { filtersOf, hasFilters, refuse, scoresAround } from "./_filters.ts";
import { hasLinearLayers, linearShapley } from "./_linear.ts";
import { shapleyOfUnits } from "./_units.ts";

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

/** The values of an input whose words stand where the layers see them. */
async function valuesOf(
  model: LayeredModel,
  input: VectorInput,
  targets: readonly Target[],
  settings: ExplainSettings,
): Promise<Contributions[]> {
  const present = presentWords(input);
  if (present.length <= FEW_WORDS && !hasLinearLayers(model, input) && !hasFilters(model, input)) {
    return await enumeratedShapley({ model, input, targets, ...settings }, present);
  }
  const found = scoresAround(model, input);
  const classes = found.scores.length;
  const mixes = targets.map((target) => Float64Array.from(targetWeights(target, classes)));
  const about = targets.map((target) => {
    const score = targetScore(target, found.scores);
    return { score, expectedSum: score - targetScore(target, found.emptyScores) };
  });
  const linear = linearShapley(model, input, mixes);
  const { bank, parts } = linear ? {} : filtersOf(model, input);
  checkDeletion(await emptyScores(model, input), found.emptyScores);
  if (!bank || !parts) return about.map((target, k) => ({ ...target, words: linear![k]! }));
  const { length } = input;
  const filters = bank.widths.length;
  const varies = new Uint8Array(length);
  for (const t of present) varies[t] = 1;
  const words = targets.map(() => new Float64Array(length));
  const quadrature = nodesFor(present.length);
  const chains = new Map<number, Chain>();
  for (let f = 0; f < filters; f++) {
    const row = bank.denseWeights.subarray(f * classes, (f + 1) * classes);
    const weights = mixes.map((mix) => mix.reduce((sum, weight, c) => sum + weight * row[c]!, 0));
    if (weights.every((weight) => weight === 0)) continue;
    const width = bank.widths[f]!;
    const columns = parts.slice(0, width).map((part) =>
      Float64Array.from({ length }, (_, t) => part[t * filters + f]!)
    );
    if (!chains.has(width)) chains.set(width, makeChain(length, width));
    const view = { bias: bank.bias[f]!, parts: columns };
    addFilterShapley(view, varies, quadrature, chains.get(width)!, weights, words);
  }
  return about.map((target, k) => ({ ...target, words: words[k]! }));
}

/**
 * Exact Shapley values of the words for a network of convolutions of any widths side by side, max
 * over time, ReLU and dense layer, where a deleted word is the zero vector; by the structure of the
 * network, in time that is polynomial in the number of words (for T words and filters of K words
 * about T^2.5 · 4^K at most, and T^1.5 · log T for K = 2). Of a model whose layers are all linear a word's
 * value is what it adds to the score; of any other model of layers all coalitions of at most 12 words are
 * scored. The relevances sum to f(x) − f(all deleted). Computed in float64
 * whatever the model's precision, but for scored coalitions. What other methods say can be graded by it.
 * Groups of words, at most 16, have exact values under any model: from the scores of all their coalitions.
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
    "Exact Shapley values, for max-pooled CNNs, linear models and texts of few words: the mean " +
    "contribution over all orders of words",
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
  async explain({ model, input, targets, ...settings }) {
    const laid = isMaxPooled(model) ? model.laidOut?.(input) : undefined;
    if (laid?.parts !== undefined) {
      // The values of parts, that come and go one by one, do not add up to those of words.
      const present = presentWords(input);
      if (present.length > FEW_WORDS) refuse("its filters span parts of words");
      return await enumeratedShapley({ model, input, targets, ...settings }, present);
    }
    const found = await valuesOf(model, laid?.input ?? input, targets, settings);
    return laid ? found.map((one) => inText(one, laid, input.length)) : found;
  },
  cost: (units) => 2 ** units,
  explainUnits: shapleyOfUnits,
});
