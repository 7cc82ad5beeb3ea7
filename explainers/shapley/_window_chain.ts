import type { Chain } from "./_chain.ts";

/**
 * The {@linkcode Chain} of windows of any width K, by vectors over the 2^(K−1) states s of the K − 1
 * words before a word: ahead[j][s] is the chance that the words before j end in s and no window that
 * ends before j is forbidden, behind[j][s] the chance that from there on none is. A step along the
 * text costs 2^K, and what lies before a new forbidden state, or behind it, is not computed again.
 */
export class WindowChain implements Chain {
  readonly influence: Float64Array;
  readonly #length: number;
  /** How many states K words have, and K − 1 words. */
  readonly #states: number;
  readonly #half: number;
  /** Shape [T + 1, 2^(K−1)]. */
  readonly #ahead: Float64Array;
  readonly #behind: Float64Array;
  /** 1 for a state of the window that ends in word j that is allowed, shape [T, 2^K]. */
  readonly #allowed: Uint8Array;
  /** The chances to be out and in, shape [T, 2]. */
  readonly #chances: Float64Array;
  /** The last row of `ahead` that is up to date, and the first of `behind`. */
  #aheadTo = 0;
  #behindFrom = 0;

  /** Makes a chain of some length, to be started before use. */
  constructor(length: number, width: number) {
    this.#length = length;
    this.#states = 2 ** width;
    this.#half = this.#states / 2;
    this.#ahead = new Float64Array((length + 1) * this.#half);
    this.#behind = new Float64Array((length + 1) * this.#half);
    this.#allowed = new Uint8Array(length * this.#states);
    this.#chances = new Float64Array(2 * length);
    this.influence = new Float64Array(length);
  }

  start(p: number, varies: Uint8Array): void {
    this.#allowed.fill(1);
    this.influence.fill(0);
    for (let j = 0; j < this.#length; j++) {
      this.#chances[2 * j] = varies[j] ? 1 - p : 1;
      this.#chances[2 * j + 1] = varies[j] ? p : 0;
    }
    // Before the first word all are out; the chain may end in any state.
    this.#ahead.fill(0, 0, this.#half);
    this.#ahead[0] = 1;
    this.#behind.fill(1, this.#length * this.#half);
    this.#aheadTo = 0;
    this.#behindFrom = this.#length;
  }

  forbid(j: number, state: number): void {
    this.#allowed[j * this.#states + state] = 0;
    this.#aheadTo = Math.min(this.#aheadTo, j);
    this.#behindFrom = Math.max(this.#behindFrom, j + 1);
  }

  get probability(): number {
    const [half, behind] = [this.#half, this.#behind];
    for (let j = this.#behindFrom - 1; j >= 0; j--) {
      const out = this.#chances[2 * j]!;
      const within = this.#chances[2 * j + 1]!;
      const next = (j + 1) * half;
      for (let s = 0; s < half; s++) {
        const window = j * this.#states + 2 * s;
        const to = next + (2 * s) % half;
        // Of windows of one word the only state before is followed by itself.
        const other = half === 1 ? to : to + 1;
        behind[j * half + s] = this.#allowed[window]! * out * behind[to]! +
          this.#allowed[window + 1]! * within * behind[other]!;
      }
    }
    this.#behindFrom = 0;
    return behind[0]!;
  }

  accumulate(weight: number): void {
    if (this.#behindFrom > 0) this.probability;
    this.#renewAhead();
    const [half, states] = [this.#half, this.#states];
    const [ahead, behind, allowed] = [this.#ahead, this.#behind, this.#allowed];
    for (let j = 0; j < this.#length; j++) {
      let difference = 0;
      for (let s = 0; s < half; s++) {
        const window = j * states + 2 * s;
        const to = (j + 1) * half + (2 * s) % half;
        const other = half === 1 ? to : to + 1;
        difference += ahead[j * half + s]! *
          (allowed[window]! * behind[to]! - allowed[window + 1]! * behind[other]!);
      }
      this.influence[j]! += weight * difference;
    }
  }

  finish(): void {}

  #renewAhead(): void {
    const [half, states] = [this.#half, this.#states];
    const [ahead, allowed] = [this.#ahead, this.#allowed];
    for (let j = this.#aheadTo; j < this.#length - 1; j++) {
      const next = (j + 1) * half;
      ahead.fill(0, next, next + half);
      const out = this.#chances[2 * j]!;
      const within = this.#chances[2 * j + 1]!;
      for (let s = 0; s < half; s++) {
        const chance = ahead[j * half + s]!;
        if (chance === 0) continue;
        const window = j * states + 2 * s;
        const to = next + (2 * s) % half;
        ahead[to]! += chance * allowed[window]! * out;
        ahead[half === 1 ? to : to + 1]! += chance * allowed[window + 1]! * within;
      }
    }
    this.#aheadTo = this.#length;
  }
}
