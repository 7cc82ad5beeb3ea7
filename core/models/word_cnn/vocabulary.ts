/**
 * The words that a model knows, and the rows of their vectors. A word is looked up in its exact
 * form and, when that is not known, in lower case.
 *
 * @example
 * ```ts
 * import { Vocabulary } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * const vocabulary = new Vocabulary(["space", "NASA"]);
 * assertEquals(["NASA", "Space", "nasa"].map((word) => vocabulary.row(word)), [1, 0, -1]);
 * ```
 */
export class Vocabulary {
  /** The words; the position of a word is its row. */
  readonly words: readonly string[];
  readonly #rows: ReadonlyMap<string, number>;

  /**
   * Makes a vocabulary.
   *
   * @param words The words, in the order of their rows; kept, not copied.
   * @throws {RangeError} If a word is listed twice.
   */
  constructor(words: readonly string[]) {
    this.words = words;
    const rows = new Map<string, number>();
    for (let i = 0; i < words.length; i++) rows.set(words[i]!, i);
    if (rows.size !== words.length) {
      const twice = words.find((word, i) => rows.get(word) !== i);
      throw new RangeError(`Cannot make a vocabulary: "${twice}" is listed twice`);
    }
    this.#rows = rows;
  }

  /** How many words there are. */
  get size(): number {
    return this.words.length;
  }

  /**
   * Finds a word.
   *
   * @param word The word as it stands in a text.
   * @returns Its row, or −1 when it is unknown in its exact form and in lower case.
   */
  row(word: string): number {
    return this.#rows.get(word) ?? this.#rows.get(word.toLowerCase()) ?? -1;
  }
}
