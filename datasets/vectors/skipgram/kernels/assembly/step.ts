// The step of a group: context_i += Σ_j slope_ij · output_j, output_j += Σ_i slope_ij · context_i,
// both from the rows as they were. The slopes of a tile stay in registers.

/** Three rows of outputs, and what three contexts move them by: to = from + Σ_i slope_ij · context_i. */
// deno-fmt-ignore
@inline
function addThree(
  from0: usize, from1: usize, from2: usize, to: usize, contexts: usize, bytes: usize,
  slopes: usize, width: usize,
): void {
  const x = <usize>load<u32>(contexts), y = <usize>load<u32>(contexts, 4);
  const z = <usize>load<u32>(contexts, 8);
  const a0 = v128.load_splat<f32>(slopes), a1 = v128.load_splat<f32>(slopes, 4);
  const a2 = v128.load_splat<f32>(slopes, 8);
  slopes += width;
  const b0 = v128.load_splat<f32>(slopes), b1 = v128.load_splat<f32>(slopes, 4);
  const b2 = v128.load_splat<f32>(slopes, 8);
  slopes += width;
  const c0 = v128.load_splat<f32>(slopes), c1 = v128.load_splat<f32>(slopes, 4);
  const c2 = v128.load_splat<f32>(slopes, 8);
  for (let d: usize = 0; d < bytes; d += 16) {
    const p = v128.load(x + d);
    let r = f32x4.add(v128.load(from0 + d), f32x4.mul(a0, p));
    let s = f32x4.add(v128.load(from1 + d), f32x4.mul(a1, p));
    let t = f32x4.add(v128.load(from2 + d), f32x4.mul(a2, p));
    const q = v128.load(y + d);
    r = f32x4.add(r, f32x4.mul(b0, q));
    s = f32x4.add(s, f32x4.mul(b1, q));
    t = f32x4.add(t, f32x4.mul(b2, q));
    const u = v128.load(z + d);
    v128.store(to + d, f32x4.add(r, f32x4.mul(c0, u)));
    v128.store(to + bytes + d, f32x4.add(s, f32x4.mul(c1, u)));
    v128.store(to + bytes * 2 + d, f32x4.add(t, f32x4.mul(c2, u)));
  }
}

/** As `addThree`, of two contexts. */
// deno-fmt-ignore
@inline
function addTwo(
  from0: usize, from1: usize, from2: usize, to: usize, contexts: usize, bytes: usize,
  slopes: usize, width: usize,
): void {
  const x = <usize>load<u32>(contexts), y = <usize>load<u32>(contexts, 4);
  const a0 = v128.load_splat<f32>(slopes), a1 = v128.load_splat<f32>(slopes, 4);
  const a2 = v128.load_splat<f32>(slopes, 8);
  slopes += width;
  const b0 = v128.load_splat<f32>(slopes), b1 = v128.load_splat<f32>(slopes, 4);
  const b2 = v128.load_splat<f32>(slopes, 8);
  for (let d: usize = 0; d < bytes; d += 16) {
    const p = v128.load(x + d), q = v128.load(y + d);
    const r = f32x4.add(v128.load(from0 + d), f32x4.mul(a0, p));
    v128.store(to + d, f32x4.add(r, f32x4.mul(b0, q)));
    const s = f32x4.add(v128.load(from1 + d), f32x4.mul(a1, p));
    v128.store(to + bytes + d, f32x4.add(s, f32x4.mul(b1, q)));
    const t = f32x4.add(v128.load(from2 + d), f32x4.mul(a2, p));
    v128.store(to + bytes * 2 + d, f32x4.add(t, f32x4.mul(b2, q)));
  }
}

/** Moves three contexts by three outputs. */
// deno-fmt-ignore
@inline
function moveThree(contexts: usize, outputs: usize, bytes: usize, slopes: usize, width: usize): void {
  const x = <usize>load<u32>(contexts), y = <usize>load<u32>(contexts, 4);
  const z = <usize>load<u32>(contexts, 8);
  const u = <usize>load<u32>(outputs), v = <usize>load<u32>(outputs, 4);
  const w = <usize>load<u32>(outputs, 8);
  const a0 = v128.load_splat<f32>(slopes), a1 = v128.load_splat<f32>(slopes, 4);
  const a2 = v128.load_splat<f32>(slopes, 8);
  slopes += width;
  const b0 = v128.load_splat<f32>(slopes), b1 = v128.load_splat<f32>(slopes, 4);
  const b2 = v128.load_splat<f32>(slopes, 8);
  slopes += width;
  const c0 = v128.load_splat<f32>(slopes), c1 = v128.load_splat<f32>(slopes, 4);
  const c2 = v128.load_splat<f32>(slopes, 8);
  for (let d: usize = 0; d < bytes; d += 16) {
    const o = v128.load(u + d), p = v128.load(v + d), q = v128.load(w + d);
    // A word that stands in the window twice is moved twice, so a row is read when it is its turn.
    let s = f32x4.add(f32x4.add(f32x4.mul(a0, o), f32x4.mul(a1, p)), f32x4.mul(a2, q));
    v128.store(x + d, f32x4.add(v128.load(x + d), s));
    s = f32x4.add(f32x4.add(f32x4.mul(b0, o), f32x4.mul(b1, p)), f32x4.mul(b2, q));
    v128.store(y + d, f32x4.add(v128.load(y + d), s));
    s = f32x4.add(f32x4.add(f32x4.mul(c0, o), f32x4.mul(c1, p)), f32x4.mul(c2, q));
    v128.store(z + d, f32x4.add(v128.load(z + d), s));
  }
}

