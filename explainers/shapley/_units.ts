import { type Contributions, presentWords, type Question, scoreCoalitions } from "@heatword/core";
import { placeWords, readTargets } from "../_words.ts";

/** Most groups whose coalitions are all scored: 65,536. */
const MOST = 16;

/** The weights with which what a group adds to s of n others counts: s! (n − s)! / (n + 1)!. */
function weightsOf(n: number): number[] {
  const weights = [1 / (n + 1)];
  for (let s = 1; s <= n; s++) weights.push(weights[s - 1]! * s / (n - s + 1));
  return weights;
}

/**
 * Exact Shapley values of a few groups of words by the definition, from the scores of all coalitions.
 *
 * @throws {RangeError} If they are more than 16.
 */
export async function shapleyOfUnits(
  { model, input, targets, signal, onProgress }: Question,
): Promise<Contributions[]> {
  const positions = presentWords(input);
  const n = positions.length;
  if (n > MOST) {
    throw new RangeError(
      `Cannot find exact Shapley values of ${n} units, only of ${MOST} at most: take larger units, or ` +
        "the explainer kernel-shap or sampled-shapley",
    );
  }
  const total = 2 ** n;
  const values = targets.map(() => new Float64Array(total));
  // The binary digits of the index say who is absent.
  await scoreCoalitions(model, input, {
    total,
    fill(coalitions, first) {
      for (let m = 0; m < coalitions.size; m++) {
        for (let i = 0; i < n; i++) if (first + m >> i & 1) coalitions.delete(m, positions[i]!);
      }
    },
    take: (scores, index) =>
      readTargets(targets, scores).forEach((value, k) => values[k]![index] = value),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const weights = weightsOf(n - 1);
  return values.map((value) => {
    const found = new Float64Array(n);
    for (let absent = 0; absent < total; absent++) {
      let others = -1;
      for (let i = 0; i < n; i++) others += absent >> i & 1 ^ 1;
      for (let i = 0; i < n; i++) {
        if (absent >> i & 1) continue;
        found[i]! += weights[others]! * (value[absent]! - value[absent | 1 << i]!);
      }
    }
    return {
      score: value[0]!,
      words: placeWords(input.length, positions, found),
      expectedSum: value[0]! - value[total - 1]!,
    };
  });
}
