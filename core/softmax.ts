/**
 * What a model with softmax makes of its scores.
 *
 * @module
 */

/**
 * The probabilities that softmax makes of scores.
 *
 * @param scores The scores, shape [C]; finite.
 * @returns A probability for each class, shape [C]; they sum to 1.
 *
 * @example
 * ```ts
 * import { softmax } from "@heatword/core/softmax";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(softmax([1000, 1000]), Float64Array.of(0.5, 0.5));
 * ```
 */
export function softmax(scores: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(scores);
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - max));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * The probability that softmax makes of the score of one class.
 *
 * @param scores The scores, shape [C]; finite.
 * @param target Index of the class.
 *
 * @example
 * ```ts
 * import { probabilityOf } from "@heatword/core/softmax";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(probabilityOf([Math.log(3), 0], 0), 0.75, 1e-12);
 * ```
 */
export function probabilityOf(scores: ArrayLike<number>, target: number): number {
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += Math.exp(scores[c]! - scores[target]!);
  return 1 / sum;
}
