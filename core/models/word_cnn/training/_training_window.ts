import type { Random } from "../../../random.ts";
import { FILTER_WIDTH } from "../parameters.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

/**
 * The part of a document that a step takes: where it begins, and how many words, at least
 * as many as a filter spans.
 *
 * @param words How many words the document has.
 * @param hyperparameters Says how long a window is.
 * @param random Draws the window; without it, it is the beginning of the document.
 */
export function takeWindow(
  words: number,
  { window, randomWindow, widths = [FILTER_WIDTH] }: Hyperparameters,
  random?: Random,
): [offset: number, length: number] {
  const length = Math.max(...widths, Math.min(window, words));
  const spare = words - length;
  return [random && randomWindow && spare > 0 ? random.below(spare + 1) : 0, length];
}
