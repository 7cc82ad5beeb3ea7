import { type Document, leftOut, type TextReader } from "@heatword/core";

/** Counts what a tokenizer leaves out of the texts that it reads. */
export class LeftOutWords {
  readonly #counts = new Map<string, number>();
  #left = 0;
  #all = 0;

  /** How many words were left out. */
  get left(): number {
    return this.#left;
  }

  /** How many words the texts have, those that were left out among them; punctuation does not count. */
  get all(): number {
    return this.#all;
  }

  /** The share of the words that were left out, from 0 to 1. */
  get share(): number {
    return this.#all === 0 ? 0 : this.#left / this.#all;
  }

  /**
   * Counts the words of a text.
   *
   * @param document The text as it was read.
   */
  add(document: Document): void {
    const { words } = leftOut(document);
    for (const word of words) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
    this.#left += words.length;
    this.#all += words.length + document.tokens.length + (document.truncated ?? 0);
  }

  /**
   * A reader that counts the words of all that it reads.
   *
   * @param reader Reads the texts.
   */
  counting(reader: Pick<TextReader, "read">): Pick<TextReader, "read"> {
    return {
      read: (text, about) => {
        const document = reader.read(text, about);
        this.add(document);
        return document;
      },
    };
  }

  /**
   * The words that were left out most often, with how often.
   *
   * @param max How many.
   */
  examples(max: number): [word: string, count: number][] {
    return [...this.#counts]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, max);
  }
}
