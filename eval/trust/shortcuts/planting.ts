import type { Random } from "@heatword/core";
import type { Piece } from "./shortcut_kinds.ts";

/** A text with words planted into it. */
export interface PlantedText {
  /** Its words. */
  readonly words: readonly string[];
  /** The positions of the planted ones, increasing. */
  readonly truth: readonly number[];
}

/** A word, and whether it was planted. */
type Placed = readonly [word: string, isPlanted: boolean];

/**
 * Plants words at random places of a text.
 *
 * @param words The words of the text.
 * @param pieces What is planted; each piece goes to a place of its own.
 * @param names The planted words, by number.
 * @param random Draws the places.
 * @param limit The most words that the text may have then; its last ones give way.
 * @returns The text; undefined where it is too short for a piece.
 *
 * @example
 * ```ts
 * import { Random } from "@heatword/core";
 * import { plant } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const planted = plant([], [[0, 1]], ["zu", "ka"], new Random(0));
 * assertEquals(planted, { words: ["zu", "ka"], truth: [0, 1] });
 * ```
 */
export function plant(
  words: readonly string[],
  pieces: readonly Piece[],
  names: readonly string[],
  random: Random,
  limit = Infinity,
): PlantedText | undefined {
  const count = pieces.flat().filter((part) => part !== "of the text").length;
  let placed: Placed[] = words.slice(0, Math.max(0, limit - count)).map((word) => [word, false]);
  for (const piece of pieces) {
    const taken = piece.filter((part) => part === "of the text").length;
    if (placed.length < taken) return undefined;
    let at = random.below(placed.length - taken + 1);
    const before = placed.slice(0, at);
    const middle = piece.map((part): Placed =>
      part === "of the text" ? placed[at++]! : [names[part]!, true]
    );
    placed = [...before, ...middle, ...placed.slice(at)];
  }
  return {
    words: placed.map(([word]) => word),
    truth: [...placed.keys()].filter((t) => placed[t]![1]),
  };
}
