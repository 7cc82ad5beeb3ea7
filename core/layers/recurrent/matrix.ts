import type { FloatArray } from "../../tensor.ts";
import { packedProduct } from "./packed_product.ts";
import { plainProduct, type Product, type Rows } from "./product.ts";

/** From so many numbers on, the kernel is worth the copies that it takes. */
const LARGE = 2 ** 12;

/** A matrix W [K, N] that rows of numbers are multiplied by, in float64; and its transpose. */
export class Matrix {
  /** Number of rows K. */
  readonly rows: number;
  /** Number of columns N. */
  readonly columns: number;
  /** The numbers, row-major. */
  readonly data: Float64Array;
  #product: Product | undefined;
  #transposed: Matrix | undefined;

  /**
   * Makes a matrix.
   *
   * @param data The numbers, row-major, shape [K, N]; copied.
   * @param columns Number of columns N.
   */
  constructor(data: FloatArray, columns: number) {
    this.data = Float64Array.from(data);
    this.columns = columns;
    this.rows = columns === 0 ? 0 : data.length / columns;
  }

  /** The transpose, made when it is first asked for. */
  get transposed(): Matrix {
    if (this.#transposed) return this.#transposed;
    const data = new Float64Array(this.data.length);
    for (let k = 0; k < this.rows; k++) {
      for (let j = 0; j < this.columns; j++) {
        data[j * this.rows + k] = this.data[k * this.columns + j]!;
      }
    }
    return this.#transposed = new Matrix(data, this.rows);
  }

  /**
   * Adds to each row of the output the product of a row of the input with the matrix, or with some
   * of its rows: output_mj += Σ_{from ≤ k < to} input_{m, k − from} · w_kj.
   *
   * @param input The rows to multiply, shape [count, to − from].
   * @param output The rows to add to, shape [count, N].
   * @param count How many rows.
   * @param from The first row of the matrix that is used. @default {0}
   * @param to Behind the last row that is used. @default {all}
   */
  addProduct(input: Rows, output: Rows, count: number, from = 0, to: number = this.rows): void {
    this.#product ??= this.data.length < LARGE
      ? plainProduct(this.data, this.columns)
      : packedProduct(this.data, this.columns);
    if (count > 0 && to > from) this.#product(input, output, count, from, to);
  }
}
