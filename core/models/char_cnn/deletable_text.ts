import type { FilterBank } from "../../max_pooled_model.ts";

/** If more of the filters look for another winner than this part, it is cheaper for all at once. */
const MANY = 1 / 6;

/** What a text of characters is scored by. */
export interface TextNetwork {
  /** Filters of one width, and the dense layer. */
  readonly bank: FilterBank;
  /**
   * What each character of the text adds to the filters, first as the first of a window, then as the
   * second and so on, [N] of shape [K · F].
   */
  readonly characters: readonly ArrayLike<number>[];
}

/**
 * A text of which characters are deleted and restored. Only windows that hold one of them are added up
 * again, and only filters that had won there look for another winner. The scores depend on which
 * characters are there, not on what was deleted before.
 */
export class DeletableText {
  readonly #bank: FilterBank;
  readonly #characters: readonly ArrayLike<number>[];
  readonly #width: number;
  readonly #filters: number;
  readonly #windows: number;
  readonly #gone: Uint8Array;
  /** The sums of all windows without bias, shape [windows, F]. */
  readonly #sums: Float64Array;
  readonly #best: Float64Array;
  readonly #winners: Int32Array;

  /**
   * Opens a text with all its characters.
   *
   * @param network What it is scored by.
   */
  constructor({ bank, characters }: TextNetwork) {
    this.#bank = bank;
    this.#characters = characters;
    const [{ width, filters }] = bank.convolutions as [{ width: number; filters: number }];
    this.#width = width;
    this.#filters = filters;
    this.#windows = characters.length - width + 1;
    this.#gone = new Uint8Array(characters.length);
    this.#sums = new Float64Array(this.#windows * filters);
    this.#best = new Float64Array(filters);
    this.#winners = new Int32Array(filters);
    for (let t = 0; t < this.#windows; t++) this.#add(t);
    this.#searchAll();
  }

  /** Adds up a window. */
  #add(t: number): void {
    const filters = this.#filters;
    const row = this.#sums.subarray(t * filters, (t + 1) * filters).fill(0);
    for (let k = 0; k < this.#width; k++) {
      if (this.#gone[t + k] === 1) continue;
      const character = this.#characters[t + k]!;
      const from = k * filters;
      for (let f = 0; f < filters; f++) row[f]! += character[from + f]!;
    }
  }

  /** Finds the window that a filter wins on, the first of equals. */
  #search(f: number): void {
    const filters = this.#filters;
    let best = this.#sums[f]!;
    let winner = 0;
    for (let t = 1, at = f + filters; t < this.#windows; t++, at += filters) {
      const sum = this.#sums[at]!;
      if (sum <= best) continue;
      best = sum;
      winner = t;
    }
    this.#best[f] = best;
    this.#winners[f] = winner;
  }

  /** The same for all filters, in the order in which the sums lie in memory. */
  #searchAll(): void {
    const filters = this.#filters;
    const [best, winners, sums] = [this.#best, this.#winners, this.#sums];
    best.set(sums.subarray(0, filters));
    winners.fill(0);
    for (let t = 1, at = filters; t < this.#windows; t++) {
      for (let f = 0; f < filters; f++, at++) {
        if (sums[at]! <= best[f]!) continue;
        best[f] = sums[at]!;
        winners[f] = t;
      }
    }
  }

  /** Adds up the windows that hold one of some characters again, and settles what is won. */
  #renew(changed: readonly number[]): void {
    const filters = this.#filters;
    const stale = new Uint8Array(this.#windows);
    for (const i of changed) {
      const to = Math.min(i, this.#windows - 1);
      for (let t = Math.max(0, i - this.#width + 1); t <= to; t++) stale[t] = 1;
    }
    const lost = new Uint8Array(filters);
    let count = 0;
    for (let f = 0; f < filters; f++) count += lost[f] = stale[this.#winners[f]!]!;
    for (let t = 0; t < this.#windows; t++) {
      if (stale[t] === 0) continue;
      this.#add(t);
      const from = t * filters;
      for (let f = 0; f < filters; f++) {
        const sum = this.#sums[from + f]!;
        if (lost[f] === 1 || sum < this.#best[f]!) continue;
        if (sum === this.#best[f] && this.#winners[f]! <= t) continue;
        this.#best[f] = sum;
        this.#winners[f] = t;
      }
    }
    if (count > filters * MANY) this.#searchAll();
    else for (let f = 0; f < filters; f++) if (lost[f] === 1) this.#search(f);
  }

  /**
   * The scores without some characters.
   *
   * @param gone Which characters are deleted (1), shape [N].
   * @returns The scores, shape [C].
   */
  scores(gone: Uint8Array): Float64Array {
    const changed: number[] = [];
    for (let i = 0; i < gone.length; i++) if (gone[i] !== this.#gone[i]) changed.push(i);
    this.#gone.set(gone);
    if (changed.length > 0) this.#renew(changed);
    const { bias, denseWeights, denseBias } = this.#bank;
    const classes = denseBias.length;
    const scores = Float64Array.from(denseBias);
    for (let f = 0; f < this.#filters; f++) {
      const z = this.#best[f]! + bias[f]!;
      // What is not a number must not be overlooked.
      if (z <= 0) continue;
      for (let c = 0; c < classes; c++) scores[c]! += z * denseWeights[f * classes + c]!;
    }
    return scores;
  }
}
