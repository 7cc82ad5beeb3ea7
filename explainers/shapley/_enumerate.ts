import { type Contributions, type Question, scoreCoalitions } from "@heatword/core";
import { placeWords, readTargets } from "../_words.ts";

/** Most words whose coalitions are scored one by one: 2¹² = 4,096 of them. */
export const FEW_WORDS = 12;

/** The weights with which what a player adds to s of n others counts: s! (n − s)! / (n + 1)!. */
function weightsOf(n: number): number[] {
  const weights = [1 / (n + 1)];
  for (let s = 1; s <= n; s++) weights.push(weights[s - 1]! * s / (n - s + 1));
  return weights;
}

/**
 * Shapley values of a few words, or groups of words, by their definition: from the scores of all
 * coalitions.
 *
 * @param question The model, the input, and what to explain.
 * @param positions The positions of the players; the others are left as they are.
 * @returns The values, for each target.
 */
export async function enumeratedShapley(
  { model, input, targets, signal, onProgress }: Omit<Question, "options">,
  positions: readonly number[],
): Promise<Contributions[]> {
  const n = positions.length;
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
