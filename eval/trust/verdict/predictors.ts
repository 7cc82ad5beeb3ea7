import { spearman } from "../../statistics/correlation.ts";
import { meanOf } from "../../statistics/mean.ts";

/** How well a cheap measure predicts a truth. */
export interface Prediction {
  /** Spearman's correlation over explainers of the means over documents; undefined: constant truth. */
  readonly acrossExplainers: number | undefined;
  /** The mean over documents of the correlation over explainers within each. */
  readonly perDocument: number | undefined;
  /** Documents whose truth tells explainers apart; others are left out. */
  readonly documentsUsed: number;
}

/**
 * How well a cheap measure predicts a truth, e.g. comprehensiveness the nearness to exact Shapley
 * values.
 *
 * @param metric The measure for each explainer and document, shape [E, N].
 * @param truth The truth, shape [E, N].
 * @returns Two rank correlations over explainers.
 *
 * @example
 * ```ts
 * import { predicts } from "@heatword/eval/trust";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { acrossExplainers } = predicts([[1, 2], [2, 3], [5, 4]], [[0, 0.1], [0.5, 0.6], [1, 0.9]]);
 * assertAlmostEquals(acrossExplainers!, 1);
 * ```
 */
export function predicts(
  metric: readonly ArrayLike<number>[],
  truth: readonly ArrayLike<number>[],
): Prediction {
  const documents = truth[0]?.length ?? 0;
  const within: number[] = [];
  for (let i = 0; i < documents; i++) {
    const found = spearman(metric.map((row) => row[i]!), truth.map((row) => row[i]!));
    if (found !== undefined) within.push(found);
  }
  return {
    acrossExplainers: spearman(metric.map(meanOf), truth.map(meanOf)),
    perDocument: within.length === 0 ? undefined : meanOf(within),
    documentsUsed: within.length,
  };
}
