import {
  clusteredMean,
  type ClusteredSums,
  clusteredTotal,
  type Interval,
} from "../statistics/mod.ts";
import type { AtlasRank } from "./atlas_types.ts";

/** A word with its sums, for one class. */
export interface SummedWord {
  readonly word: string;
  readonly total: number;
  readonly totalInterval: Interval;
  readonly mean: number;
  readonly meanInterval: Interval;
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
  /** Sums of the squared sums of documents, and of these sums times the counts there. */
  #squares: Float64Array;
  #products: Float64Array;
  #countSquares = new Float64Array(1024);
  #counts = new Uint32Array(1024);
  #documents = new Uint32Array(1024);
  /** How many words were seen, those that the model does not know too. */
  tokens = 0;

  constructor(classes: number) {
    this.#classes = classes;
    this.#sums = new Float64Array(1024 * classes);
    this.#squares = new Float64Array(1024 * classes);
    this.#products = new Float64Array(1024 * classes);
  }

  #id(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#words.push(word) - 1;
    this.#ids.set(word, id);
    if (id === this.#counts.length) {
      this.#counts = grown(this.#counts, 2 * id);
      this.#documents = grown(this.#documents, 2 * id);
      this.#countSquares = grown(this.#countSquares, 2 * id);
      this.#sums = grown(this.#sums, 2 * id * this.#classes);
      this.#squares = grown(this.#squares, 2 * id * this.#classes);
      this.#products = grown(this.#products, 2 * id * this.#classes);
    }
    return id;
  }

  /** Adds the words of a document; those without a name are counted alone. */
  add(names: readonly (string | undefined)[], relevances: readonly ArrayLike<number>[]): void {
    const classes = this.#classes;
    const here = new Map<number, { count: number; readonly sums: Float64Array }>();
    this.tokens += names.length;
    names.forEach((name, t) => {
      if (name === undefined) return;
      const id = this.#id(name);
      let own = here.get(id);
      if (own === undefined) here.set(id, own = { count: 0, sums: new Float64Array(classes) });
      own.count++;
      for (let c = 0; c < classes; c++) own.sums[c]! += relevances[c]![t]!;
    });
    for (const [id, { count, sums }] of here) {
      this.#documents[id]!++;
      this.#counts[id]! += count;
      this.#countSquares[id]! += count ** 2;
      for (let c = 0; c < classes; c++) {
        const at = id * classes + c;
        this.#sums[at]! += sums[c]!;
        this.#squares[at]! += sums[c]! ** 2;
        this.#products[at]! += sums[c]! * count;
      }
    }
  }

  #clustered(id: number, target: number): ClusteredSums {
    const at = id * this.#classes + target;
    return {
      clusters: this.#documents[id]!,
      count: this.#counts[id]!,
      total: this.#sums[at]!,
      squares: this.#squares[at]!,
      products: this.#products[at]!,
      countSquares: this.#countSquares[id]!,
    };
  }

  /**
   * The words with the largest sums for a class (sign 1), or the smallest (−1), if these are above
   * zero, or below; of equals the one that was seen first.
   *
   * @param by What ranks them: the sum, or the end of the interval of the mean that is nearer to zero;
   * of words of one document, which has none, the mean, and these come last.
   */
  top(
    target: number,
    sign: 1 | -1,
    count: number,
    minDocuments: number,
    by: AtlasRank = "total",
  ): SummedWord[] {
    const total = (id: number) => this.#sums[id * this.#classes + target]!;
    const mean = (id: number) => total(id) / this.#counts[id]!;
    const ids = [...this.#words.keys()]
      .filter((id) => sign * total(id) > 0 && this.#documents[id]! >= minDocuments);
    const sure = (id: number) => {
      const { low, high } = clusteredMean(this.#clustered(id, target));
      return sign > 0 ? low : -high;
    };
    const bounds = new Map(by === "mean" ? ids.map((id) => [id, sure(id)]) : []);
    const byBound = (a: number, b: number) => {
      const [first, second] = [bounds.get(a)!, bounds.get(b)!];
      return first === second ? sign * (mean(b) - mean(a)) : second - first;
    };
    const byTotal = (a: number, b: number) => sign * (total(b) - total(a));
    const order = by === "mean" ? byBound : byTotal;
    return ids.sort((a, b) => order(a, b) || a - b)
      .slice(0, count)
      .map((id) => {
        const sums = this.#clustered(id, target);
        return {
          word: this.#words[id]!,
          total: sums.total,
          totalInterval: clusteredTotal(sums),
          mean: mean(id),
          meanInterval: clusteredMean(sums),
          count: sums.count,
          documents: sums.clusters,
        };
      });
  }
}
