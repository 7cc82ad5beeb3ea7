import { type Explainer, readOptions } from "@heatword/core";
import type { ConfiguredExplainer } from "./explanation.ts";

function costOf({ explainer, options }: ConfiguredExplainer, words: number): number {
  const { cost, options: specs }: Explainer = explainer;
  // What goes through the layers has the whole and the empty text scored.
  return cost ? cost.call(explainer, words, readOptions(specs, options)) : 2;
}

/**
 * How many texts explainers have scored at most, as far as they say so: the whole and the empty text
 * are scored once for all of them, and nothing is scored twice.
 *
 * @param explainers The explainers with their options.
 * @param words How many words, or groups of words, can be deleted.
 *
 * @example
 * ```ts
 * import { textsToScore } from "@heatword/eval/explanations";
 * import { lime, occlusion } from "@heatword/explainers";
 * import { assertEquals } from "@std/assert";
 *
 * const explainers = [occlusion, lime].map((explainer) => ({ explainer, options: {} }));
 * assertEquals([textsToScore(explainers, 3), textsToScore(explainers, 21)], [8, 1021]);
 * ```
 */
export function textsToScore(explainers: readonly ConfiguredExplainer[], words: number): number {
  const sum = explainers.reduce((sum, one) => sum + Math.max(0, costOf(one, words) - 1), 1);
  return Math.min(sum, 2 ** words);
}
