import { meanOf } from "./mean.ts";
import { midRanks } from "./ranks.ts";

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/**
 * A correlation of numbers with a truth: undefined where the truth is constant, since nothing can
 * agree with it; 0 where only the numbers are, since they tell nothing.
 */
function withTruth(
  values: ArrayLike<number>,
  truth: ArrayLike<number>,
  correlate: () => number,
): number | undefined {
  if (values.length !== truth.length) {
    throw new RangeError(`Cannot correlate ${values.length} numbers with ${truth.length}`);
  }
  if (isConstant(truth)) return undefined;
  return isConstant(values) ? 0 : correlate();
}

/**
 * Pearson's correlation coefficient r.
 *
 * @param values The numbers, shape [N].
 * @param truth What they should agree with, shape [N].
 * @returns r in [−1, 1]; 0 where only `values` are constant, undefined where `truth` is.
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * ```ts
 * import { pearson } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pearson([1, 2, 2, 3], [1, 3, 2, 2]), 0.5);
 * assertEquals(pearson([1, 1], [1, 2]), 0);
 * assertEquals(pearson([1, 2], [1, 1]), undefined);
 * ```
 */
export function pearson(values: ArrayLike<number>, truth: ArrayLike<number>): number | undefined {
  return withTruth(values, truth, () => {
    const [a, b] = [meanOf(values), meanOf(truth)];
    let products = 0, squares = 0, trueSquares = 0;
    for (let i = 0; i < values.length; i++) {
      const [x, y] = [values[i]! - a, truth[i]! - b];
      products += x * y;
      squares += x * x;
      trueSquares += y * y;
    }
    return Math.max(-1, Math.min(1, products / Math.sqrt(squares * trueSquares)));
  });
}

/**
 * Spearman's rank correlation: Pearson's of the mid-ranks.
 *
 * @param values The numbers, shape [N].
 * @param truth What they should agree with, shape [N].
 * @returns The coefficient; 0 where only `values` are constant, undefined where `truth` is.
 * @throws {RangeError} If the lengths differ.
 */
export function spearman(values: ArrayLike<number>, truth: ArrayLike<number>): number | undefined {
  return withTruth(values, truth, () => pearson(midRanks(values), midRanks(truth))!);
}

/**
 * Kendall's τ-b, the rank correlation that allows for ties: the pairs in the same order less those
 * in opposite order, over the geometric mean of the pairs that are untied in either.
 *
 * @param values The numbers, shape [N].
 * @param truth What they should agree with, shape [N].
 * @returns τ-b; 0 where only `values` are constant, undefined where `truth` is.
 * @throws {RangeError} If the lengths differ.
 */
export function kendallTauB(
  values: ArrayLike<number>,
  truth: ArrayLike<number>,
): number | undefined {
  return withTruth(values, truth, () => {
    let concordance = 0, untied = 0, trueUntied = 0;
    for (let i = 1; i < values.length; i++) {
      for (let j = 0; j < i; j++) {
        const x = Math.sign(values[i]! - values[j]!);
        const y = Math.sign(truth[i]! - truth[j]!);
        concordance += x * y;
        untied += x * x;
        trueUntied += y * y;
      }
    }
    return concordance / Math.sqrt(untied * trueUntied);
  });
}
