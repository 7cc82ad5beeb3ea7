/** How often a word is mixed into a hash. */
const MULTIPLIER = 0x9e3779b1;

/**
 * The n-grams of documents, found again by hash. Those with equal hashes are compared word by word,
 * so what is found is no matter of chance.
 */
export class ShingleTable {
  readonly #size: number;
  /** Place of the first n-gram of each slot in `#words`, plus 1; 0 for a free slot. */
  readonly #slots: Int32Array;
  readonly #words: Int32Array;
  /** The next n-gram of the same slot, in the same way. */
  readonly #next: Int32Array;

  /**
   * Makes an empty table.
   *
   * @param words The words of all documents that will be added, as numbers.
   * @param size How many words an n-gram has.
   */
  constructor(words: Int32Array, size: number) {
    this.#size = size;
    this.#words = words;
    // A power of two, so that a mask of its bits gives the slot of a hash.
    let slots = 16;
    while (slots < 2 * words.length) slots *= 2;
    this.#slots = new Int32Array(slots);
    this.#next = new Int32Array(words.length);
  }

  /** How many places there are. */
  get length(): number {
    return this.#words.length;
  }

  #slotOf(words: Int32Array, at: number): number {
    let hash = 0;
    for (let k = 0; k < this.#size; k++) {
      hash = Math.imul(hash ^ words[at + k]!, MULTIPLIER);
      hash ^= hash >>> 15;
    }
    return hash & (this.#slots.length - 1);
  }

  #equal(words: Int32Array, at: number, place: number): boolean {
    for (let k = 0; k < this.#size; k++) {
      if (words[at + k] !== this.#words[place + k]) return false;
    }
    return true;
  }

  /**
   * Looks an n-gram up.
   *
   * @param words Words as numbers.
   * @param at Where the n-gram begins.
   * @returns Where it stands first among the words of the table; −1 where it is not.
   */
  find(words: Int32Array, at: number): number {
    let place = this.#slots[this.#slotOf(words, at)]! - 1;
    while (place >= 0 && !this.#equal(words, at, place)) place = this.#next[place]! - 1;
    return place;
  }

  /**
   * Adds an n-gram of the words of the table, if it is new.
   *
   * @param place Where it begins.
   * @returns Where it stands first.
   */
  add(place: number): number {
    const found = this.find(this.#words, place);
    if (found >= 0) return found;
    const slot = this.#slotOf(this.#words, place);
    this.#next[place] = this.#slots[slot]!;
    this.#slots[slot] = place + 1;
    return place;
  }
}
