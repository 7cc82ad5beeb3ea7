import type { Input, Model, Perturbation, Target, VectorInput } from "@heatword/core";
import { type FloatArray, targetScore } from "@heatword/core";

/** The vectors of an input, where it is made of vectors. */
function vectorsOf(input: Input): VectorInput | undefined {
  const candidate = input as Partial<VectorInput>;
  return candidate.vectors && candidate.dimensions ? candidate as VectorInput : undefined;
}

/**
 * The positions of the words that are there: all but those with a zero vector, whose deletion
 * changes nothing. Of an input that is not made of vectors, all positions.
 */
export function presentWords(input: Input): number[] {
  const positions = Array.from({ length: input.length }, (_, t) => t);
  const vectors = vectorsOf(input);
  if (vectors === undefined) return positions;
  const { dimensions } = vectors;
  return positions.filter((t) =>
    vectors.vectors.subarray(t * dimensions, (t + 1) * dimensions).some((value) => value !== 0)
  );
}

/** The scores with all words deleted. */
export function emptyScores(model: Model, input: Input): FloatArray {
  return model.scores(model.withoutWords(input, Array.from({ length: input.length }, (_, t) => t)));
}

/** Reads off the explained number of each target. */
export function readTargets(targets: readonly Target[], scores: FloatArray): Float64Array {
  return Float64Array.from(targets, (target) => targetScore(target, scores));
}

/** Keeps exactly some of the words: `present[i]` says whether the word `positions[i]` is there. */
export function keepWords(
  perturbation: Perturbation,
  positions: readonly number[],
  present: Uint8Array,
): void {
  for (let i = 0; i < positions.length; i++) {
    if (present[i]) perturbation.restore(positions[i]!);
    else perturbation.delete(positions[i]!);
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
