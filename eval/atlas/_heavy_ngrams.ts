/**
 * The n-grams with the largest sums of a stream, in bounded memory (Metwally et al. 2005,
 * doi:10.1007/978-3-540-30570-5_27, "Space-Saving", with weights): of more n-grams than there is room
 * for, the one with the smallest sum makes room for the new one, which inherits its sum. An n-gram
 * with more than the n-th part of the whole sum is always among the n that are kept.
 */
export class HeavyNgrams {
  readonly #room: number;
  readonly #keys: string[] = [];
  readonly #sums: Float64Array;
  readonly #places = new Map<string, number>();

  constructor(room: number) {
    this.#room = room;
    this.#sums = new Float64Array(room);
  }

  /** Adds to the sum of an n-gram, given as a string. */
  add(key: string, weight: number): void {
    const known = this.#places.get(key);
    if (known !== undefined) {
      this.#sums[known]! += weight;
      return;
    }
    let at = this.#keys.length;
    if (at === this.#room) {
      at = 0;
      for (let i = 1; i < this.#room; i++) if (this.#sums[i]! < this.#sums[at]!) at = i;
      this.#places.delete(this.#keys[at]!);
    }
    this.#keys[at] = key;
    this.#places.set(key, at);
    this.#sums[at]! += weight;
  }

  /** The n-grams that are kept, largest sum first; of equals the first by the alphabet. */
  keys(): string[] {
    return [...this.#keys.keys()]
      .sort((a, b) => this.#sums[b]! - this.#sums[a]! || (this.#keys[a]! < this.#keys[b]! ? -1 : 1))
      .map((i) => this.#keys[i]!);
  }
}
