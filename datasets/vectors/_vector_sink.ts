import { NamedVectors } from "./named_vectors.ts";

/** Why a row is left out, as the end of "3 words …". */
const REASONS = {
  twice: "are there more than once: the first vector counts",
  encoding: "are not UTF-8 and left out",
  empty: "are empty and left out",
} as const;

/** Why a row is left out. */
export type Reason = keyof typeof REASONS;

/** Collects the vectors of the wanted words; the first of two with the same word counts. */
export class VectorSink {
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #dimensions: number;
  readonly #rows = new Map<string, number>();
  readonly #left = new Map<Reason, { first: string; count: number }>();
  #matrix: Float32Array<ArrayBuffer>;

  constructor(dimensions: number, wanted?: ReadonlySet<string>) {
    this.#dimensions = dimensions;
    this.#wanted = wanted;
    const rows = Math.min(wanted?.size ?? 4096, Math.ceil(2 ** 24 / dimensions));
    this.#matrix = new Float32Array(rows * dimensions);
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
    const from = row * this.#dimensions;
    if (from + this.#dimensions > this.#matrix.length) {
      const larger = new Float32Array(Math.max(1024 * this.#dimensions, 2 * this.#matrix.length));
      larger.set(this.#matrix);
      this.#matrix = larger;
    }
    this.#rows.set(word, row);
    return this.#matrix.subarray(from, from + this.#dimensions);
  }

  /** The vectors that were added. */
  finish(): NamedVectors {
    const matrix = this.#matrix.slice(0, this.#rows.size * this.#dimensions);
    return new NamedVectors([...this.#rows.keys()], matrix, this.#dimensions);
  }
}
