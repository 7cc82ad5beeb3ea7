// The maximum over time of gathered projections: z at window t is first(word t) + second(word t+1).

/**
 * Finds the largest pre-activation of each filter, without bias, and the first window that has it.
 *
 * @param rows Where the projections of the words in text order start, in bytes from `base`;
 * windows + 1 of them.
 * @param base Address that `rows` counts from.
 * @param windows Number of windows, at least 1.
 * @param filters Number of filters, a multiple of 8.
 * @param second Bytes from a word's projection as first of a window to that as second.
 * @param best Where the maxima go, floats.
 * @param winner Where the windows go, 32-bit integers.
 */
// deno-fmt-ignore
export function maxOverTime(
  rows: usize, base: usize, windows: i32, filters: i32, second: usize, best: usize, winner: usize,
): void {
  for (let f: usize = 0; f < <usize>filters << 2; f += 32) {
    let p = base + <usize>load<u32>(rows) + f;
    let q = base + <usize>load<u32>(rows, 4) + f;
    let m0 = f32x4.add(v128.load(p), v128.load(q + second));
    let m1 = f32x4.add(v128.load(p, 16), v128.load(q + second, 16));
    let w0 = i32x4.splat(0), w1 = i32x4.splat(0);
    for (let t: i32 = 1; t < windows; t++) {
      p = q;
      q = base + <usize>load<u32>(rows + (<usize>(t + 1) << 2)) + f;
      const here = i32x4.splat(t);
      const z0 = f32x4.add(v128.load(p), v128.load(q + second));
      const z1 = f32x4.add(v128.load(p, 16), v128.load(q + second, 16));
      // Windows come in order, so a later winner is the larger number.
      w0 = i32x4.max_s(w0, v128.and(here, f32x4.gt(z0, m0)));
      w1 = i32x4.max_s(w1, v128.and(here, f32x4.gt(z1, m1)));
      m0 = f32x4.pmax(m0, z0); m1 = f32x4.pmax(m1, z1);
    }
    v128.store(best + f, m0); v128.store(best + f, m1, 16);
    v128.store(winner + f, w0); v128.store(winner + f, w1, 16);
  }
}

/**
 * The same for filters that span any number of words.
 *
 * @param rows As above; windows + width − 1 of them.
 * @param base Address that `rows` counts from.
 * @param windows Number of windows, at least 1.
 * @param filters Number of filters, a multiple of 8.
 * @param next Bytes from a word's projection as one word of a window to that as the next.
 * @param width How many words a window has.
 * @param best Where the maxima go, floats.
 * @param winner Where the windows go, 32-bit integers.
 */
// deno-fmt-ignore
export function maxOverWindows(
  rows: usize, base: usize, windows: i32, filters: i32, next: usize, width: i32,
  best: usize, winner: usize,
): void {
  if (width == 2) return maxOverTime(rows, base, windows, filters, next, best, winner);
  for (let f: usize = 0; f < <usize>filters << 2; f += 32) {
    let m0 = f32x4.splat(-Infinity), m1 = f32x4.splat(-Infinity);
    let w0 = i32x4.splat(0), w1 = i32x4.splat(0);
    for (let t: i32 = 0; t < windows; t++) {
      const here = i32x4.splat(t);
      let row = rows + (<usize>t << 2), column = base + f;
      const p = column + <usize>load<u32>(row);
      let z0 = v128.load(p), z1 = v128.load(p, 16);
      for (let k: i32 = 1; k < width; k++) {
        row += 4; column += next;
        const q = column + <usize>load<u32>(row);
        z0 = f32x4.add(z0, v128.load(q)); z1 = f32x4.add(z1, v128.load(q, 16));
      }
      w0 = i32x4.max_s(w0, v128.and(here, f32x4.gt(z0, m0)));
      w1 = i32x4.max_s(w1, v128.and(here, f32x4.gt(z1, m1)));
      m0 = f32x4.pmax(m0, z0); m1 = f32x4.pmax(m1, z1);
    }
    v128.store(best + f, m0); v128.store(best + f, m1, 16);
    v128.store(winner + f, w0); v128.store(winner + f, w1, 16);
  }
}
