import type { FloatArray } from "@heatword/core";

/**
 * The class with the largest score, the first of equals.
 *
 * @param scores The scores, shape [C].
 * @returns Its index.
 *
 * @example
 * ```ts
 * import { predictedClass } from "@heatword/eval/classification";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(predictedClass(new Float32Array([0.1, 2, 2])), 1);
 * ```
 */
export function predictedClass(scores: FloatArray): number {
  let best = 0;
  for (let c = 1; c < scores.length; c++) if (scores[c]! > scores[best]!) best = c;
  return best;
}
