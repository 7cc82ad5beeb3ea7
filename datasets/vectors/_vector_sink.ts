import { WordVectors } from "./word_vectors.ts";

/** Why a row is left out, as the end of "3 words …". */
const REASONS = {
  twice: "stand there more than once: the first vector counts",
  encoding: "are not UTF-8 and left out",
  empty: "are empty and left out",
} as const;

/** Why a row is left out. */
export type Reason = keyof typeof REASONS;

/** Collects the vectors of the wanted words; the first of two with the same word counts. */
export class VectorSink {
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #dimension: number;
  readonly #rows = new Map<string, number>();
  readonly #left = new Map<Reason, { first: string; count: number }>();
  #matrix: Float32Array<ArrayBuffer>;

  constructor(dimension: number, wanted?: ReadonlySet<string>) {
    this.#dimension = dimension;
    this.#wanted = wanted;
    const rows = Math.min(wanted?.size ?? 4096, Math.ceil(2 ** 24 / dimension));
    this.#matrix = new Float32Array(rows * dimension);
  }

  /** Whether the vector of a word, which stands at a place of the file, is to be added. */
  wants(word: string, place: string): boolean {
    if (this.#wanted && !this.#wanted.has(word)) return false;
    if (!this.#rows.has(word)) return true;
    this.leaveOut(place, "twice");
    return false;
  }

  /** Counts a row that is left out. */
  leaveOut(place: string, reason: Reason): void {
    const left = this.#left.get(reason);
    if (left) left.count++;
    else this.#left.set(reason, { first: place, count: 1 });
  }

  /** What was left out, a sentence for each reason. */
  get notes(): string[] {
    return [...this.#left].map(([reason, { first, count }]) =>
      `${count.toLocaleString("en")} of its words ${REASONS[reason]}; the first is in ${first}`
    );
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
