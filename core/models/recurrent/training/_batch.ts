import { roundUp } from "../../../round_up.ts";
import type { LabelledRows } from "../../word_cnn/training/labelled_rows.ts";
import type { Random } from "../../../random.ts";
import type { RecurrentHyperparameters } from "./hyperparameters.ts";
import type { RecurrentKernels } from "./kernels/kernels.ts";
import { type Layout, PART } from "./_memory.ts";

/** A document as a step takes it: words of the batch. */
interface Taken {
  readonly document: LabelledRows;
  readonly words: Int32Array;
  readonly mask: readonly number[];
}

/** The documents that a step works on, in the memory of the kernels: the longest first. */
export class Batch {
  /** The documents, in the order in which they lie in the memory. */
  documents: readonly LabelledRows[] = [];
  /** How many distinct words they have, that of deleted and unknown ones included. */
  words = 0;
  /** How many parts there are. */
  parts = 0;
  /** How many rows a direction has. */
  rows = 0;
  readonly #kernels: RecurrentKernels;
  readonly #layout: Layout;
  readonly #hyperparameters: RecurrentHyperparameters;
  /** The row of the zero vector. */
  readonly #zero: number;
  /** For each row of the vocabulary, which word of the batch it is; −1 for none. */
  readonly #local: Int32Array;

  constructor(
    kernels: RecurrentKernels,
    layout: Layout,
    size: number,
    hyperparameters: RecurrentHyperparameters,
  ) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#hyperparameters = hyperparameters;
    this.#zero = size;
    this.#local = new Int32Array(size + 1).fill(-1);
  }

  /**
   * Puts documents into the memory.
   *
   * @param documents The documents.
   * @param randoms For each document its random numbers; without them nothing is drawn.
   */
  load(documents: readonly LabelledRows[], randoms?: readonly Random[]): void {
    const distinct: number[] = [this.#zero];
    this.#local[this.#zero] = 0;
    const taken = documents.map((document, i) => this.#take(document, distinct, randoms?.[i]));
    // Equal lengths keep their order, so that the order is one.
    taken.sort((a, b) => b.words.length - a.words.length);
    this.documents = taken.map(({ document }) => document);
    const { vectors, words, sizes } = this.#layout;
    const { uint32 } = this.#kernels;
    distinct.forEach((row, i) => {
      uint32[words / 4 + i] = vectors + row * sizes.depth * 4;
      this.#local[row] = -1;
    });
    this.words = distinct.length;
    for (let i = distinct.length; i % 4 !== 0; i++) uint32[words / 4 + i] = uint32[words / 4]!;
    this.#placeSteps(taken);
    if (randoms) this.#placeWords();
  }

  /** Chooses the words of a document, and what of it is left out. */
  #take(document: LabelledRows, distinct: number[], random?: Random): Taken {
    const { window, words: most, wordDropout, dropout } = this.#hyperparameters;
    const { rows } = document;
    const { sizes } = this.#layout;
    const local = this.#local;
    const length = Math.max(1, Math.min(random ? window : most, rows.length));
    const spare = rows.length - length;
    const offset = random && spare > 0 ? random.below(spare + 1) : 0;
    const deleted = random && wordDropout > 0 ? wordDropout * random.uniform() : 0;
    const words = new Int32Array(length);
    for (let t = 0; t < length; t++) {
      let row = rows[offset + t] ?? -1;
      if (deleted > 0 && random!.uniform() < deleted) row = -1;
      if (row < 0) continue;
      if (local[row]! < 0) local[row] = distinct.push(row) - 1;
      words[t] = local[row]!;
    }
    const scale = 1 / (1 - dropout);
    const mask = Array.from(
      { length: sizes.features },
      () => random === undefined ? 1 : random.uniform() < dropout ? 0 : scale,
    );
    return { document, words, mask };
  }

  /** Lays the steps of all parts one behind the other, and says which word stands in which row. */
  #placeSteps(taken: readonly Taken[]): void {
    const layout = this.#layout;
    const { directions, sizes, lengths, labels, steps, parts, mask } = layout;
    const { uint32, float32 } = this.#kernels;
    const wordBytes = sizes.weightStride * 4;
    let [row, step] = [0, 0];
    this.parts = Math.ceil(taken.length / PART);
    for (let p = 0; p < this.parts; p++) {
      const part = taken.slice(p * PART, (p + 1) * PART);
      uint32[parts / 4 + p] = step;
      for (let s = 0; s < part[0]!.words.length; s++) {
        const active = part.filter(({ words }) => words.length > s).length;
        uint32[steps / 4 + step++] = row;
        for (let m = 0; m < roundUp(active, 4); m++, row++) {
          const words = m < active ? part[m]!.words : undefined;
          directions.forEach(({ rowWords, projections }, d) => {
            const word = words === undefined ? 0 : words[d === 0 ? s : words.length - 1 - s]!;
            uint32[rowWords / 4 + row] = projections + word * wordBytes;
          });
        }
      }
      part.forEach(({ words, document, mask: own }, m) => {
        const i = p * PART + m;
        uint32[lengths / 4 + i] = words.length;
        uint32[labels / 4 + i] = document.label;
        float32.set(own, mask / 4 + i * sizes.features);
      });
    }
    uint32[steps / 4 + step] = row;
    uint32[parts / 4 + this.parts] = step;
    this.rows = row;
  }

  /** Lists the rows of each word; those of padding have no gradient and do no harm. */
  #placeWords(): void {
    const { directions, sizes } = this.#layout;
    const { uint32 } = this.#kernels;
    const wordBytes = sizes.weightStride * 4;
    for (const { rowWords, wordRows, wordStarts, projections, gates } of directions) {
      const [starts, places] = [wordStarts / 4, wordRows / 4];
      const wordOf = (row: number) => (uint32[rowWords / 4 + row]! - projections) / wordBytes;
      uint32.fill(0, starts, starts + this.words + 1);
      for (let row = 0; row < this.rows; row++) uint32[starts + wordOf(row) + 1]!++;
      for (let i = 0; i < this.words; i++) uint32[starts + i + 1]! += uint32[starts + i]!;
      const next = uint32.slice(starts, starts + this.words);
      for (let row = 0; row < this.rows; row++) {
        uint32[places + next[wordOf(row)]!++] = gates + row * sizes.gateStride * 4;
      }
    }
  }
}
