/**
 * A batch of sets of words that stay in a text: in each of its M coalitions every one of the T words
 * is present or deleted. Occlusion, LIME, Shapley values and deletion curves all are "score this
 * list of coalitions", so a model that scores coalitions fast makes all of them fast: it may walk
 * from one to the next, take them as one batch, or send them as one request.
 *
 * @example
 * ```ts
 * import { Coalitions } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const coalitions = new Coalitions(3, 2); // Three words, two coalitions of all of them.
 * coalitions.delete(1, 0);
 * assertEquals([coalitions.has(0, 0), coalitions.has(1, 0)], [true, false]);
 * assertEquals(coalitions.deleted(1), [0]);
 * ```
 */
export class Coalitions {
  /** Number of words T. */
  readonly length: number;
  /** Number of coalitions M. */
  readonly size: number;
  /** 32-bit words per coalition. */
  readonly stride: number;
  /** One bit per word and coalition, 1 for a deleted word; shape [M, stride]. */
  readonly #deleted: Uint32Array;

  /**
   * Makes coalitions of all words.
   *
   * @param length Number of words T.
   * @param size Number of coalitions M.
   */
  constructor(length: number, size: number) {
    this.length = length;
    this.size = size;
    this.stride = Math.ceil(length / 32);
    this.#deleted = new Uint32Array(size * this.stride);
  }

  /**
   * Makes coalitions by what is deleted in each.
   *
   * @param length Number of words T.
   * @param sets For each coalition the positions of its deleted words.
   * @returns The coalitions.
   * @throws {RangeError} If a position is out of range.
   */
  static without(length: number, sets: readonly Iterable<number>[]): Coalitions {
    const coalitions = new Coalitions(length, sets.length);
    sets.forEach((set, m) => {
      for (const t of set) coalitions.delete(m, t);
    });
    return coalitions;
  }

  #place(m: number, t: number): number {
    if (!Number.isInteger(t) || t < 0 || t >= this.length) {
      throw new RangeError(`Cannot change word ${t}: the input has ${this.length} words`);
    }
    if (!Number.isInteger(m) || m < 0 || m >= this.size) {
      throw new RangeError(`Cannot change coalition ${m}: there are ${this.size}`);
    }
    return m * this.stride + (t >>> 5);
  }

  /**
   * Deletes a word.
   *
   * @param m The coalition.
   * @param t The position of the word.
   * @throws {RangeError} If there is no such coalition or word.
   */
  delete(m: number, t: number): void {
    this.#deleted[this.#place(m, t)]! |= 1 << (t & 31);
  }

  /**
   * Puts a word back.
   *
   * @param m The coalition.
   * @param t The position of the word.
   * @throws {RangeError} If there is no such coalition or word.
   */
  restore(m: number, t: number): void {
    this.#deleted[this.#place(m, t)]! &= ~(1 << (t & 31));
  }

  /**
   * Makes a coalition the same as another.
   *
   * @param m The coalition that is changed.
   * @param from The other.
   * @param of Where the other is, of as many words. @default {these coalitions}
   */
  copy(m: number, from: number, of: Coalitions = this): void {
    const { stride } = this;
    this.#deleted.set(of.#deleted.subarray(from * stride, (from + 1) * stride), m * stride);
  }

  /**
   * A text that tells a coalition from all others of as many words.
   *
   * @param m The coalition.
   * @param gone A coalition whose deleted words count as deleted in this one too.
   */
  key(m: number, gone?: Coalitions): string {
    let key = "";
    for (let i = 0; i < this.stride; i++) {
      const bits = this.#deleted[m * this.stride + i]! | (gone ? gone.#deleted[i]! : 0);
      key += String.fromCharCode(bits & 0xffff, bits >>> 16);
    }
    return key;
  }

  /** Whether a word is present in a coalition. */
  has(m: number, t: number): boolean {
    return (this.#deleted[this.#place(m, t)]! >>> (t & 31) & 1) === 0;
  }

  /** The positions of the deleted words of a coalition, increasing. */
  deleted(m: number): number[] {
    const positions: number[] = [];
    for (let i = 0; i < this.stride; i++) {
      pushBits(this.#deleted[m * this.stride + i]!, i, positions);
    }
    return positions;
  }

  /**
   * The positions at which two coalitions differ, increasing; what a model has to change that goes
   * from one to the other.
   *
   * @param from One coalition; −1 is the coalition of all words.
   * @param to The other.
   */
  changes(from: number, to: number): number[] {
    const positions: number[] = [];
    for (let i = 0; i < this.stride; i++) {
      const before = from < 0 ? 0 : this.#deleted[from * this.stride + i]!;
      pushBits(before ^ this.#deleted[to * this.stride + i]!, i, positions);
    }
    return positions;
  }

  /** A copy of the coalitions from one index to before another. */
  slice(from: number, to: number): Coalitions {
    const part = new Coalitions(this.length, Math.max(0, Math.min(to, this.size) - from));
    part.#deleted.set(
      this.#deleted.subarray(from * this.stride, (from + part.size) * this.stride),
    );
    return part;
  }
}

function pushBits(bits: number, index: number, positions: number[]): void {
  let left = bits >>> 0;
  while (left !== 0) {
    const bit = 31 - Math.clz32(left & -left);
    positions.push(32 * index + bit);
    left = (left & (left - 1)) >>> 0;
  }
}
