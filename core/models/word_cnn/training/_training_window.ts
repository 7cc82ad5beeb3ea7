import type { Random } from "../../../random.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

/**
 * The part of a document that a step takes: where it begins, and how many words, at least two.
 *
 * @param words How many words the document has.
 * @param hyperparameters Says how long a window is.
 * @param random Draws the window; without it, it is the beginning of the document.
 */
export function takeWindow(
  words: number,
  { window, randomWindow }: Hyperparameters,
  random?: Random,
): [offset: number, length: number] {
  const length = Math.max(2, Math.min(window, words));
  const spare = words - length;
  return [random && randomWindow && spare > 0 ? random.below(spare + 1) : 0, length];
}
