import { type FloatArray, zerosLike } from "../../tensor.ts";
import type { RowsInput } from "../rows_input.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import type { FilterWeights } from "./_filter_weights.ts";

/** Most memory for projections that are kept, in bytes. */
const MEMORY = 512 * 2 ** 20;

/** Adds eight rows of weights, each times its number of a word, in their order. */
function addRows(sums: Float64Array, vector: FloatArray, weights: FloatArray, d: number): void {
  const columns = sums.length;
  const [p, q, r, s] = [vector[d]!, vector[d + 1]!, vector[d + 2]!, vector[d + 3]!];
  const [t, u, v, w] = [vector[d + 4]!, vector[d + 5]!, vector[d + 6]!, vector[d + 7]!];
  const a = d * columns;
  const [b, c, e, f] = [a + columns, a + 2 * columns, a + 3 * columns, a + 4 * columns];
  const [g, h, k] = [a + 5 * columns, a + 6 * columns, a + 7 * columns];
  for (let i = 0; i < columns; i++) {
    sums[i] = sums[i]! + p * weights[a + i]! + q * weights[b + i]! + r * weights[c + i]! +
      s * weights[e + i]! + t * weights[f + i]! + u * weights[g + i]! + v * weights[h + i]! +
      w * weights[k + i]!;
  }
}

/** What words add to filters: word vectors times {@linkcode FilterWeights}. */
export class Projector {
  readonly #weights: FilterWeights;
  readonly #vectors: EmbeddingTable;
  readonly #kept = new Map<number, FloatArray>();
  readonly #maxKept: number;
  readonly #word: FloatArray;
  readonly #nothing: FloatArray;
  readonly #sums: Float64Array;

  constructor(weights: FilterWeights, vectors: EmbeddingTable) {
    const { dimensions, columns } = weights;
    this.#weights = weights;
    this.#vectors = vectors;
    const isDouble = vectors.type === "float64" || weights.byDimension instanceof Float64Array;
    const one = isDouble ? new Float64Array(1) : new Float32Array(1);
    this.#word = zerosLike(one, dimensions);
    this.#nothing = zerosLike(one, columns);
    this.#sums = new Float64Array(columns);
    this.#maxKept = Math.floor(MEMORY / (columns * one.BYTES_PER_ELEMENT));
  }

  /**
   * Projects the words of an input. Those of the vocabulary are kept, as far as there is memory.
   *
   * @param input The input.
   * @returns For each word its projection, [T] of shape [columns], in the precision of the input
   * or that of the weights, whichever is greater.
   */
  project({ rows, length, ...input }: RowsInput): readonly FloatArray[] {
    if (rows) return Array.from(rows, (row) => this.#projectRow(row));
    const { dimensions } = this.#weights;
    return Array.from(
      { length },
      (_, t) => this.#projectVector(input.vectors.subarray(t * dimensions, (t + 1) * dimensions)),
    );
  }

  #projectRow(row: number): FloatArray {
    if (row < 0) return this.#nothing;
    const known = this.#kept.get(row);
    if (known) return known;
    this.#vectors.copyRow(row, this.#word, 0);
    const projection = this.#projectVector(this.#word);
    if (this.#kept.size < this.#maxKept) this.#kept.set(row, projection);
    return projection;
  }

  #projectVector(vector: FloatArray): FloatArray {
    const { columns, byDimension } = this.#weights;
    const sums = this.#sums.fill(0);
    let d = 0;
    // Eight rows at a time, so that each sum is read and written once for all of them.
    for (; d + 7 < vector.length; d += 8) addRows(sums, vector, byDimension, d);
    for (; d < vector.length; d++) {
      const x = vector[d]!;
      if (x === 0) continue;
      const from = d * columns;
      for (let i = 0; i < columns; i++) sums[i]! += x * byDimension[from + i]!;
    }
    const projection = zerosLike(
      byDimension instanceof Float64Array ? byDimension : vector,
      columns,
    );
    projection.set(sums);
    return projection;
  }
}
