import type { Random } from "../../../random.ts";
import type { Kernels } from "../kernels/mod.ts";
import { guidedChances } from "./_guided_dropout.ts";
import { CHUNK, type Layout } from "./_training_memory.ts";
import { takeWindow } from "./_training_window.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import type { LabelledRows } from "./labelled_rows.ts";
import type { WordRelevance } from "./_word_relevance.ts";

/** Whether a place of a window is the first of a word, where rows may be parts of words. */
function beginsWord(words: LabelledRows["words"], offset: number, t: number): boolean {
  return t === 0 || !words || words[offset + t] !== words[offset + t - 1];
}

/** The documents that a step works on, in the memory of the kernels. */
export class Batch {
  /** How many documents there are. */
  documents = 0;
  /** How many distinct words they have, filled up to a multiple of four. */
  words = 0;
  readonly #kernels: Kernels;
  readonly #layout: Layout;
  readonly #hyperparameters: Hyperparameters;
  /** The row of the zero vector. */
  readonly #zero: number;
  /** For each row, which word of the batch it is; −1 for none. */
  readonly #local: Int32Array;
  /** What word dropout follows; absent where it is uniform. */
  readonly #relevance: WordRelevance | undefined;

  constructor(
    kernels: Kernels,
    layout: Layout,
    size: number,
    hyperparameters: Hyperparameters,
    relevance?: WordRelevance,
  ) {
    this.#relevance = relevance;
    this.#kernels = kernels;
    this.#layout = layout;
    this.#hyperparameters = hyperparameters;
    this.#zero = size;
    this.#local = new Int32Array(size + 1).fill(-1);
    const results = layout.results / 4;
    const max = (layout.positions - layout.results) / 4;
    for (let i = 0; i < max; i++) kernels.uint32[results + i] = i * layout.slots * CHUNK * 4;
  }

  /** Puts documents into the memory: their distinct words and, for every position, which it is. */
  load(documents: readonly LabelledRows[], random?: Random): void {
    const layout = this.#layout;
    const { uint32 } = this.#kernels;
    const { wordDropout } = this.#hyperparameters;
    const vectorBytes = layout.depth * 4;
    const zero = this.#zero;
    const local = this.#local;
    const words: number[] = [];
    const use = (row: number) => {
      if (local[row]! < 0) {
        local[row] = words.length;
        words.push(row);
      }
      return local[row]!;
    };
    const wordBytes = layout.slots * CHUNK * 4;
    let position = 0;
    let marks = 0;
    documents.forEach(({ rows, label, words: wholes, marked }, i) => {
      const [offset, length] = takeWindow(rows.length, this.#hyperparameters, random);
      const deleted = random && wordDropout > 0 ? wordDropout * random.uniform() : 0;
      uint32[layout.starts / 4 + i] = position;
      uint32[layout.textStarts / 4 + i] = layout.texts + position * 4;
      uint32[layout.labels / 4 + i] = label;
      if (layout.marks) uint32[layout.marks.starts / 4 + i] = marks;
      const chances = deleted > 0
        ? this.#chances(documents[i]!, offset, length, deleted)
        : undefined;
      let [isLeftOut, word] = [false, 0];
      for (let t = 0; t < length; t++) {
        let row = rows[offset + t] ?? -1;
        if (random && deleted > 0 && beginsWord(wholes, offset, t)) {
          isLeftOut = random.uniform() < (chances?.[word++] ?? deleted);
        }
        if (isLeftOut) row = -1;
        if (row < 0) row = zero;
        uint32[layout.positions / 4 + position] = use(row) * wordBytes;
        uint32[layout.texts / 4 + position] = layout.vectors + row * vectorBytes;
        // A word that is left out has no relevance.
        if (layout.marks && row !== zero && marked?.[offset + t]) {
          uint32[layout.marks.places / 4 + marks++] = position;
        }
        position++;
      }
    });
    uint32[layout.starts / 4 + documents.length] = position;
    if (layout.marks) uint32[layout.marks.starts / 4 + documents.length] = marks;
    words.forEach((row, i) => {
      uint32[layout.words / 4 + i] = layout.vectors + row * vectorBytes;
      local[row] = -1;
    });
    let count = words.length;
    while (count % 4 !== 0) {
      uint32[layout.words / 4 + count++] = layout.vectors + zero * vectorBytes;
    }
    if (random) this.#sortPlaces(position, count, wordBytes);
    this.documents = documents.length;
    this.words = count;
  }

  /** The chances that the words of a window are left out, where they differ. */
  #chances(
    { rows, words }: LabelledRows,
    offset: number,
    length: number,
    deleted: number,
  ): Float64Array | undefined {
    if (!this.#relevance) return undefined;
    const { means } = this.#relevance;
    const sums: number[] = [];
    for (let t = 0; t < length; t++) {
      if (beginsWord(words, offset, t)) sums.push(-1);
      const row = rows[offset + t] ?? -1;
      // What speaks against the class is not leaned on.
      if (row >= 0) sums.push(Math.max(0, sums.pop()!) + Math.max(0, means[row]!));
    }
    return guidedChances(deleted, sums, this.#hyperparameters.guidedDropout!);
  }

  /** Lists the positions of each word, where the word vectors are trained. */
  #sortPlaces(positions: number, words: number, wordBytes: number): void {
    const { learnedVectors, positions: wordAt } = this.#layout;
    if (!learnedVectors) return;
    const { uint32 } = this.#kernels;
    const [starts, places] = [learnedVectors.starts / 4, learnedVectors.places / 4];
    const wordOf = (position: number) => uint32[wordAt / 4 + position]! / wordBytes;
    uint32.fill(0, starts, starts + words + 1);
    for (let i = 0; i < positions; i++) uint32[starts + wordOf(i) + 1]!++;
    for (let i = 0; i < words; i++) uint32[starts + i + 1]! += uint32[starts + i]!;
    const next = uint32.slice(starts, starts + words);
    for (let i = 0; i < positions; i++) uint32[places + next[wordOf(i)]!++] = i;
  }
}
