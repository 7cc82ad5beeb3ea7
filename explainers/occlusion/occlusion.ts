import { type Explainer, presentWords, registerExplainer, scoreCoalitions } from "@heatword/core";
import { readTargets } from "../_words.ts";

/**
 * Occlusion, or leave one out: a word's relevance is the score less the score without that word.
 * It asks nothing of the model but scores.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { occlusion } from "@heatword/explainers/occlusion";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, score } = await explain(occlusion, model, input, 0);
 * const without = model.scores(model.withoutWords(input, [0]))[0]!;
 * assertAlmostEquals(words[0]!, score - without, 1e-12);
 * ```
 */
export const occlusion: Explainer = registerExplainer({
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
  cost: (words) => 1 + words,
  async explain({ model, input, targets, signal, onProgress }) {
    const present = presentWords(input);
    const words = targets.map(() => new Float64Array(input.length));
    // The first coalition is the whole text; each of the others lacks one word.
    let before: Float64Array = new Float64Array(targets.length);
    await scoreCoalitions(model, input, {
      total: 1 + present.length,
      fill(coalitions, first) {
        for (let m = first === 0 ? 1 : 0; m < coalitions.size; m++) {
          coalitions.delete(m, present[first + m - 1]!);
        }
      },
      take(scores, index) {
        const after = readTargets(targets, scores);
        if (index === 0) before = after;
        else after.forEach((value, k) => words[k]![present[index - 1]!] = before[k]! - value);
      },
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    return targets.map((_, k) => ({ score: before[k]!, words: words[k]! }));
  },
});
