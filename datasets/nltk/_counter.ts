/** Counts of strings. */
export class Counter {
  /** Sum of all counts. */
  total = 0;
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.total++;
  }

  get(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  entries(): Iterable<[string, number]> {
    return this.#counts;
  }
}
