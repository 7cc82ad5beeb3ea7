import type { FloatArray } from "@heatword/core";

/**
 * The class with the largest score, the first of equals.
 *
 * @param scores The scores, shape [C].
 * @returns Its index.
 * @throws {RangeError} If a score is not finite: then no class is predicted.
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
  for (let c = 0; c < scores.length; c++) {
    if (!Number.isFinite(scores[c])) {
      throw new RangeError(`No class is predicted: the score of class ${c} is ${scores[c]}`);
    }
    if (scores[c]! > scores[best]!) best = c;
  }
  return best;
}
