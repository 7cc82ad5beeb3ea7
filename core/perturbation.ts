import type { Input, Model } from "./model.ts";
import type { FloatArray } from "./tensor.ts";

/**
 * An input whose words can be deleted and restored one by one. Deletion curves, occlusion, LIME
 * and Shapley values all stand on it, so a model that makes it incremental makes all of them fast.
 */
export interface Perturbation {
  /** Number of word positions T. */
  readonly length: number;
  /** Deletes the word at a position; deleting a deleted word does nothing. */
  delete(position: number): void;
  /** Puts the word at a position back; restoring a present word does nothing. */
  restore(position: number): void;
  /** Whether the word at a position is deleted now. */
  isDeleted(position: number): boolean;
  /**
   * The scores with the words as they are now.
   *
   * @returns Shape [C]; overwritten by the next call, so copy what must stay.
   */
  scores(): FloatArray;
}

/**
 * The perturbation that every model has: it classifies from scratch whenever the words changed.
 *
 * @param model The model.
 * @param input The input; it is not changed.
 * @returns The perturbation, with all words present.
 */
export function recomputingPerturbation<I extends Input>(
  model: Pick<Model<I>, "scores" | "withoutWords">,
  input: I,
): Perturbation {
  const deleted = new Set<number>();
  let scores: FloatArray | undefined;
  const check = (position: number) => {
    if (!Number.isInteger(position) || position < 0 || position >= input.length) {
      throw new RangeError(`Cannot change word ${position}: the input has ${input.length} words`);
    }
  };
  return {
    length: input.length,
    delete(position) {
      check(position);
      if (!deleted.has(position)) scores = undefined;
      deleted.add(position);
    },
    restore(position) {
      check(position);
      if (deleted.delete(position)) scores = undefined;
    },
    isDeleted: (position) => deleted.has(position),
    scores: () => scores ??= model.scores(model.withoutWords(input, deleted)),
  };
}
