import { Random } from "@heatword/core";

/** A sequence of the toy task: numbers of which two count. */
export interface ToySequence {
  /** Number of words T. */
  readonly length: number;
  /**
   * Shape [T, 3]: the number n_a stands in the second column at word a, n_b in the third at word b, and
   * all others, which do not count, in the first.
   */
  readonly vectors: Float64Array;
  /** The word a. */
  readonly a: number;
  /** The word b. */
  readonly b: number;
}

/** Whether the two numbers are added or subtracted. */
export type ToyOperation = "add" | "subtract";

/** Numbers of a word of the toy task. */
export const TOY_DIMENSIONS = 3;

/**
 * Draws sequences of 4 to 10 numbers from [−1, 1).
 *
 * @param count How many.
 * @param seed The seed; the same gives the same sequences.
 * @returns The sequences.
 */
export function drawToySequences(count: number, seed: number): ToySequence[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const length = 4 + Math.floor(7 * random.uniform());
    const a = Math.floor(length * random.uniform());
    const other = Math.floor((length - 1) * random.uniform());
    const b = other >= a ? other + 1 : other;
    const vectors = new Float64Array(length * TOY_DIMENSIONS);
    for (let t = 0; t < length; t++) {
      const column = t === a ? 1 : t === b ? 2 : 0;
      vectors[t * TOY_DIMENSIONS + column] = Math.fround(2 * random.uniform() - 1);
    }
    return { length, vectors, a, b };
  });
}

/**
 * What the two numbers contribute to y = n_a/2 ± n_b/2.
 *
 * @param sequence The sequence.
 * @param operation Whether they are added or subtracted.
 * @returns n_a/2 and ± n_b/2.
 */
export function contributionsOf(
  { vectors, a, b }: ToySequence,
  operation: ToyOperation,
): readonly [number, number] {
  const second = vectors[b * TOY_DIMENSIONS + 2]! / 2;
  return [vectors[a * TOY_DIMENSIONS + 1]! / 2, operation === "add" ? second : -second];
}
