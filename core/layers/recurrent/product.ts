/** Rows of numbers in an array: row i begins at `start + i · step`. */
export interface Rows {
  /** The array. */
  readonly data: Float64Array;
  /** Where the first row begins. */
  readonly start: number;
  /** From one row to the next. */
  readonly step: number;
}

/**
 * output_m += input_m · matrix, for each of `count` rows m; of the matrix the rows from `from` to
 * before `to` are used.
 */
export type Product = (input: Rows, output: Rows, count: number, from: number, to: number) => void;

/**
 * The product in plain loops.
 *
 * @param matrix The matrix, row-major.
 * @param columns Its number of columns.
 */
export function plainProduct(matrix: Float64Array, columns: number): Product {
  return (input, output, count, from, to) => {
    for (let m = 0; m < count; m++) {
      const read = input.start + m * input.step - from;
      const write = output.start + m * output.step;
      for (let k = from; k < to; k++) {
        const x = input.data[read + k]!;
        if (x === 0) continue;
        const row = k * columns;
        for (let j = 0; j < columns; j++) output.data[write + j]! += x * matrix[row + j]!;
      }
    }
  };
}
