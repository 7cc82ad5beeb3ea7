import { contribution, type PenalisedMemory } from "./_relevance_penalty.ts";
import type { Layout } from "./_training_memory.ts";

/**
 * Computes the relevance of the words of a document for its class once its filters have won: that of
 * LRP-0, which is gradient × input, R_t = Σ_f a_ft · W_fc.
 *
 * @param memory The memory.
 * @param layout What lies where in it.
 * @param i The document.
 */
export function relevanceOfWords(memory: PenalisedMemory, layout: Layout, i: number): void {
  const { float32, uint32 } = memory;
  const { chunks, classes, filters, labels, pooled, starts, weights, winner } = layout;
  const relevance = layout.relevance! / 4;
  const [start, end] = [uint32[starts / 4 + i]!, uint32[starts / 4 + i + 1]!];
  const label = uint32[labels / 4 + i]!;
  float32.fill(0, relevance + start, relevance + end);
  for (const { first, last, width } of chunks) {
    for (let f = first; f < last; f++) {
      const at = i * filters + f;
      // Not active, or dropped.
      if (float32[pooled / 4 + at] === 0) continue;
      const dense = float32[weights.dense / 4 + f * classes + label]!;
      const from = start + uint32[winner / 4 + at]!;
      for (let k = 0; k < width; k++) {
        const share = contribution(memory, layout, i, f, k, from + k);
        float32[relevance + from + k]! += share * dense;
      }
    }
  }
}

/** How much the model leaned on each word of the vocabulary in the epoch before. */
export class WordRelevance {
  /**
   * For each word of the vocabulary the mean of its relevance for the classes of the documents, over
   * its places in the last epoch that had it; 0 before the first.
   */
  means: Float32Array;
  readonly #sums: Float64Array;
  readonly #places: Float64Array;

  /** Starts with none. */
  constructor(words: number) {
    this.means = new Float32Array(words);
    this.#sums = new Float64Array(words);
    this.#places = new Float64Array(words);
  }

  /** Adds the documents of a batch; a word that is left out has no relevance, and is not counted. */
  add({ float32, uint32 }: PenalisedMemory, layout: Layout, documents: number): void {
    const { depth, relevance, starts, texts, vectors } = layout;
    const end = uint32[starts / 4 + documents]!;
    for (let position = 0; position < end; position++) {
      const row = (uint32[texts / 4 + position]! - vectors) / 4 / depth;
      if (row === this.means.length) continue;
      this.#sums[row]! += float32[relevance! / 4 + position]!;
      this.#places[row]!++;
    }
  }

  /** Ends an epoch: what was added is what counts from now on. */
  endEpoch(): void {
    this.#sums.forEach((sum, row) => {
      if (this.#places[row]! > 0) this.means[row] = sum / this.#places[row]!;
    });
    this.#sums.fill(0);
    this.#places.fill(0);
  }
}
