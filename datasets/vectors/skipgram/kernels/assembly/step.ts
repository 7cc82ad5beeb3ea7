// The step of a group: context_i += Σ_j slope_ij · output_j, output_j += Σ_i slope_ij · context_i,
// both from the rows as they were. Strips of 12 dimensions are done one after the other.

/** Three new output rows of a strip, left in `to`. */
// deno-fmt-ignore

function newOutputs(
  outputs: usize, d: usize, contexts: usize, lastContext: usize, slopes: usize, width: usize,
  to: usize,
): void {
  let at = <usize>load<u32>(outputs) + d;
  let a0 = v128.load(at), a1 = v128.load(at, 16), a2 = v128.load(at, 32);
  at = <usize>load<u32>(outputs, 4) + d;
  let b0 = v128.load(at), b1 = v128.load(at, 16), b2 = v128.load(at, 32);
  at = <usize>load<u32>(outputs, 8) + d;
  let c0 = v128.load(at), c1 = v128.load(at, 16), c2 = v128.load(at, 32);
  for (; contexts < lastContext; contexts += 4) {
    const from = <usize>load<u32>(contexts) + d;
    const a = v128.load_splat<f32>(slopes), b = v128.load_splat<f32>(slopes, 4);
    const c = v128.load_splat<f32>(slopes, 8);
    const x = v128.load(from);
    a0 = f32x4.add(a0, f32x4.mul(a, x));
    b0 = f32x4.add(b0, f32x4.mul(b, x));
    c0 = f32x4.add(c0, f32x4.mul(c, x));
    const y = v128.load(from, 16);
    a1 = f32x4.add(a1, f32x4.mul(a, y));
    b1 = f32x4.add(b1, f32x4.mul(b, y));
    c1 = f32x4.add(c1, f32x4.mul(c, y));
    const z = v128.load(from, 32);
    a2 = f32x4.add(a2, f32x4.mul(a, z));
    b2 = f32x4.add(b2, f32x4.mul(b, z));
    c2 = f32x4.add(c2, f32x4.mul(c, z));
    slopes += width;
  }
  v128.store(to, a0); v128.store(to, a1, 16); v128.store(to, a2, 32);
  v128.store(to, b0, 48); v128.store(to, b1, 64); v128.store(to, b2, 80);
  v128.store(to, c0, 96); v128.store(to, c1, 112); v128.store(to, c2, 128);
}

/** Moves a strip of three context rows. */
// deno-fmt-ignore

function moveThree(
  contexts: usize, d: usize, outputs: usize, lastOutput: usize, slopes: usize, width: usize,
): void {
  const p = <usize>load<u32>(contexts) + d, q = <usize>load<u32>(contexts, 4) + d;
  const r = <usize>load<u32>(contexts, 8) + d;
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0);
  for (; outputs < lastOutput; outputs += 4) {
    const from = <usize>load<u32>(outputs) + d;
    const a = v128.load_splat<f32>(slopes), b = v128.load_splat<f32>(slopes + width);
    const c = v128.load_splat<f32>(slopes + width * 2);
    const x = v128.load(from);
    a0 = f32x4.add(a0, f32x4.mul(a, x));
    b0 = f32x4.add(b0, f32x4.mul(b, x));
    c0 = f32x4.add(c0, f32x4.mul(c, x));
    const y = v128.load(from, 16);
    a1 = f32x4.add(a1, f32x4.mul(a, y));
    b1 = f32x4.add(b1, f32x4.mul(b, y));
    c1 = f32x4.add(c1, f32x4.mul(c, y));
    const z = v128.load(from, 32);
    a2 = f32x4.add(a2, f32x4.mul(a, z));
    b2 = f32x4.add(b2, f32x4.mul(b, z));
    c2 = f32x4.add(c2, f32x4.mul(c, z));
    slopes += 4;
  }
  // A word that stands in the window twice is moved twice, so each row is read when it is its turn.
  v128.store(p, f32x4.add(v128.load(p), a0)); v128.store(p, f32x4.add(v128.load(p, 16), a1), 16);
  v128.store(p, f32x4.add(v128.load(p, 32), a2), 32);
  v128.store(q, f32x4.add(v128.load(q), b0)); v128.store(q, f32x4.add(v128.load(q, 16), b1), 16);
  v128.store(q, f32x4.add(v128.load(q, 32), b2), 32);
  v128.store(r, f32x4.add(v128.load(r), c0)); v128.store(r, f32x4.add(v128.load(r, 16), c1), 16);
  v128.store(r, f32x4.add(v128.load(r, 32), c2), 32);
}

