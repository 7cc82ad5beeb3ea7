import type { Perturbation } from "../../perturbation.ts";
import type { FloatArray } from "../../tensor.ts";
import type { PerturbableText } from "./_engine.ts";

/** More changes at once than this, as a part of the words, are cheaper done from scratch. */
const FROM_SCRATCH = 1 / 8;

/**
 * A text whose words can be deleted and restored at the cost of what that changes: the two windows
 * of the word, and the maxima that were won there. Nothing is computed before scores are asked for.
 */
export class WordCnnPerturbation implements Perturbation {
  readonly length: number;
  readonly #text: PerturbableText;
  readonly #scores: FloatArray;
  /** Whether each word is deleted, and whether it is in what was computed last. */
  readonly #deleted: Uint8Array;
  readonly #done: Uint8Array;
  /** The words that were touched since, and how many of them differ now. */
  #touched: number[] = [];
  #differences = 0;
  #deletions = 0;

  /**
   * Opens a text.
   *
   * @param length Number of words T.
   * @param text The text, with all words present.
   * @param scores Room for the scores, shape [C].
   */
  constructor(length: number, text: PerturbableText, scores: FloatArray) {
    this.length = length;
    this.#text = text;
    this.#scores = scores;
    this.#deleted = new Uint8Array(length);
    this.#done = new Uint8Array(length);
  }

  delete(position: number): void {
    this.#set(position, 1);
  }

  restore(position: number): void {
    this.#set(position, 0);
  }

  isDeleted(position: number): boolean {
    return this.#deleted[position] === 1;
  }

  scores(): FloatArray {
    this.#catchUp();
    this.#scores.set(this.#text.scores);
    return this.#scores;
  }

  #set(position: number, deleted: 0 | 1): void {
    if (!Number.isInteger(position) || position < 0 || position >= this.length) {
      throw new RangeError(`Cannot change word ${position}: the input has ${this.length} words`);
    }
    if (this.#deleted[position] === deleted) return;
    this.#deleted[position] = deleted;
    this.#deletions += deleted ? 1 : -1;
    if (this.#done[position] === deleted) this.#differences--;
    else {
      this.#differences++;
      this.#touched.push(position);
    }
  }

  /** Brings the text to the words as they are now. */
  #catchUp(): void {
    const text = this.#text;
    if (text.claim()) this.#startFromWhole();
    else if (this.#deletions < this.#differences) {
      // From the whole text it is less far.
      text.reset([...this.#done.keys()].filter((t) => this.#done[t]));
      this.#startFromWhole();
    }
    if (this.#differences > 4 + this.length * FROM_SCRATCH) {
      text.rebuild(this.#deleted);
      this.#done.set(this.#deleted);
    } else if (this.#differences > 0) {
      for (const t of this.#touched) {
        const deleted = this.#deleted[t]!;
        if (this.#done[t] === deleted) continue;
        text.change(t, deleted === 1);
        this.#done[t] = deleted;
      }
    }
    this.#touched.length = 0;
    this.#differences = 0;
  }

  #startFromWhole(): void {
    this.#done.fill(0);
    this.#touched = [...this.#deleted.keys()].filter((t) => this.#deleted[t]);
    this.#differences = this.#deletions;
  }
}
