/**
 * What was kept lately, within a limit of memory. It is kept in two halves: when the newer one is full
 * it becomes the older, and what the older one still has is forgotten, unless it was asked for
 * meanwhile. So nothing has to be looked for to be forgotten, however much there is.
 */
export class Recent<V> {
  readonly #limit: number;
  readonly #sizeOf: (key: string, value: V) => number;
  #newer = new Map<string, V>();
  #older = new Map<string, V>();
  #size = 0;

  /**
   * Keeps nothing yet.
   *
   * @param limit Most memory, in bytes.
   * @param sizeOf How much an entry takes, in bytes.
   */
  constructor(limit: number, sizeOf: (key: string, value: V) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  /** What is kept by a name. */
  get(key: string): V | undefined {
    const newer = this.#newer.get(key);
    if (newer !== undefined) return newer;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  /** Keeps something. */
  set(key: string, value: V): void {
    if (this.#newer.has(key)) return;
    const size = this.#sizeOf(key, value);
    if (this.#size + size > this.#limit / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
      this.#size = 0;
    }
    this.#newer.set(key, value);
    this.#size += size;
  }

  /** Forgets everything. */
  clear(): void {
    this.#newer.clear();
    this.#older.clear();
    this.#size = 0;
  }
}
