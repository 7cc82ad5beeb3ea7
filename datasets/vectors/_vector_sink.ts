import { WordVectors } from "./word_vectors.ts";

/** Collects the vectors of the wanted words; the first of two with the same word counts. */
export class VectorSink {
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #dimension: number;
  readonly #rows = new Map<string, number>();
  #matrix: Float32Array<ArrayBuffer>;

  constructor(dimension: number, wanted?: ReadonlySet<string>) {
    this.#dimension = dimension;
    this.#wanted = wanted;
    const rows = Math.min(wanted?.size ?? 4096, Math.ceil(2 ** 24 / dimension));
    this.#matrix = new Float32Array(rows * dimension);
  }

  /** Whether the vector of a word is to be added. */
  wants(word: string): boolean {
    return (this.#wanted?.has(word) ?? true) && !this.#rows.has(word);
  }

  /** Adds a word; its vector is to be written to what is returned. */
  add(word: string): Float32Array {
    const row = this.#rows.size;
    const from = row * this.#dimension;
    if (from + this.#dimension > this.#matrix.length) {
      const larger = new Float32Array(Math.max(1024 * this.#dimension, 2 * this.#matrix.length));
      larger.set(this.#matrix);
      this.#matrix = larger;
    }
    this.#rows.set(word, row);
    return this.#matrix.subarray(from, from + this.#dimension);
  }

  /** The vectors that were added. */
  finish(): WordVectors {
    const matrix = this.#matrix.slice(0, this.#rows.size * this.#dimension);
    return new WordVectors([...this.#rows.keys()], matrix, this.#dimension);
  }
}
