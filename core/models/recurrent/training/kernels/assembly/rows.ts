/**
 * Copies rows from anywhere.
 *
 * @param addresses The address of each row.
 * @param count How many rows.
 * @param bytes Bytes of a row.
 * @param out Where they go.
 * @param stride From one row to the next there.
 */
// deno-fmt-ignore
export function gatherRows(addresses: usize, count: i32, bytes: i32, out: usize, stride: usize): void {
  for (let i = 0; i < count; i++) {
    memory.copy(out, <usize>load<u32>(addresses + (<usize>i << 2)), bytes);
    out += stride;
  }
}

/**
 * Copies rows that lie at equal distances.
 *
 * @param from The first row.
 * @param fromStride From one row to the next; 0 writes one row into all.
 * @param count How many rows.
 * @param bytes Bytes of a row.
 * @param out Where they go.
 * @param stride From one row to the next there.
 */
// deno-fmt-ignore
export function copyRows(
  from: usize, fromStride: usize, count: i32, bytes: i32, out: usize, stride: usize,
): void {
  for (let i = 0; i < count; i++) {
    memory.copy(out, from, bytes);
    from += fromStride;
    out += stride;
  }
}

/**
 * Adds up rows from anywhere, in the order in which they are listed.
 *
 * @param addresses The address of each row.
 * @param count How many rows.
 * @param out Where the sum goes, [columns].
 * @param columns Numbers of a row.
 */
export function sumPlaces(addresses: usize, count: i32, out: usize, columns: i32): void {
  const size = <usize>columns << 2;
  memory.fill(out, 0, size);
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(addresses + (<usize>i << 2));
    for (let j: usize = 0; j < size; j += 16) {
      v128.store(out + j, f32x4.add(v128.load(out + j), v128.load(row + j)));
    }
  }
}

/**
 * Adds rows one after the other to a row.
 *
 * @param from The rows.
 * @param stride From one to the next.
 * @param count How many.
 * @param out What is added to, [columns].
 * @param columns Numbers of a row.
 */
export function addRows(from: usize, stride: usize, count: i32, out: usize, columns: i32): void {
  for (let i = 0; i < count; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 16) {
      v128.store(out + j, f32x4.add(v128.load(out + j), v128.load(from + j)));
    }
    from += stride;
  }
}

/**
 * Transposes a matrix.
 *
 * @param from The matrix, [rows, columns].
 * @param fromStride From one row to the next.
 * @param out Where the transpose goes, [columns, rows].
 * @param outStride From one row to the next there.
 * @param rows Number of rows.
 * @param columns Number of columns.
 */
// deno-fmt-ignore
export function transpose(
  from: usize, fromStride: usize, out: usize, outStride: usize, rows: i32, columns: i32,
): void {
  for (let i: usize = 0; i < <usize>rows; i++) {
    for (let j: usize = 0; j < <usize>columns; j++) {
      store<f32>(out + j * outStride + (i << 2), load<f32>(from + i * fromStride + (j << 2)));
    }
  }
}
