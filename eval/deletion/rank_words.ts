import type { Random } from "@heatword/core";

/** From which end of the relevances words are deleted. */
export type DeletionOrder = "decreasing" | "increasing";

/**
 * The order in which words are deleted: by relevance, the first position of equals first.
 *
 * @param relevance Relevance of each word position, shape [T].
 * @param order Whether the largest or the smallest (most negative) goes first.
 * @param words How many of the positions are words of the document; the rest is padding.
 * @returns All `words` positions, the first to be deleted first.
 * @throws {RangeError} If there are fewer relevances than words, or one is not a number.
 *
 * @example
 * ```ts
 * import { rankWords } from "@heatword/eval/deletion";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...rankWords(new Float64Array([1, 3, -2, 3]), "decreasing")], [1, 3, 0, 2]);
 * assertEquals([...rankWords(new Float64Array([1, 3, -2, 3]), "increasing")], [2, 0, 1, 3]);
 * ```
 */
export function rankWords(
  relevance: ArrayLike<number>,
  order: DeletionOrder,
  words: number = relevance.length,
): Int32Array {
  if (relevance.length < words) {
    throw new RangeError(`Cannot rank ${words} words by ${relevance.length} relevances`);
  }
  for (let t = 0; t < words; t++) {
    if (Number.isNaN(relevance[t])) {
      throw new RangeError(`Cannot rank words: the relevance of word ${t} is not a number`);
    }
  }
  const sign = order === "decreasing" ? -1 : 1;
  return Int32Array.from({ length: words }, (_, t) => t)
    .sort((a, b) => sign * (relevance[a]! - relevance[b]!) || a - b);
}

/**
 * A random order of deletion, each as likely as any other.
 *
 * @param words How many words the document has.
 * @param random Where the randomness comes from.
 * @returns All positions, shuffled.
 */
export function shuffledWords(words: number, random: Random): Int32Array {
  return random.shuffle(Int32Array.from({ length: words }, (_, t) => t));
}
