import type { Coalitions } from "../../coalitions.ts";
import type { FloatArray } from "../../tensor.ts";
import type { PerturbableText, ScorableText } from "./_engine.ts";

/** More changes at once than this, as a part of the words, are cheaper done from scratch. */
const FROM_SCRATCH = 1 / 8;

/**
 * A text that goes from one coalition of its words to the next at the cost of what that changes: the
 * two windows of each word that differs, and the maxima that were won there.
 */
export class PerturbedText implements ScorableText {
  readonly #text: PerturbableText;
  readonly #length: number;
  /** The words that are deleted in what was computed last, increasing. */
  #deleted: readonly number[] = [];

  /**
   * Opens a text.
   *
   * @param length Number of words T.
   * @param text The text, with all words present.
   */
  constructor(length: number, text: PerturbableText) {
    this.#length = length;
    this.#text = text;
  }

  /**
   * Scores coalitions one after the other. It starts from the whole text, so that the scores do not
   * depend on what was asked for before.
   *
   * @param coalitions The coalitions.
   * @param scores Where their scores go, shape [M, C].
   */
  score(coalitions: Coalitions, scores: FloatArray): void {
    const text = this.#text;
    if (text.ensureLoaded() === "fresh") this.#deleted = [];
    else this.#reset();
    const classes = text.scores.length;
    for (let m = 0; m < coalitions.size; m++) {
      this.#go(coalitions, m);
      for (let c = 0; c < classes; c++) scores[m * classes + c] = text.scores[c]!;
    }
  }

  scoreWithoutEach(deleted: readonly number[], scores: FloatArray): void {
    const text = this.#text;
    text.ensureLoaded();
    const marks = new Uint8Array(this.#length);
    for (const t of deleted) marks[t] = 1;
    text.rebuild(marks);
    this.#deleted = [...marks.keys()].filter((t) => marks[t] === 1);
    text.withoutEach(scores);
  }

  #reset(): void {
    if (this.#deleted.length > 0) this.#text.reset(this.#deleted);
    this.#deleted = [];
  }

  #go(coalitions: Coalitions, m: number): void {
    let changes = coalitions.changes(m - 1, m);
    if (changes.length === 0) return;
    const deleted = coalitions.deleted(m);
    if (deleted.length < changes.length) {
      // From the whole text it is less far.
      this.#reset();
      changes = deleted;
    }
    if (changes.length > 4 + this.#length * FROM_SCRATCH) {
      const marks = new Uint8Array(this.#length);
      for (const t of deleted) marks[t] = 1;
      this.#text.rebuild(marks);
    } else {
      for (const t of changes) this.#text.change(t, !coalitions.has(m, t));
    }
    this.#deleted = deleted;
  }
}
