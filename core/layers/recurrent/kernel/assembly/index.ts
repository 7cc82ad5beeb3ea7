// Rows of numbers times a matrix, in float64. Every sum runs over the rows of the matrix in order,
// with a multiplication and an addition each, whatever is computed beside it: so a row has the same
// bytes alone and among others. Addresses are in bytes.

/** Columns that lie together, for all rows of the matrix: a panel. */
const PANEL: usize = 16;

/** One row times a panel of 16 columns. */
// deno-fmt-ignore
function single(a: usize, b: usize, end: usize, out: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  while (b < end) {
    const x = v128.load_splat<f64>(a);
    c0 = f64x2.add(c0, f64x2.mul(x, v128.load(b))); c1 = f64x2.add(c1, f64x2.mul(x, v128.load(b, 16)));
    c2 = f64x2.add(c2, f64x2.mul(x, v128.load(b, 32))); c3 = f64x2.add(c3, f64x2.mul(x, v128.load(b, 48)));
    c4 = f64x2.add(c4, f64x2.mul(x, v128.load(b, 64))); c5 = f64x2.add(c5, f64x2.mul(x, v128.load(b, 80)));
    c6 = f64x2.add(c6, f64x2.mul(x, v128.load(b, 96))); c7 = f64x2.add(c7, f64x2.mul(x, v128.load(b, 112)));
    a += 8;
    b += PANEL << 3;
  }
  v128.store(out, c0); v128.store(out, c1, 16); v128.store(out, c2, 32); v128.store(out, c3, 48);
  v128.store(out, c4, 64); v128.store(out, c5, 80); v128.store(out, c6, 96); v128.store(out, c7, 112);
}

/** Four rows times 4 columns of a panel. */
// deno-fmt-ignore
function tile(a: usize, step: usize, b: usize, end: usize, out: usize, outStep: usize): void {
  const a1 = step, a2 = step << 1, a3 = a2 + step;
  let c00 = f64x2.splat(0), c01 = f64x2.splat(0), c10 = f64x2.splat(0), c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0), c21 = f64x2.splat(0), c30 = f64x2.splat(0), c31 = f64x2.splat(0);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f64>(a);
    c00 = f64x2.add(c00, f64x2.mul(x0, b0)); c01 = f64x2.add(c01, f64x2.mul(x0, b1));
    const x1 = v128.load_splat<f64>(a + a1);
    c10 = f64x2.add(c10, f64x2.mul(x1, b0)); c11 = f64x2.add(c11, f64x2.mul(x1, b1));
    const x2 = v128.load_splat<f64>(a + a2);
    c20 = f64x2.add(c20, f64x2.mul(x2, b0)); c21 = f64x2.add(c21, f64x2.mul(x2, b1));
    const x3 = v128.load_splat<f64>(a + a3);
    c30 = f64x2.add(c30, f64x2.mul(x3, b0)); c31 = f64x2.add(c31, f64x2.mul(x3, b1));
    a += 8;
    b += PANEL << 3;
  }
  v128.store(out, c00); v128.store(out, c01, 16);
  out += outStep;
  v128.store(out, c10); v128.store(out, c11, 16);
  out += outStep;
  v128.store(out, c20); v128.store(out, c21, 16);
  out += outStep;
  v128.store(out, c30); v128.store(out, c31, 16);
}

/**
 * Multiplies rows by a matrix, or by some of its rows.
 *
 * @param input Rows of `to` − `from` numbers one after the other.
 * @param count How many rows.
 * @param matrix The matrix in panels, [panels][depth][16].
 * @param panels How many panels.
 * @param depth How many rows the matrix has.
 * @param from The first that is used.
 * @param to Behind the last that is used.
 * @param output Where the products go, [count][panels · 16].
 */
// deno-fmt-ignore
export function multiply(
  input: usize, count: i32, matrix: usize, panels: i32, depth: i32, from: i32, to: i32, output: usize,
): void {
  const step = <usize>(to - from) << 3;
  const outStep = <usize>panels * (PANEL << 3);
  const length = <usize>(to - from) * (PANEL << 3);
  for (let panel: usize = 0; panel < <usize>panels; panel++) {
    const b = matrix + (panel * <usize>depth + <usize>from) * (PANEL << 3);
    let out = output + panel * (PANEL << 3);
    let a = input;
    let left = count;
    while (left >= 4) {
      for (let column: usize = 0; column < PANEL << 3; column += 32) {
        tile(a, step, b + column, b + length, out + column, outStep);
      }
      a += step << 2;
      out += outStep << 2;
      left -= 4;
    }
    while (left > 0) {
      single(a, b, b + length, out);
      a += step;
      out += outStep;
      left--;
    }
  }
}
