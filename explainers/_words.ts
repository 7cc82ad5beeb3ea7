import { type Coalitions, type FloatArray, type Target, targetScore } from "@heatword/core";

/** Reads off the explained number of each target. */
export function readTargets(targets: readonly Target[], scores: FloatArray): Float64Array {
  return Float64Array.from(targets, (target) => targetScore(target, scores));
}

/** Deletes the words that are absent: `present[i]` says whether the word `positions[i]` is there. */
export function deleteAbsent(
  coalitions: Coalitions,
  m: number,
  positions: readonly number[],
  present: Uint8Array,
): void {
  for (let i = 0; i < positions.length; i++) {
    if (!present[i]) coalitions.delete(m, positions[i]!);
  }
}

/** Puts a number for each of some words at its position; the other positions get 0. */
export function placeWords(
  length: number,
  positions: readonly number[],
  values: ArrayLike<number>,
): Float64Array {
  const words = new Float64Array(length);
  positions.forEach((t, i) => words[t] = values[i]!);
  return words;
}
