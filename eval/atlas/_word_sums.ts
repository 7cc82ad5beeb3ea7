/** A word with its sums, for one class. */
export interface SummedWord {
  readonly word: string;
  readonly total: number;
  readonly mean: number;
  readonly count: number;
  readonly documents: number;
}

function grown<A extends Float64Array | Uint32Array>(old: A, length: number): A {
  const larger = new (old.constructor as new (length: number) => A)(length);
  larger.set(old);
  return larger;
}

/** Relevances summed up by word, for every class. */
export class WordSums {
  readonly #classes: number;
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];
  #sums: Float64Array;
  #counts = new Uint32Array(1024);
  #documents = new Uint32Array(1024);
  /** How many words were seen, those that the model does not know too. */
  tokens = 0;

  constructor(classes: number) {
    this.#classes = classes;
    this.#sums = new Float64Array(1024 * classes);
  }

  #id(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#words.push(word) - 1;
    this.#ids.set(word, id);
    if (id === this.#counts.length) {
      this.#counts = grown(this.#counts, 2 * id);
      this.#documents = grown(this.#documents, 2 * id);
      this.#sums = grown(this.#sums, 2 * id * this.#classes);
    }
    return id;
  }

  /** Adds the words of a document; those without a name are counted alone. */
  add(names: readonly (string | undefined)[], relevances: readonly ArrayLike<number>[]): void {
    const classes = this.#classes;
    const seen = new Set<number>();
    this.tokens += names.length;
    names.forEach((name, t) => {
      if (name === undefined) return;
      const id = this.#id(name);
      this.#counts[id]!++;
      seen.add(id);
      for (let c = 0; c < classes; c++) this.#sums[id * classes + c]! += relevances[c]![t]!;
    });
    for (const id of seen) this.#documents[id]!++;
  }

  /**
   * The words with the largest sums for a class (sign 1), or the smallest (−1), if these are above
   * zero, or below; of equals the one that was seen first.
   */
  top(target: number, sign: 1 | -1, count: number, minDocuments: number): SummedWord[] {
    const total = (id: number) => this.#sums[id * this.#classes + target]!;
    return [...this.#words.keys()]
      .filter((id) => sign * total(id) > 0 && this.#documents[id]! >= minDocuments)
      .sort((a, b) => sign * (total(b) - total(a)) || a - b)
      .slice(0, count)
      .map((id) => ({
        word: this.#words[id]!,
        total: total(id),
        mean: total(id) / this.#counts[id]!,
        count: this.#counts[id]!,
        documents: this.#documents[id]!,
      }));
  }
}