/** Moves two contexts by three outputs. */
// deno-fmt-ignore
@inline
function moveTwo(contexts: usize, outputs: usize, bytes: usize, slopes: usize, width: usize): void {
  const x = <usize>load<u32>(contexts), y = <usize>load<u32>(contexts, 4);
  const u = <usize>load<u32>(outputs), v = <usize>load<u32>(outputs, 4);
  const w = <usize>load<u32>(outputs, 8);
  const a0 = v128.load_splat<f32>(slopes), a1 = v128.load_splat<f32>(slopes, 4);
  const a2 = v128.load_splat<f32>(slopes, 8);
  slopes += width;
  const b0 = v128.load_splat<f32>(slopes), b1 = v128.load_splat<f32>(slopes, 4);
  const b2 = v128.load_splat<f32>(slopes, 8);
  for (let d: usize = 0; d < bytes; d += 16) {
    const o = v128.load(u + d), p = v128.load(v + d), q = v128.load(w + d);
    let s = f32x4.add(f32x4.add(f32x4.mul(a0, o), f32x4.mul(a1, p)), f32x4.mul(a2, q));
    v128.store(x + d, f32x4.add(v128.load(x + d), s));
    s = f32x4.add(f32x4.add(f32x4.mul(b0, o), f32x4.mul(b1, p)), f32x4.mul(b2, q));
    v128.store(y + d, f32x4.add(v128.load(y + d), s));
  }
}

/**
 * Moves all rows of a group.
 *
 * @param contexts Addresses of n context rows, n at least 2.
 * @param n How many.
 * @param outputs Addresses of m output rows, no two the same but blank ones, m a multiple of 3.
 * @param m How many.
 * @param bytes Bytes of a row, a multiple of 16.
 * @param slopes What each pair moves its rows by, n rows of m.
 * @param width Bytes of a row of slopes.
 * @param fresh Room for m rows.
 */
// deno-fmt-ignore
export function step(
  contexts: usize, n: u32, outputs: usize, m: u32, bytes: usize, slopes: usize, width: usize,
  fresh: usize,
): void {
  const lastOutput = outputs + (<usize>m << 2);
  let to = fresh;
  let column = slopes;
  for (let o = outputs; o < lastOutput; o += 12) {
    let from0 = <usize>load<u32>(o), from1 = <usize>load<u32>(o, 4);
    let from2 = <usize>load<u32>(o, 8);
    let left = n;
    let c = contexts, row = column;
    while (left >= 3 && left != 4) {
      addThree(from0, from1, from2, to, c, bytes, row, width);
      from0 = to; from1 = to + bytes; from2 = to + bytes * 2;
      c += 12;
      row += width * 3;
      left -= 3;
    }
    for (; left != 0; left -= 2) {
      addTwo(from0, from1, from2, to, c, bytes, row, width);
      from0 = to; from1 = to + bytes; from2 = to + bytes * 2;
      c += 8;
      row += width * 2;
    }
    to += bytes * 3;
    column += 12;
  }
  let left = n;
  while (left >= 3 && left != 4) {
    let column = slopes;
    for (let o = outputs; o < lastOutput; o += 12) {
      moveThree(contexts, o, bytes, column, width);
      column += 12;
    }
    contexts += 12;
    slopes += width * 3;
    left -= 3;
  }
  for (; left != 0; left -= 2) {
    let column = slopes;
    for (let o = outputs; o < lastOutput; o += 12) {
      moveTwo(contexts, o, bytes, column, width);
      column += 12;
    }
    contexts += 8;
    slopes += width * 2;
  }
  let from = fresh;
  for (let o = outputs; o < lastOutput; o += 4) {
    const at = <usize>load<u32>(o);
    for (let d: usize = 0; d < bytes; d += 16) v128.store(at + d, v128.load(from + d));
    from += bytes;
  }
}
