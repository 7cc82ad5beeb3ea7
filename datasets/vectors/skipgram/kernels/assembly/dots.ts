// Products of context rows and output rows. All sums run over the dimensions in one order.

/** The sums of the lanes of three vectors, and zero. */

function sums(a: v128, b: v128, c: v128): v128 {
  const zero = f32x4.splat(0);
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 4, 1, 5),
    v128.shuffle<f32>(a, b, 2, 6, 3, 7),
  );
  const c0 = f32x4.add(
    v128.shuffle<f32>(c, zero, 0, 4, 1, 5),
    v128.shuffle<f32>(c, zero, 2, 6, 3, 7),
  );
  return f32x4.add(
    v128.shuffle<f32>(ab, c0, 0, 1, 4, 5),
    v128.shuffle<f32>(ab, c0, 2, 3, 6, 7),
  );
}

/** Three context rows with three output rows; the result's rows are `width` bytes apart. */
// deno-fmt-ignore

function threeByThree(contexts: usize, outputs: usize, bytes: usize, to: usize, width: usize): void {
  const x = <usize>load<u32>(contexts), y = <usize>load<u32>(contexts, 4);
  const z = <usize>load<u32>(contexts, 8);
  const u = <usize>load<u32>(outputs), v = <usize>load<u32>(outputs, 4);
  const w = <usize>load<u32>(outputs, 8);
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0);
  for (let d: usize = 0; d < bytes; d += 16) {
    const a = v128.load(x + d), b = v128.load(y + d), c = v128.load(z + d);
    const e = v128.load(u + d);
    c00 = f32x4.add(c00, f32x4.mul(a, e));
    c10 = f32x4.add(c10, f32x4.mul(b, e));
    c20 = f32x4.add(c20, f32x4.mul(c, e));
    const f = v128.load(v + d);
    c01 = f32x4.add(c01, f32x4.mul(a, f));
    c11 = f32x4.add(c11, f32x4.mul(b, f));
    c21 = f32x4.add(c21, f32x4.mul(c, f));
    const g = v128.load(w + d);
    c02 = f32x4.add(c02, f32x4.mul(a, g));
    c12 = f32x4.add(c12, f32x4.mul(b, g));
    c22 = f32x4.add(c22, f32x4.mul(c, g));
  }
  v128.store(to, sums(c00, c01, c02));
  v128.store(to + width, sums(c10, c11, c12));
  v128.store(to + width * 2, sums(c20, c21, c22));
}

/** Two context rows with three output rows. */
// deno-fmt-ignore

function twoByThree(contexts: usize, outputs: usize, bytes: usize, to: usize, width: usize): void {
  const x = <usize>load<u32>(contexts), y = <usize>load<u32>(contexts, 4);
  const u = <usize>load<u32>(outputs), v = <usize>load<u32>(outputs, 4);
  const w = <usize>load<u32>(outputs, 8);
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0);
  for (let d: usize = 0; d < bytes; d += 16) {
    const a = v128.load(x + d), b = v128.load(y + d);
    const e = v128.load(u + d);
    c00 = f32x4.add(c00, f32x4.mul(a, e));
    c10 = f32x4.add(c10, f32x4.mul(b, e));
    const f = v128.load(v + d);
    c01 = f32x4.add(c01, f32x4.mul(a, f));
    c11 = f32x4.add(c11, f32x4.mul(b, f));
    const g = v128.load(w + d);
    c02 = f32x4.add(c02, f32x4.mul(a, g));
    c12 = f32x4.add(c12, f32x4.mul(b, g));
  }
  v128.store(to, sums(c00, c01, c02));
  v128.store(to + width, sums(c10, c11, c12));
}

/**
 * Multiplies all context rows of a group with all its output rows.
 *
 * @param contexts Addresses of n context rows, n at least 2.
 * @param n How many.
 * @param outputs Addresses of m output rows, m a multiple of 3.
 * @param m How many.
 * @param bytes Bytes of a row.
 * @param to Where the products go: n rows of m, then something undefined up to `width` bytes.
 * @param width Bytes of a row of products; room for at least m + 1.
 */
// deno-fmt-ignore
export function dots(
  contexts: usize, n: u32, outputs: usize, m: u32, bytes: usize, to: usize, width: usize,
): void {
  const lastOutput = outputs + (<usize>m << 2);
  let left = n;
  // Threes, until what remains is made of twos.
  while (left >= 3 && left != 4) {
    let at = to;
    for (let o = outputs; o < lastOutput; o += 12) {
      threeByThree(contexts, o, bytes, at, width);
      at += 12;
    }
    contexts += 12;
    to += width * 3;
    left -= 3;
  }
  for (; left != 0; left -= 2) {
    let at = to;
    for (let o = outputs; o < lastOutput; o += 12) {
      twoByThree(contexts, o, bytes, at, width);
      at += 12;
    }
    contexts += 8;
    to += width * 2;
  }
}
