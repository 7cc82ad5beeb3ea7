// Word vectors times filters. All sums run over the dimensions in order, with a multiplication and
// an addition each: no fused multiply-add, which would give other bytes on other machines.

// Rows of words computed together, and columns of filters computed together.
const ROWS: usize = 4;
const PANEL: usize = 8;

/**
 * One tile: 4 words by 8 filters. `a` holds the words interleaved [depth][4], `b` the panel
 * [depth][8] up to `end`, `out` the addresses of the 4 results. Depth is even.
 */
// deno-fmt-ignore
function tile(a: usize, b: usize, end: usize, out: usize, outOffset: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0)); c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0)); c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0)); c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0)); c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    const d0 = v128.load(b, 32), d1 = v128.load(b, 48);
    const y0 = v128.load_splat<f32>(a, 16);
    c00 = f32x4.add(c00, f32x4.mul(y0, d0)); c01 = f32x4.add(c01, f32x4.mul(y0, d1));
    const y1 = v128.load_splat<f32>(a, 20);
    c10 = f32x4.add(c10, f32x4.mul(y1, d0)); c11 = f32x4.add(c11, f32x4.mul(y1, d1));
    const y2 = v128.load_splat<f32>(a, 24);
    c20 = f32x4.add(c20, f32x4.mul(y2, d0)); c21 = f32x4.add(c21, f32x4.mul(y2, d1));
    const y3 = v128.load_splat<f32>(a, 28);
    c30 = f32x4.add(c30, f32x4.mul(y3, d0)); c31 = f32x4.add(c31, f32x4.mul(y3, d1));
    b += 64;
    a += 32;
  }
  let p = <usize>load<u32>(out) + outOffset;
  v128.store(p, c00); v128.store(p, c01, 16);
  p = <usize>load<u32>(out, 4) + outOffset;
  v128.store(p, c10); v128.store(p, c11, 16);
  p = <usize>load<u32>(out, 8) + outOffset;
  v128.store(p, c20); v128.store(p, c21, 16);
  p = <usize>load<u32>(out, 12) + outOffset;
  v128.store(p, c30); v128.store(p, c31, 16);
}

/**
 * Interleaves word vectors by four, as the projection reads them: [count / 4][depth][4].
 *
 * @param words Addresses of the word vectors, each `depth` floats; `count` of them.
 * @param count Number of words, a multiple of 4.
 * @param depth Padded dimensions, a multiple of 4.
 * @param out Where the result goes.
 */
export function interleave(words: usize, count: i32, depth: i32, out: usize): void {
  const bytes = <usize> depth << 2;
  for (let i: usize = 0; i < <usize> count; i += ROWS) {
    const at = words + (i << 2);
    const a = <usize> load<u32>(at), b = <usize> load<u32>(at, 4);
    const c = <usize> load<u32>(at, 8), e = <usize> load<u32>(at, 12);
    for (let d: usize = 0; d < bytes; d += 16) {
      const w = v128.load(a + d), x = v128.load(b + d);
      const y = v128.load(c + d), z = v128.load(e + d);
      // The four rows of a 4 by 4 block become its columns.
      const wx = v128.shuffle<f32>(w, x, 0, 4, 1, 5), wxHigh = v128.shuffle<f32>(w, x, 2, 6, 3, 7);
      const yz = v128.shuffle<f32>(y, z, 0, 4, 1, 5), yzHigh = v128.shuffle<f32>(y, z, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<f32>(wx, yz, 0, 1, 4, 5));
      v128.store(out, v128.shuffle<f32>(wx, yz, 2, 3, 6, 7), 16);
      v128.store(out, v128.shuffle<f32>(wxHigh, yzHigh, 0, 1, 4, 5), 32);
      v128.store(out, v128.shuffle<f32>(wxHigh, yzHigh, 2, 3, 6, 7), 48);
      out += 64;
    }
  }
}

/**
 * Projects words onto filters.
 *
 * @param words The words, interleaved by four.
 * @param results Where the rows of results start, in bytes; `count` of them.
 * @param count Number of words, a multiple of 4.
 * @param depth Padded dimensions, a multiple of 4.
 * @param panels First panel; a panel is 8 filters, [depth][8], the panels follow one another.
 * @param panelCount Number of panels.
 * @param offset What is added to `results`: a base address and the place of the first panel in a row.
 */
export function project(
  words: usize,
  results: usize,
  count: i32,
  depth: i32,
  panels: usize,
  panelCount: i32,
  offset: usize,
): void {
  const panelBytes = <usize> depth * PANEL * 4;
  for (let i: usize = 0; i < <usize> count; i += ROWS) {
    let panel = panels;
    let column = offset;
    for (let j: i32 = 0; j < panelCount; j++) {
      tile(words, panel, panel + panelBytes, results + (i << 2), column);
      panel += panelBytes;
      column += PANEL * 4;
    }
    words += <usize> depth * ROWS * 4;
  }
}

/**
 * Packs filters into panels.
 *
 * @param filters First filter; a filter is `depth` floats.
 * @param stride Bytes from one filter to the next.
 * @param depth Padded dimensions.
 * @param panels Where the panels go.
 * @param panelCount Number of panels, of 8 filters each.
 */
export function pack(
  filters: usize,
  stride: usize,
  depth: i32,
  panels: usize,
  panelCount: i32,
): void {
  for (let j: i32 = 0; j < panelCount; j++) {
    for (let d: usize = 0; d < <usize> depth; d++) {
      let from = filters + (d << 2);
      for (let f: usize = 0; f < PANEL; f++) {
        store<f32>(panels + (f << 2), load<f32>(from));
        from += stride;
      }
      panels += PANEL * 4;
    }
    filters += stride * PANEL;
  }
}
