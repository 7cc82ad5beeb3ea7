import type { NumberedText } from "../numbered_text.ts";
import type { SparseMatrix } from "../tall_matrix/tall_matrix.ts";

/** A sparse matrix that grows row by row. */
class GrowingMatrix {
  readonly #starts: Uint32Array;
  #columns = new Uint32Array(2 ** 16);
  #values = new Float32Array(2 ** 16);
  #row = 0;
  #end = 0;

  constructor(rows: number) {
    this.#starts = new Uint32Array(rows + 1);
  }

  add(column: number, value: number): void {
    if (this.#end === this.#columns.length) {
      const [columns, values] = [this.#columns, this.#values];
      this.#columns = new Uint32Array(2 * this.#end);
      this.#columns.set(columns);
      this.#values = new Float32Array(2 * this.#end);
      this.#values.set(values);
    }
    this.#columns[this.#end] = column;
    this.#values[this.#end++] = value;
  }

  endRow(): void {
    this.#starts[++this.#row] = this.#end;
  }

  get matrix(): SparseMatrix {
    return {
      starts: this.#starts,
      columns: this.#columns.subarray(0, this.#end),
      values: this.#values.subarray(0, this.#end),
    };
  }
}

/** Where each word is: the places of word i are from `starts[i]` to before `starts[i + 1]`. */
function placesOf({ counts, numbers }: NumberedText): { starts: Uint32Array; places: Uint32Array } {
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, i) => starts[i + 1] = starts[i]! + count);
  const next = starts.slice();
  const places = new Uint32Array(numbers.length);
  numbers.forEach((word, place) => places[next[word]!++] = place);
  return { starts, places };
}

/** For each place the ends of its text: where it starts, and where the next one does. */
function endsOf({ numbers, starts }: NumberedText): { from: Uint32Array; to: Uint32Array } {
  const from = new Uint32Array(numbers.length);
  const to = new Uint32Array(numbers.length);
  for (let i = 0; i + 1 < starts.length; i++) {
    from.fill(starts[i]!, starts[i], starts[i + 1]);
    to.fill(starts[i + 1]!, starts[i], starts[i + 1]);
  }
  return { from, to };
}

/**
 * The positive pointwise mutual information of words and the words around them (Levy, Goldberg and
 * Dagan, "Improving Distributional Similarity with Lessons Learned from Word Embeddings", 2015):
 * max(0, ln [P(w, v) / (P(w) P(v))]). A word at distance d counts 1 − (d − 1) / window; P(w) is in
 * proportion to the smoothed sum of w, on both sides alike, so that the matrix is symmetric.
 *
 * @param text The text.
 * @param window How far away a context word may be.
 * @param smoothing The exponent of the sums.
 * @returns The matrix `[V, V]`, without its zeros.
 */
export function ppmiMatrix(text: NumberedText, window: number, smoothing: number): SparseMatrix {
  const { numbers, counts } = text;
  const size = counts.length;
  const { starts, places } = placesOf(text);
  const { from, to } = endsOf(text);
  // In units of 1 / window, so that all sums are exact.
  const all = (length: number) => {
    const reached = Math.min(window, length);
    return reached * window - reached * (reached - 1) / 2;
  };
  const sums = new Float64Array(size);
  numbers.forEach((word, p) => sums[word]! += all(p - from[p]!) + all(to[p]! - 1 - p));
  const total = sums.reduce((sum, value) => sum + value, 0);
  const smoothed = sums.reduce((sum, value) => sum + value ** smoothing, 0);
  // ln P(w, v) − ln P(w) − ln P(v) = ln n + share(w) + share(v).
  const shares = sums.map((sum) =>
    Math.log(smoothed) - smoothing * Math.log(sum) - Math.log(total) / 2
  );
  const result = new GrowingMatrix(size);
  const together = new Float64Array(size);
  const met = new Uint32Array(size);
  for (let word = 0; word < size; word++) {
    let count = 0;
    for (let at = starts[word]!; at < starts[word + 1]!; at++) {
      const p = places[at]!;
      const last = Math.min(to[p]! - 1, p + window);
      for (let q = Math.max(from[p]!, p - window); q <= last; q++) {
        if (q === p) continue;
        const other = numbers[q]!;
        if (together[other] === 0) met[count++] = other;
        together[other]! += window + 1 - Math.abs(q - p);
      }
    }
    for (const other of met.subarray(0, count)) {
      const value = Math.log(together[other]!) + (shares[word]! + shares[other]!);
      if (value > 0) result.add(other, value);
      together[other] = 0;
    }
    result.endRow();
  }
  return result.matrix;
}
