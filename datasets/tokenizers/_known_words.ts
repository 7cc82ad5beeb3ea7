import type { KnownWords } from "@heatword/core";

/** Longer words are not looked for in pieces. */
const LONGEST = 256;

/** Signs that are written in several ways: apostrophes, hyphens; and what asks for an emoji. */
function folded(word: string): string {
  return word.replaceAll(/[\u2018\u2019\u02bc\uff07]/g, "'").replaceAll(/[\u2010\u2011]/g, "-")
    .replaceAll("\ufe0f", "");
}

const firstOf = (word: string) => String.fromCodePoint(word.codePointAt(0) ?? 0);

/** The words of a vocabulary, to be found in a text however they are written there. */
export class WordFinder {
  readonly #words: KnownWords;
  /** Words with a sign that is written in several ways, by their folded form. */
  readonly #folded = new Map<string, string>();
  /** The longest word that starts with a character, without and with blanks in it. */
  readonly #longest = new Map<string, number>();
  readonly #longestWithBlanks = new Map<string, number>();

  /**
   * Prepares a vocabulary.
   *
   * @param words The words.
   */
  constructor(words: KnownWords) {
    this.#words = words;
    for (const word of words.keys()) {
      if (word === "" || word.length > LONGEST) continue;
      const form = folded(word);
      if (form !== word && !this.#folded.has(form)) this.#folded.set(form, word);
      const lengths = /\s/u.test(word) ? this.#longestWithBlanks : this.#longest;
      const first = firstOf(form.toLowerCase());
      lengths.set(first, Math.max(lengths.get(first) ?? 0, word.length));
    }
  }

  /**
   * Looks a word up: as it stands, in lower case, in composed letters, with plain apostrophes and
   * hyphens.
   *
   * @param word The word as the text has it.
   * @returns It as the vocabulary has it, if it does.
   */
  find(word: string): string | undefined {
    if (this.#words.has(word)) return word;
    const lower = word.toLowerCase();
    if (this.#words.has(lower)) return lower;
    for (const cased of [word, lower]) {
      const composed = cased.normalize("NFC");
      const plain = folded(composed);
      for (const form of [composed, plain]) if (this.#words.has(form)) return form;
      const known = this.#folded.get(plain);
      if (known !== undefined) return known;
    }
  }

  /**
   * How far a word may reach that starts somewhere.
   *
   * @param start The text from there on, or its first characters.
   * @returns Most UTF-16 code units of a word without blanks, and of one with some.
   */
  reach(start: string): { within: number; acrossBlanks: number } {
    const first = firstOf(folded(start.slice(0, 4).normalize("NFC").toLowerCase()));
    // A letter may be written in several code units, with its marks behind it.
    return {
      within: 3 * (this.#longest.get(first) ?? 0),
      acrossBlanks: 3 * (this.#longestWithBlanks.get(first) ?? 0),
    };
  }
}
