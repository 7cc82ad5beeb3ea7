import type { WordSet } from "./company.ts";

/** In so many of the texts that have a feature a companion is, and in hardly more others. */
const TOGETHER = 0.9;
/** Texts that have more words in common are copies: those words are what they say. */
const MOST = 2;

/**
 * The words that are in nearly all texts with a feature, wherever they stand, and in hardly any other:
 * they were put there together. Where there are more than two, the texts are alike, and there are none.
 *
 * @param having The words of texts with the feature, but its own.
 * @param all In how many texts the feature is.
 * @param counts In how many texts each word is.
 */
export function companionsOf(
  having: readonly WordSet[],
  all: number,
  counts: ReadonlyMap<string, number>,
): string[] {
  const least = TOGETHER * having.length;
  // A companion is missing in so few texts that it is in one of these.
  const some = having.slice(0, having.length - Math.ceil(least) + 1);
  const rare = new Set(some.flatMap((words) =>
    [...words].filter((word) => {
      const count = counts.get(word)!;
      return count >= least && count <= all / TOGETHER;
    })
  ));
  const found = [...rare].filter((word) =>
    having.reduce((sum, words) => sum + Number(words.has(word)), 0) >= least
  );
  return found.length <= MOST ? found : [];
}
