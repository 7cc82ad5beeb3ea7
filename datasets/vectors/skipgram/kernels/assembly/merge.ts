// How parts of the text that were learned from at the same time come together.

/**
 * Turns the rows of a part into how far they have moved.
 *
 * @param list The ids of its rows.
 * @param count How many.
 * @param copies The rows; they become the differences.
 * @param table All rows, as they were when the part began.
 * @param bytes Bytes of a row, a multiple of 48.
 */
// deno-fmt-ignore
export function takeDifferences(
  list: usize, count: u32, copies: usize, table: usize, bytes: usize,
): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const from = table + <usize>load<u32>(list + (i << 2)) * bytes;
    for (let d: usize = 0; d < bytes; d += 48) {
      const at = copies + d, was = from + d;
      v128.store(at, f32x4.sub(v128.load(at), v128.load(was)));
      v128.store(at, f32x4.sub(v128.load(at, 16), v128.load(was, 16)), 16);
      v128.store(at, f32x4.sub(v128.load(at, 32), v128.load(was, 32)), 32);
    }
    copies += bytes;
  }
}

/**
 * Adds the differences of a part to the rows that a member of the team cares for.
 *
 * @param list The ids of its rows.
 * @param count How many.
 * @param copies The differences.
 * @param table All rows.
 * @param bytes Bytes of a row, a multiple of 48.
 * @param rank Which member this is, from 0.
 * @param size How many members there are; row r is that of member r mod size.
 */
// deno-fmt-ignore
export function merge(
  list: usize, count: u32, copies: usize, table: usize, bytes: usize, rank: u32, size: u32,
): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = load<u32>(list + (i << 2));
    if (row % size == rank) {
      const to = table + <usize>row * bytes;
      for (let d: usize = 0; d < bytes; d += 48) {
        const at = to + d, moved = copies + d;
        v128.store(at, f32x4.add(v128.load(at), v128.load(moved)));
        v128.store(at, f32x4.add(v128.load(at, 16), v128.load(moved, 16)), 16);
        v128.store(at, f32x4.add(v128.load(at, 32), v128.load(moved, 32)), 32);
      }
    }
    copies += bytes;
  }
}
