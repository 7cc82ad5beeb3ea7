import type { Random } from "../random.ts";
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
  { window, randomWindow, shortestWindow }: Hyperparameters,
  random?: Random,
): [offset: number, length: number] {
  const longest = Math.min(window, words);
  if (!random || !randomWindow) return [0, Math.max(2, longest)];
  let length = longest;
  if (shortestWindow > 0 && words > shortestWindow && random.uniform() < 0.5) {
    length = shortestWindow + random.below(longest - shortestWindow + 1);
  }
  return [words > length ? random.below(words - length + 1) : 0, Math.max(2, length)];
}
