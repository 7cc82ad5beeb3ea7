/**
 * A seeded generator of random numbers (mulberry32): the same seed gives the same numbers on every
 * machine. All randomness of the project comes from one that is passed in.
 *
 * @example
 * ```ts
 * import { Random } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new Random(1).uniform(), new Random(1).uniform());
 * ```
 */
export class Random {
  #state: number;

  /**
   * Starts a generator.
   *
   * @param seed Any number; its low 32 bits count.
   */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The next 32 random bits, as a number from 0 to 2³² − 1. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A number from 0 (included) to 1 (excluded), with 32 random bits. */
  uniform(): number {
    return this.bits() / 4294967296;
  }

  /**
   * A whole number from 0 to `bound` − 1.
   *
   * @param bound The number of outcomes, from 1 to 2³².
   */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** A number from the standard normal distribution (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /**
   * Shuffles in place (Fisher and Yates).
   *
   * @param items The items.
   * @returns The same array.
   */
  shuffle<A extends { length: number; [index: number]: unknown }>(items: A): A {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }

  /**
   * A generator of its own for one part of the work, so that parts can be done in any order.
   *
   * @param key Which part; the same key gives the same generator.
   */
  fork(key: number): Random {
    const mixed = new Random((this.#state ^ Math.imul(key + 1, 0x9e3779b1)) >>> 0);
    return new Random(mixed.bits());
  }

  /** The state, for checkpoints: `new Random(state)` goes on from here. */
  get state(): number {
    return this.#state;
  }
}
