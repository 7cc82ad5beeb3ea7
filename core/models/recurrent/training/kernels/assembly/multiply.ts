/**
 * Adds a matrix product: c += a · b. Element (i, k) of a lies at a + i · aRow + k · aColumn, so that a
 * may be the transpose of what is stored.
 *
 * @param a The left matrix, [rows, depth].
 * @param aRow From one row of a to the next.
 * @param aColumn From one column of a to the next.
 * @param b The right matrix, [depth, columns], row-major.
 * @param bRow From one row of b to the next.
 * @param c What is added to, [rows, columns], row-major.
 * @param cRow From one row of c to the next.
 * @param rows A multiple of 4.
 * @param columns A multiple of 8.
 * @param depth Any number.
 */
// deno-fmt-ignore
export function multiply(
  a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, c: usize, cRow: usize,
  rows: i32, columns: i32, depth: i32,
): void {
  const aEnd = <usize>depth * aColumn;
  const a2 = aRow << 1, a3 = a2 + aRow;
  for (let j: usize = 0; j < <usize>columns << 2; j += 32) {
    let left = a, out = c + j;
    for (let i = 0; i < rows; i += 4) {
      const o1 = out + cRow, o2 = o1 + cRow, o3 = o2 + cRow;
      let c00 = v128.load(out), c01 = v128.load(out, 16), c10 = v128.load(o1), c11 = v128.load(o1, 16);
      let c20 = v128.load(o2), c21 = v128.load(o2, 16), c30 = v128.load(o3), c31 = v128.load(o3, 16);
      let right = b + j;
      for (let x = left, end = left + aEnd; x < end; x += aColumn) {
        const b0 = v128.load(right), b1 = v128.load(right, 16);
        const x0 = v128.load32_splat(x);
        c00 = f32x4.add(c00, f32x4.mul(x0, b0)); c01 = f32x4.add(c01, f32x4.mul(x0, b1));
        const x1 = v128.load32_splat(x + aRow);
        c10 = f32x4.add(c10, f32x4.mul(x1, b0)); c11 = f32x4.add(c11, f32x4.mul(x1, b1));
        const x2 = v128.load32_splat(x + a2);
        c20 = f32x4.add(c20, f32x4.mul(x2, b0)); c21 = f32x4.add(c21, f32x4.mul(x2, b1));
        const x3 = v128.load32_splat(x + a3);
        c30 = f32x4.add(c30, f32x4.mul(x3, b0)); c31 = f32x4.add(c31, f32x4.mul(x3, b1));
        right += bRow;
      }
      v128.store(out, c00); v128.store(out, c01, 16); v128.store(o1, c10); v128.store(o1, c11, 16);
      v128.store(o2, c20); v128.store(o2, c21, 16); v128.store(o3, c30); v128.store(o3, c31, 16);
      left += aRow << 2;
      out += cRow << 2;
    }
  }
}
