/**
 * The probability of a class by the softmax of the scores.
 *
 * @param scores The scores, shape [C].
 * @param target Index of the class.
 */
export function probabilityOf(scores: ArrayLike<number>, target: number): number {
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += Math.exp(scores[c]! - scores[target]!);
  return 1 / sum;
}