/** Moves a strip of two context rows. */
// deno-fmt-ignore

function moveTwo(
  contexts: usize, d: usize, outputs: usize, lastOutput: usize, slopes: usize, width: usize,
): void {
  const p = <usize>load<u32>(contexts) + d, q = <usize>load<u32>(contexts, 4) + d;
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0);
  for (; outputs < lastOutput; outputs += 4) {
    const from = <usize>load<u32>(outputs) + d;
    const a = v128.load_splat<f32>(slopes), b = v128.load_splat<f32>(slopes + width);
    const x = v128.load(from);
    a0 = f32x4.add(a0, f32x4.mul(a, x));
    b0 = f32x4.add(b0, f32x4.mul(b, x));
    const y = v128.load(from, 16);
    a1 = f32x4.add(a1, f32x4.mul(a, y));
    b1 = f32x4.add(b1, f32x4.mul(b, y));
    const z = v128.load(from, 32);
    a2 = f32x4.add(a2, f32x4.mul(a, z));
    b2 = f32x4.add(b2, f32x4.mul(b, z));
    slopes += 4;
  }
  v128.store(p, f32x4.add(v128.load(p), a0)); v128.store(p, f32x4.add(v128.load(p, 16), a1), 16);
  v128.store(p, f32x4.add(v128.load(p, 32), a2), 32);
  v128.store(q, f32x4.add(v128.load(q), b0)); v128.store(q, f32x4.add(v128.load(q, 16), b1), 16);
  v128.store(q, f32x4.add(v128.load(q, 32), b2), 32);
}

/**
 * Moves all rows of a group.
 *
 * @param contexts Addresses of n context rows, n at least 2.
 * @param n How many.
 * @param outputs Addresses of m output rows, no two the same, m a multiple of 3.
 * @param m How many.
 * @param bytes Bytes of a row, a multiple of 48.
 * @param slopes What each pair moves its rows by, n rows of m.
 * @param width Bytes of a row of slopes.
 * @param strip Room for 48 bytes for each output row.
 */
// deno-fmt-ignore
export function step(
  contexts: usize, n: u32, outputs: usize, m: u32, bytes: usize, slopes: usize, width: usize,
  strip: usize,
): void {
  const lastContext = contexts + (<usize>n << 2), lastOutput = outputs + (<usize>m << 2);
  for (let d: usize = 0; d < bytes; d += 48) {
    let to = strip;
    let column = slopes;
    for (let o = outputs; o < lastOutput; o += 12) {
      newOutputs(o, d, contexts, lastContext, column, width, to);
      to += 144;
      column += 12;
    }
    let left = n;
    let row = slopes;
    let c = contexts;
    while (left >= 3 && left != 4) {
      moveThree(c, d, outputs, lastOutput, row, width);
      c += 12;
      row += width * 3;
      left -= 3;
    }
    for (; left != 0; left -= 2) {
      moveTwo(c, d, outputs, lastOutput, row, width);
      c += 8;
      row += width * 2;
    }
    let from = strip;
    for (let o = outputs; o < lastOutput; o += 4) {
      const at = <usize>load<u32>(o) + d;
      v128.store(at, v128.load(from));
      v128.store(at, v128.load(from, 16), 16);
      v128.store(at, v128.load(from, 32), 32);
      from += 48;
    }
  }
}
