import type { FloatArray, Perturbation } from "@heatword/core";
import { predictedClass } from "../classification/predicted_class.ts";

/**
 * Deletes the words of one document one after the other and notes after each whether the document
 * is classified correctly. The words that are present at first are all restored at the end.
 *
 * @param perturbation The document, with all words present.
 * @param label The true class.
 * @param ranking The positions to delete, first to last.
 * @param deletions How many to delete at most.
 * @returns 1 where correct and 0 where wrong, after 0, 1, … `deletions` deleted words, shape
 * [deletions + 1]; where the words run out, the last value stays.
 *
 * @example
 * ```ts
 * import { recomputingPerturbation } from "@heatword/core";
 * import { deletionFlags } from "@heatword/eval/deletion";
 * import { assertEquals } from "@std/assert";
 *
 * // A "model" that says class 1 while both words are there.
 * const model = {
 *   scores: (input: { length: number; gone: number }) => new Float64Array([input.gone, 0.5]),
 *   withoutWords: (input: { length: number; gone: number }, positions: Iterable<number>) => ({
 *     ...input,
 *     gone: [...positions].length,
 *   }),
 * };
 * const perturbation = recomputingPerturbation(model, { length: 2, gone: 0 });
 * assertEquals([...deletionFlags(perturbation, 1, [1, 0], 3)], [1, 0, 0, 0]);
 * ```
 */
export function deletionFlags(
  perturbation: Perturbation,
  label: number,
  ranking: ArrayLike<number>,
  deletions: number,
): Uint8Array {
  const flags = new Uint8Array(deletions + 1);
  const correct = (scores: FloatArray) => predictedClass(scores) === label ? 1 : 0;
  const steps = Math.min(deletions, ranking.length);
  flags[0] = correct(perturbation.scores());
  for (let k = 0; k < steps; k++) {
    perturbation.delete(ranking[k]!);
    flags[k + 1] = correct(perturbation.scores());
  }
  flags.fill(flags[steps]!, steps + 1);
  for (let k = 0; k < steps; k++) perturbation.restore(ranking[k]!);
  return flags;
}
