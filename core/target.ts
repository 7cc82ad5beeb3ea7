import type { FloatArray } from "./tensor.ts";

/** The question "why class `of` and not class `against`": the difference of two scores. */
export interface Contrast {
  /** Index of the class to explain. */
  readonly of: number;
  /** Index of the class it is compared with. */
  readonly against: number;
}

/** What is explained: the score of a class, by its index, or the difference of two. */
export type Target = number | Contrast;

/**
 * The weights [C] that turn scores into the explained number: one-hot for a class, +1 and −1 for a
 * contrast.
 *
 * @param target What is explained.
 * @param classes How many classes there are.
 * @returns The weights, shape [C].
 * @throws {RangeError} If a class index is out of range, or a contrast names one class twice.
 *
 * @example
 * ```ts
 * import { targetWeights } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...targetWeights({ of: 0, against: 2 }, 3)], [1, 0, -1]);
 * ```
 */
export function targetWeights(target: Target, classes: number): Float64Array {
  assertTarget(target, classes);
  const weights = new Float64Array(classes);
  if (typeof target === "number") weights[target] = 1;
  else {
    weights[target.of] = 1;
    weights[target.against] = -1;
  }
  return weights;
}

function assertClass(index: number, classes: number): void {
  if (Number.isInteger(index) && index >= 0 && index < classes) return;
  throw new RangeError(`Cannot explain class ${index}: there are ${classes} classes, from 0`);
}

function assertTarget(target: Target, classes: number): void {
  if (typeof target === "number") return assertClass(target, classes);
  if (target.of === target.against) {
    throw new RangeError(`Cannot contrast class ${target.of} with itself`);
  }
  assertClass(target.of, classes);
  assertClass(target.against, classes);
}

/**
 * The explained number itself: a score, or the difference of two.
 *
 * @param target What is explained.
 * @param scores All scores, shape [C].
 * @returns Σ_c weight_c · score_c.
 * @throws {RangeError} As {@linkcode targetWeights}, or if that number is not finite.
 */
export function targetScore(target: Target, scores: FloatArray): number {
  assertTarget(target, scores.length);
  // A zero has no sign.
  const score = 0 +
    (typeof target === "number" ? scores[target]! : scores[target.of]! - scores[target.against]!);
  if (Number.isFinite(score)) return score;
  const what = typeof target === "number"
    ? `class ${target}: its score is`
    : `class ${target.of} and not ${target.against}: the difference of their scores is`;
  throw new RangeError(`Cannot explain ${what} ${score}`);
}
