import type { Explainer } from "@heatword/core";
import { registerForAll } from "../_define.ts";
import { presentWords, readTargets } from "../_words.ts";

/**
 * Occlusion, or leave one out: a word's relevance is the score less the score without that word.
 * It asks nothing of the model but scores.
 *
 * @example
 * ```ts
 * import { type Explainer, explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { occlusion } from "@heatword/explainers/occlusion";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, score } = explain(occlusion, model, input, 0);
 * const without = model.scores(model.withoutWords(input, [0]))[0]!;
 * assertAlmostEquals(words[0]!, score - without, 1e-12);
 * ```
 */
export const occlusion: Explainer = registerForAll({
  name: "occlusion",
  description: "Occlusion: how much the score falls when one word is deleted",
  citation: "Zeiler and Fergus 2014, arXiv:1311.2901; for text: Li et al. 2016, arXiv:1612.08220",
  tags: {
    needs: "scores",
    signed: true,
    conserves: false,
    ignoresDeleted: true,
    stochastic: false,
  },
  options: {},
  explainAll(model, input, targets, options) {
    const perturbation = model.perturb(input);
    const before = readTargets(targets, perturbation.scores());
    const words = targets.map(() => new Float64Array(input.length));
    for (const t of presentWords(input)) {
      perturbation.delete(t);
      const after = readTargets(targets, perturbation.scores());
      perturbation.restore(t);
      for (let k = 0; k < targets.length; k++) words[k]![t] = before[k]! - after[k]!;
    }
    return targets.map((target, k) => ({
      explainer: "occlusion",
      options,
      target,
      score: before[k]!,
      words: words[k]!,
    }));
  },
});
