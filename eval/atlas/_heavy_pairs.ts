/**
 * The pairs with the largest sums of a stream, in bounded memory (Metwally et al. 2005,
 * doi:10.1007/978-3-540-30570-5_27, "Space-Saving", with weights): of more pairs than there is room
 * for, the one with the smallest sum makes room for the new one, which inherits its sum. A pair with
 * more than the n-th part of the whole sum is always among the n that are kept.
 */
export class HeavyPairs {
  readonly #room: number;
  readonly #keys: Float64Array;
  readonly #sums: Float64Array;
  #length = 0;

  constructor(room: number) {
    this.#room = room;
    this.#keys = new Float64Array(room);
    this.#sums = new Float64Array(room);
  }

  /** Adds to the sum of a pair, given as one whole number. */
  add(key: number, weight: number): void {
    const keys = this.#keys;
    const sums = this.#sums;
    const length = this.#length;
    let least = 0;
    for (let i = 0; i < length; i++) {
      if (keys[i] === key) {
        sums[i]! += weight;
        return;
      }
      if (sums[i]! < sums[least]!) least = i;
    }
    const at = length < this.#room ? this.#length++ : least;
    keys[at] = key;
    sums[at]! += weight;
  }

  /** The pairs that are kept, largest sum first. */
  keys(): number[] {
    return [...this.#keys.subarray(0, this.#length).keys()]
      .sort((a, b) => this.#sums[b]! - this.#sums[a]! || this.#keys[a]! - this.#keys[b]!)
      .map((i) => this.#keys[i]!);
  }
}
