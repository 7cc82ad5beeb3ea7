import { binary } from "./kernel/binary.ts";
import type { Product } from "./product.ts";

/** Columns of a panel. */
const PANEL = 16;
/** Rows that are multiplied at once. */
const CHUNK = 64;
const PAGE = 65536;

/** The function of the kernel; see core/layers/recurrent/kernel/assembly. */
type Multiply = (
  input: number,
  count: number,
  matrix: number,
  panels: number,
  depth: number,
  from: number,
  to: number,
  output: number,
) => void;

let compiled: WebAssembly.Module | undefined;

/**
 * The product of rows with a large matrix, by a kernel that holds the matrix in panels of columns.
 *
 * @param matrix The numbers, row-major, shape [K, N].
 * @param columns Number of columns N.
 * @returns Adds to each row of an output the product of a row of an input with some rows of the
 * matrix; as `Matrix.addProduct`.
 */
export function packedProduct(
  matrix: Float64Array,
  columns: number,
): Product {
  const depth = matrix.length / columns;
  const panels = Math.ceil(columns / PANEL);
  const width = panels * PANEL;
  const inputAt = depth * width;
  const outputAt = inputAt + CHUNK * depth;
  const pages = Math.ceil((outputAt + CHUNK * width) * 8 / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const numbers = new Float64Array(memory.buffer);
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < columns; j++) {
      const panel = Math.floor(j / PANEL);
      numbers[(panel * depth + k) * PANEL + j % PANEL] = matrix[k * columns + j]!;
    }
  }
  compiled ??= new WebAssembly.Module(Uint8Array.fromBase64(binary));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const multiply = exports.multiply as Multiply;
  return (input, output, count, from, to) => {
    const size = to - from;
    for (let first = 0; first < count; first += CHUNK) {
      const rows = Math.min(CHUNK, count - first);
      for (let m = 0; m < rows; m++) {
        const start = input.start + (first + m) * input.step;
        numbers.set(input.data.subarray(start, start + size), inputAt + m * size);
      }
      multiply(inputAt * 8, rows, 0, panels, depth, from, to, outputAt * 8);
      for (let m = 0; m < rows; m++) {
        const read = outputAt + m * width;
        const write = output.start + (first + m) * output.step;
        const { data } = output;
        for (let j = 0; j < columns; j++) data[write + j]! += numbers[read + j]!;
      }
    }
  };
}
