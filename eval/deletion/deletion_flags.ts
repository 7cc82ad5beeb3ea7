import { type FloatArray, type Input, type Model, scoreCoalitions } from "@heatword/core";
import { predictedClass } from "../classification/predicted_class.ts";

/**
 * Deletes the words of one document one after the other, in several orders, and takes the scores
 * after each deletion.
 *
 * @param model The model.
 * @param input The document.
 * @param rankings For each order the positions to delete, first to last.
 * @param deletions How many to delete at most.
 * @param take Called with the scores [C] of the whole text (`step` 0), for every order, and after
 * every deletion (`step` 1, 2, …); they are overwritten later, so copy what must stay.
 */
export async function deleteInOrders(
  model: Model,
  input: Input,
  rankings: readonly ArrayLike<number>[],
  deletions: number,
  take: (scores: FloatArray, order: number, step: number) => void,
): Promise<void> {
  const steps = rankings.map(({ length }) => Math.min(deletions, length));
  const places = steps.flatMap((count, order) =>
    Array.from({ length: count + 1 }, (_, step) => [order, step] as const)
  );
  await scoreCoalitions(model, input, {
    total: places.length,
    fill(coalitions, first) {
      for (let m = 0; m < coalitions.size; m++) {
        const [order, step] = places[first + m]!;
        if (step === 0) continue;
        const ranking = rankings[order]!;
        if (m > 0) {
          coalitions.copy(m, m - 1);
          coalitions.delete(m, ranking[step - 1]!);
        } else for (let k = 0; k < step; k++) coalitions.delete(m, ranking[k]!);
      }
    },
    take: (scores, index) => take(scores, ...places[index]!),
  });
}

/** What becomes of one document as its words are deleted in several orders. */
export interface DeletionTrace {
  /**
   * 1 where it is classified correctly and 0 where wrong, after 0, 1, … deleted words, shape
   * [orders, deletions + 1]; where the words run out, the last value stays.
   */
  readonly flags: Uint8Array;
  /** The score of the true class likewise, minus that of the whole text. */
  readonly changes: Float64Array;
}

/**
 * Deletes the words of one document one after the other, in several orders, and notes after each
 * deletion whether it is classified correctly, and how far the score of its class has moved.
 *
 * @param model The model.
 * @param input The document.
 * @param label The true class.
 * @param rankings For each order the positions to delete, first to last.
 * @param deletions How many to delete at most.
 */
export async function deletionTrace(
  model: Model,
  input: Input,
  label: number,
  rankings: readonly ArrayLike<number>[],
  deletions: number,
): Promise<DeletionTrace> {
  const row = deletions + 1;
  const flags = new Uint8Array(rankings.length * row);
  const changes = new Float64Array(rankings.length * row);
  let whole = 0;
  await deleteInOrders(model, input, rankings, deletions, (scores, order, step) => {
    if (step === 0) whole = scores[label]!;
    // What is not reached later on stays as it is now.
    const start = order * row;
    flags.fill(predictedClass(scores) === label ? 1 : 0, start + step, start + row);
    changes.fill(scores[label]! - whole, start + step, start + row);
  });
  return { flags, changes };
}

/**
 * Deletes the words of one document one after the other, in several orders, and notes after each
 * deletion whether the document is classified correctly.
 *
 * @param model The model.
 * @param input The document.
 * @param label The true class.
 * @param rankings For each order the positions to delete, first to last.
 * @param deletions How many to delete at most.
 * @returns 1 where correct and 0 where wrong, after 0, 1, … `deletions` deleted words, shape
 * [orders, deletions + 1]; where the words run out, the last value stays.
 *
 * @example
 * ```ts
 * import { defineModel } from "@heatword/core";
 * import { deletionFlags } from "@heatword/eval/deletion";
 * import { assertEquals } from "@std/assert";
 *
 * // A "model" that says class 1 while both words are there.
 * const model = defineModel({
 *   classes: ["some gone", "all there"],
 *   encode: ({ tokens }) => ({ length: tokens.length, gone: 0 }),
 *   withoutWords: (input, positions) => ({ ...input, gone: [...positions].length }),
 *   score: ({ gone }) => new Float64Array([gone, 0.5]),
 * });
 * const input = model.encode(model.read("two words"));
 * assertEquals([...await deletionFlags(model, input, 1, [[1, 0]], 3)], [1, 0, 0, 0]);
 * ```
 */
export async function deletionFlags(
  model: Model,
  input: Input,
  label: number,
  rankings: readonly ArrayLike<number>[],
  deletions: number,
): Promise<Uint8Array> {
  return (await deletionTrace(model, input, label, rankings, deletions)).flags;
}
