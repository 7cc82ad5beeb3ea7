import type { Vocabulary } from "../word_cnn/vocabulary.ts";

/** How a char-CNN spells words. */
export interface SpellingOptions {
  /** The characters that it knows; those that it knows in lower case only are read in lower case. */
  readonly alphabet: Vocabulary;
  /** Most characters of a word, the one after it included. */
  readonly wordLength: number;
  /** Whether each word is followed by a blank, which belongs to it. */
  readonly blanks: boolean;
}

/** What stands after a word. */
const BLANK = " ";

/**
 * How words become characters, code points of any script. Each word has the same number of places for
 * them, filled from the first on; what a long word has more is not seen.
 *
 * @example
 * ```ts
 * import { Spelling } from "@heatword/core/char-cnn";
 * import { Vocabulary } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * const alphabet = new Vocabulary(["a", "b", " "]);
 * const spelling = new Spelling({ alphabet, wordLength: 4, blanks: true });
 * const { rows, places } = spelling.spell(["Ab", "x"]);
 * assertEquals([...rows], [0, 1, 2, -1, 2]); // "A" as "a"; "x" is unknown
 * assertEquals([...places], [0, 1, 2, 4, 5]);
 * ```
 */
export class Spelling {
  readonly #options: SpellingOptions;
  readonly #blank: number;

  /**
   * Makes a spelling.
   *
   * @param options How it spells.
   * @throws {RangeError} If a word has no room for a character.
   */
  constructor(options: SpellingOptions) {
    const { alphabet, wordLength, blanks } = options;
    if (!Number.isInteger(wordLength) || wordLength < 1 + Number(blanks)) {
      throw new RangeError(`Cannot spell words in ${wordLength} characters`);
    }
    this.#options = options;
    this.#blank = alphabet.row(BLANK);
  }

  /** Most characters of a word that are seen, without what stands after it. */
  get room(): number {
    const { wordLength, blanks } = this.#options;
    return wordLength - Number(blanks);
  }

  /**
   * The part of a word that is seen.
   *
   * @param word The word.
   * @returns The word itself unless it is too long.
   */
  seen(word: string): string {
    if (word.length <= this.room) return word;
    return [...word].slice(0, this.room).join("");
  }

  /**
   * Spells words one after the other.
   *
   * @param words The words.
   * @returns For each character its row of the alphabet, −1 where it is unknown, and its place: that of
   * its word times `wordLength`, and how many characters of the word stand before it.
   */
  spell(words: readonly string[]): { rows: Int32Array; places: Int32Array } {
    const { alphabet, wordLength, blanks } = this.#options;
    const rows: number[] = [];
    const places: number[] = [];
    words.forEach((word, t) => {
      let place = t * wordLength;
      for (const character of this.seen(word)) {
        rows.push(alphabet.row(character));
        places.push(place++);
      }
      if (!blanks) return;
      rows.push(this.#blank);
      places.push(place);
    });
    return { rows: Int32Array.from(rows), places: Int32Array.from(places) };
  }
}
