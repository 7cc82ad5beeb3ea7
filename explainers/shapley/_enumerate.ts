import {
  type Contributions,
  type ExplainSettings,
  type Input,
  type Model,
  scoreCoalitions,
  type Target,
  targetScore,
} from "@heatword/core";
import { deleteAbsent, placeWords, readTargets } from "../_words.ts";

/** Most words whose coalitions are scored one by one: 2¹² = 4,096 of them. */
export const FEW_WORDS = 12;

/** How many of the lowest bits are set. */
function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest > 0; rest &= rest - 1) size++;
  return size;
}

/** The weight of a coalition of s of n − 1 other words in a word's value: s! (n − 1 − s)! / n!. */
function weightsFor(count: number): Float64Array {
  const weights = new Float64Array(count);
  if (count > 0) weights[0] = 1 / count;
  for (let s = 1; s < count; s++) weights[s] = weights[s - 1]! * s / (count - s);
  return weights;
}

/**
 * Shapley values of a few words by their definition: the scores of all coalitions.
 *
 * @param model The model.
 * @param input The input.
 * @param positions The positions of the words, at most {@linkcode FEW_WORDS}; the others are left as
 * they are.
 * @param targets What to explain.
 * @param settings A signal, and what is called with progress.
 * @returns The values, for each target.
 */
export async function enumeratedShapley(
  model: Model,
  input: Input,
  positions: readonly number[],
  targets: readonly Target[],
  settings: ExplainSettings,
): Promise<Contributions[]> {
  const count = positions.length;
  const total = 2 ** count;
  const present = new Uint8Array(count);
  const values = targets.map(() => new Float64Array(total));
  await scoreCoalitions(model, input, {
    ...settings,
    total,
    fill(coalitions, first) {
      for (let m = 0; m < coalitions.size; m++) {
        for (let i = 0; i < count; i++) present[i] = (first + m) >> i & 1;
        deleteAbsent(coalitions, m, positions, present);
      }
    },
    take(scores, coalition) {
      readTargets(targets, scores).forEach((value, k) => values[k]![coalition] = value);
    },
  });
  const weights = weightsFor(count);
  const scores = await model.scores(input);
  return targets.map((target, k) => {
    const of = values[k]!;
    const found = Float64Array.from({ length: count }, (_, i) => {
      let sum = 0;
      for (let coalition = 0; coalition < total; coalition++) {
        if (coalition >> i & 1) continue;
        sum += weights[sizeOf(coalition)]! * (of[coalition | 1 << i]! - of[coalition]!);
      }
      return sum;
    });
    return {
      score: targetScore(target, scores),
      expectedSum: of[total - 1]! - of[0]!,
      words: placeWords(input.length, positions, found),
    };
  });
}
