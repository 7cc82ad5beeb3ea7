import { roundUp } from "@heatword/core/round-up";
import { startKernels, type TallMatrixKernels } from "./kernels/kernels.ts";

/** Columns of a panel; its rows lie one after the other. */
const PANEL = 32;
const PANEL_BYTES = 4 * PANEL;
/** Rows that are added up in float32 before their sum is added in float64. */
const STRETCH = 1024;
const PAGE = 65536;
/** A memory has at most this much. */
const MAX_BYTES = 2 ** 32 - PAGE;

/** A square matrix most of whose numbers are zero, row by row. */
export interface SparseMatrix {
  /** Where each row starts in `columns` and `values`, and where the last one ends, `[rows + 1]`. */
  readonly starts: Uint32Array;
  /** The columns of what is not zero. */
  readonly columns: Uint32Array;
  /** What is not zero. */
  readonly values: Float32Array;
}

/** Where a sparse matrix is in the memory. */
interface PlacedSparse {
  readonly starts: number;
  readonly columns: number;
  readonly values: number;
}

/** A matrix of many rows in the memory of the kernels; columns that fill up a panel are zero. */
export interface TallMatrix {
  /** Columns, a multiple of 32. */
  readonly columns: number;
  /** Where it is, in bytes. */
  readonly address: number;
}

/** Matrices that have the same large number of rows, in float32, and products of them. */
export class TallMatrices {
  /** The number of rows. */
  readonly rows: number;
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  readonly #kernels: TallMatrixKernels;
  readonly #scratch: number;
  #end = 16;

  /**
   * Makes room for no matrix yet.
   *
   * @param rows The number of rows.
   */
  constructor(rows: number) {
    this.rows = rows;
    this.#kernels = startKernels(this.#memory);
    this.#scratch = this.#take(4 * PANEL_BYTES);
  }

  #take(bytes: number): number {
    const address = this.#end;
    this.#end = address + roundUp(bytes, 16);
    if (this.#end > MAX_BYTES) {
      throw new RangeError(
        `Cannot compute with ${this.rows} word vectors: they need more than the 4 GiB of a memory`,
      );
    }
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  #floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }

  /**
   * A matrix of zeros.
   *
   * @param columns Its columns; filled up to a multiple of 32.
   */
  zeros(columns: number): TallMatrix {
    const full = roundUp(columns, PANEL);
    return { columns: full, address: this.#take(4 * this.rows * full) };
  }

  /**
   * Sets columns, one after the other, of each row.
   *
   * @param matrix The matrix.
   * @param first The first column that is set.
   * @param count How many are set.
   * @param numberOf The number at a row and a column, the first being 0.
   */
  fill(
    { address }: TallMatrix,
    first: number,
    count: number,
    numberOf: (row: number, column: number) => number,
  ): void {
    const floats = this.#floats(0, this.#end / 4);
    for (let row = 0; row < this.rows; row++) {
      for (let j = 0; j < count; j++) {
        floats[address / 4 + this.#place(row, first + j)] = numberOf(row, j);
      }
    }
  }

  #place(row: number, column: number): number {
    return (Math.floor(column / PANEL) * this.rows + row) * PANEL + column % PANEL;
  }

  /**
   * Copies a matrix out of the memory.
   *
   * @param matrix The matrix.
   * @param columns How many columns of it.
   * @returns The numbers, row-major, `[rows, columns]`.
   */
  toRows({ address }: TallMatrix, columns: number): Float32Array {
    const floats = this.#floats(0, this.#end / 4);
    const rows = new Float32Array(this.rows * columns);
    for (let row = 0; row < this.rows; row++) {
      for (let j = 0; j < columns; j++) {
        rows[row * columns + j] = floats[address / 4 + this.#place(row, j)]!;
      }
    }
    return rows;
  }

  /** Puts a sparse matrix, as many columns as rows, into the memory. */
  place({ starts, columns, values }: SparseMatrix): PlacedSparse {
    const placed = {
      starts: this.#take(starts.byteLength),
      columns: this.#take(columns.byteLength),
      values: this.#take(values.byteLength),
    };
    const { buffer } = this.#memory;
    new Uint32Array(buffer, placed.starts).set(starts);
    new Uint32Array(buffer, placed.columns).set(columns);
    new Float32Array(buffer, placed.values).set(values);
    return placed;
  }

  /** Multiplies a sparse matrix with a tall one, which must not be the product itself. */
  multiplySparse({ starts, columns, values }: PlacedSparse, by: TallMatrix, to: TallMatrix): void {
    const stride = this.rows * PANEL_BYTES;
    for (let at = 0; at < by.columns / PANEL * stride; at += stride) {
      const [from, result] = [by.address + at, to.address + at];
      this.#kernels.sparseTimesPanel(starts, this.rows, columns, values, from, result);
    }
  }

  /**
   * Multiplies one transposed with another.
   *
   * @param left The first.
   * @param right The second.
   * @returns The product in float64, `[left.columns, right.columns]`, row-major.
   */
  dots(left: TallMatrix, right: TallMatrix): Float64Array {
    const product = new Float64Array(left.columns * right.columns);
    const sums = this.#floats(this.#scratch, 4 * PANEL);
    for (let first = 0; first < this.rows; first += STRETCH) {
      const rows = Math.min(STRETCH, this.rows - first);
      for (let i = 0; i < left.columns; i += 4) {
        for (let j = 0; j < right.columns; j += PANEL) {
          const x = left.address + 4 * this.#place(first, i);
          const y = right.address + 4 * this.#place(first, j);
          this.#kernels.fourDots(x, y, rows, this.#scratch);
          for (let k = 0; k < 4 * PANEL; k++) {
            product[(i + (k >> 5)) * right.columns + j + k % PANEL]! += sums[k]!;
          }
        }
      }
    }
    return product;
  }

  /**
   * Multiplies a tall matrix with a small one.
   *
   * @param matrix The tall matrix.
   * @param small The small one, `[matrix.columns, to.columns]`, row-major.
   * @param to The product, another matrix.
   */
  multiply(matrix: TallMatrix, small: Float64Array, to: TallMatrix): void {
    const end = this.#end;
    const weights = this.#take(matrix.columns * PANEL_BYTES);
    const stride = this.rows * PANEL_BYTES;
    for (let j = 0; j < to.columns; j += PANEL) {
      const numbers = this.#floats(weights, matrix.columns * PANEL);
      for (let i = 0; i < matrix.columns; i++) {
        const row = i * to.columns + j;
        numbers.set(small.subarray(row, row + PANEL), i * PANEL);
      }
      this.#kernels.panelsTimes(
        matrix.address,
        stride,
        matrix.columns / PANEL,
        this.rows,
        weights,
        to.address + j / PANEL * stride,
      );
    }
    this.#end = end;
  }
}
