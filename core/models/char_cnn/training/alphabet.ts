import { Vocabulary } from "../../word_cnn/vocabulary.ts";

/** Which characters of texts are learned. */
export interface AlphabetOptions {
  /** Most characters. @default {4000} */
  readonly most?: number;
  /** A character that the texts have less often is not learned. @default {5} */
  readonly minCount?: number;
}

/**
 * The characters of texts, in lower case, of any script, the most frequent first; those equally
 * frequent in the order of their code points.
 *
 * @param texts The texts.
 * @param options Which are learned.
 * @returns The characters.
 *
 * @example
 * ```ts
 * import { alphabetOf } from "@heatword/core/char-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(alphabetOf(["Anna", "bb", "c"], { minCount: 2 }).words, ["a", "b", "n"]);
 * ```
 */
export function alphabetOf(texts: Iterable<string>, options: AlphabetOptions = {}): Vocabulary {
  const { most = 4000, minCount = 5 } = options;
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const character of text.toLowerCase().toWellFormed()) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
  }
  const frequent = [...counts].filter(([, count]) => count >= minCount);
  const order = ([a, n]: [string, number], [b, m]: [string, number]) =>
    m - n || a.codePointAt(0)! - b.codePointAt(0)!;
  return new Vocabulary(frequent.sort(order).slice(0, most).map(([character]) => character));
}
