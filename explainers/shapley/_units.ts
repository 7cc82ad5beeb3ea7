import { type Contributions, presentWords, type Question } from "@heatword/core";
import { enumeratedShapley } from "./_enumerate.ts";

/** Most groups whose coalitions are all scored: 65,536. */
const MOST = 16;

/**
 * Exact Shapley values of a few groups of words by the definition, from the scores of all coalitions.
 *
 * @throws {RangeError} If they are more than 16.
 */
export async function shapleyOfUnits(question: Question): Promise<Contributions[]> {
  const positions = presentWords(question.input);
  if (positions.length > MOST) {
    throw new RangeError(
      `Cannot find exact Shapley values of ${positions.length} units, only of ${MOST} at most: take ` +
        "larger units, or the explainer kernel-shap or sampled-shapley",
    );
  }
  return await enumeratedShapley(question, positions);
}
