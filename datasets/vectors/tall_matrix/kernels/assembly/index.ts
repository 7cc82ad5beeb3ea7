// Products of matrices with many rows and few columns. A matrix is made of panels of 32 columns; a panel
// has its rows one after the other. All sums run in one order.

const PANEL: usize = 128;

/**
 * A panel of the product of a sparse matrix with a tall one.
 *
 * @param starts Where each row of the sparse matrix starts in `columns`, and where the last one ends.
 * @param rows How many rows.
 * @param columns The columns that are not zero.
 * @param values Their values.
 * @param panel A panel of the tall matrix.
 * @param to A panel of the product.
 */
// deno-fmt-ignore
export function sparseTimesPanel(
  starts: usize, rows: u32, columns: usize, values: usize, panel: usize, to: usize,
): void {
  for (let row: u32 = 0; row < rows; row++, to += PANEL, starts += 4) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
    let e = f32x4.splat(0), f = f32x4.splat(0), g = f32x4.splat(0), h = f32x4.splat(0);
    const end = <usize>load<u32>(starts, 4) << 2;
    for (let at = <usize>load<u32>(starts) << 2; at < end; at += 4) {
      const source = panel + (<usize>load<u32>(columns + at)) * PANEL;
      const value = v128.load32_splat(values + at);
      a = f32x4.add(a, f32x4.mul(value, v128.load(source)));
      b = f32x4.add(b, f32x4.mul(value, v128.load(source, 16)));
      c = f32x4.add(c, f32x4.mul(value, v128.load(source, 32)));
      d = f32x4.add(d, f32x4.mul(value, v128.load(source, 48)));
      e = f32x4.add(e, f32x4.mul(value, v128.load(source, 64)));
      f = f32x4.add(f, f32x4.mul(value, v128.load(source, 80)));
      g = f32x4.add(g, f32x4.mul(value, v128.load(source, 96)));
      h = f32x4.add(h, f32x4.mul(value, v128.load(source, 112)));
    }
    storeFour(to, a, b, c, d);
    storeFour(to + 64, e, f, g, h);
  }
}

/**
 * Adds the rows of a panel, each times a number of another one's row: four columns of the product of the
 * first transposed with the second.
 *
 * @param left A panel, from the first of its four columns on.
 * @param right A panel.
 * @param rows How many rows.
 * @param to Four rows of 32 numbers.
 */
// deno-fmt-ignore
export function fourDots(left: usize, right: usize, rows: u32, to: usize): void {
  for (let half: usize = 0; half < PANEL; half += 64) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
    let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
    let d0 = f32x4.splat(0), d1 = f32x4.splat(0), d2 = f32x4.splat(0), d3 = f32x4.splat(0);
    let x = left, y = right + half;
    for (let row: u32 = 0; row < rows; row++, x += PANEL, y += PANEL) {
      const y0 = v128.load(y), y1 = v128.load(y, 16), y2 = v128.load(y, 32), y3 = v128.load(y, 48);
      let value = v128.load32_splat(x);
      a0 = f32x4.add(a0, f32x4.mul(value, y0));
      a1 = f32x4.add(a1, f32x4.mul(value, y1));
      a2 = f32x4.add(a2, f32x4.mul(value, y2));
      a3 = f32x4.add(a3, f32x4.mul(value, y3));
      value = v128.load32_splat(x, 4);
      b0 = f32x4.add(b0, f32x4.mul(value, y0));
      b1 = f32x4.add(b1, f32x4.mul(value, y1));
      b2 = f32x4.add(b2, f32x4.mul(value, y2));
      b3 = f32x4.add(b3, f32x4.mul(value, y3));
      value = v128.load32_splat(x, 8);
      c0 = f32x4.add(c0, f32x4.mul(value, y0));
      c1 = f32x4.add(c1, f32x4.mul(value, y1));
      c2 = f32x4.add(c2, f32x4.mul(value, y2));
      c3 = f32x4.add(c3, f32x4.mul(value, y3));
      value = v128.load32_splat(x, 12);
      d0 = f32x4.add(d0, f32x4.mul(value, y0));
      d1 = f32x4.add(d1, f32x4.mul(value, y1));
      d2 = f32x4.add(d2, f32x4.mul(value, y2));
      d3 = f32x4.add(d3, f32x4.mul(value, y3));
    }
    storeFour(to + half, a0, a1, a2, a3);
    storeFour(to + half + PANEL, b0, b1, b2, b3);
    storeFour(to + half + 2 * PANEL, c0, c1, c2, c3);
    storeFour(to + half + 3 * PANEL, d0, d1, d2, d3);
  }
}

function storeFour(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}

/**
 * A panel of the product of a tall matrix with a small one.
 *
 * @param matrix The panels of the tall matrix.
 * @param stride Bytes from one panel to the next.
 * @param panels How many panels.
 * @param rows How many rows.
 * @param small Of the small matrix, 32 columns: a row of them for each column of the tall one.
 * @param to A panel of the product.
 */
// deno-fmt-ignore
export function panelsTimes(
  matrix: usize, stride: usize, panels: u32, rows: u32, small: usize, to: usize,
): void {
  for (let row: u32 = 0; row < rows; row++, to += PANEL, matrix += PANEL) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
    let e = f32x4.splat(0), f = f32x4.splat(0), g = f32x4.splat(0), h = f32x4.splat(0);
    let weights = small, x = matrix;
    for (let panel: u32 = 0; panel < panels; panel++, x += stride) {
      for (let at: usize = 0; at < PANEL; at += 4, weights += PANEL) {
        const value = v128.load32_splat(x + at);
        a = f32x4.add(a, f32x4.mul(value, v128.load(weights)));
        b = f32x4.add(b, f32x4.mul(value, v128.load(weights, 16)));
        c = f32x4.add(c, f32x4.mul(value, v128.load(weights, 32)));
        d = f32x4.add(d, f32x4.mul(value, v128.load(weights, 48)));
        e = f32x4.add(e, f32x4.mul(value, v128.load(weights, 64)));
        f = f32x4.add(f, f32x4.mul(value, v128.load(weights, 80)));
        g = f32x4.add(g, f32x4.mul(value, v128.load(weights, 96)));
        h = f32x4.add(h, f32x4.mul(value, v128.load(weights, 112)));
      }
    }
    storeFour(to, a, b, c, d);
    storeFour(to + 64, e, f, g, h);
  }
}
