// A text whose words come and go. The pre-activations z of all windows are kept, 8 filters side by
// side: [filters / 8][windows][8]. `rows` says where the projection of each word is; a deleted word
// has the row of the zero vector.

// deno-fmt-ignore
function writeWindow(
  rows: usize, t: i32, windows: i32, filters: i32, second: usize, z: usize,
): void {
  let p = <usize>load<u32>(rows + (<usize>t << 2));
  let q = <usize>load<u32>(rows + (<usize>t << 2), 4) + second;
  let to = z + (<usize>t << 5);
  const step = <usize>windows << 5;
  const end = p + (<usize>filters << 2);
  while (p < end) {
    v128.store(to, f32x4.add(v128.load(p), v128.load(q)));
    v128.store(to, f32x4.add(v128.load(p, 16), v128.load(q, 16)), 16);
    p += 32;
    q += 32;
    to += step;
  }
}

/**
 * Computes some windows.
 *
 * @param rows Addresses of the projections of the words, [windows + 1].
 * @param first First window.
 * @param last Behind the last window.
 * @param windows Number of windows.
 * @param filters Padded number of filters.
 * @param second Bytes from a word's projection as first of a window to that as second.
 * @param z Where they go.
 */
// deno-fmt-ignore
export function writeWindows(
  rows: usize, first: i32, last: i32, windows: i32, filters: i32, second: usize, z: usize,
): void {
  for (let t = first; t < last; t++) writeWindow(rows, t, windows, filters, second, z);
}

/** ReLU of a maximum and its bias, rounded to float32 as everywhere else. */
function pooled(best: f32, bias: f32): f64 {
  const sum = best + bias;
  return sum > 0 ? <f64> sum : 0;
}

/** Adds a pooled filter, or its change, to the scores. */
function addChange(change: f64, weights: usize, classes: i32, sums: usize): void {
  const factor = f64x2.splat(change);
  for (let c: usize = 0; c < <usize> classes << 2; c += 8) {
    const to = sums + (c << 1);
    const weight = f64x2.promote_low_f32x4(v128.load64_zero(weights + c));
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(factor, weight)));
  }
}

/**
 * Takes the maxima anew that a word's windows may have changed, and adds to the scores what that
 * changes.
 *
 * @param word The word that came or went.
 * @param windows Number of windows.
 * @param filters Padded number of filters.
 * @param z All windows, those of the word already computed.
 * @param best Largest pre-activations without bias, [filters].
 * @param winner The first windows that have them, [filters].
 * @param bias Biases, [filters].
 * @param weights Dense weights, [filters, classes].
 * @param classes Padded number of classes, a multiple of 2.
 * @param sums The scores in float64, [classes].
 * @param scratch Room for 8 floats.
 */
// deno-fmt-ignore
export function settle(
  word: i32, windows: i32, filters: i32, z: usize, best: usize, winner: usize,
  bias: usize, weights: usize, classes: i32, sums: usize, scratch: usize,
): void {
  const left = i32x4.splat(word - 1), right = i32x4.splat(word);
  const step = <usize>windows << 5;
  for (let f: usize = 0; f < <usize>filters << 2; f += 32) {
    const block = z;
    z += step;
    const old0 = v128.load(best + f), old1 = v128.load(best + f, 16);
    const a = v128.load(winner + f), b = v128.load(winner + f, 16);
    let hit = v128.or(
      v128.or(i32x4.eq(a, left), i32x4.eq(a, right)),
      v128.or(i32x4.eq(b, left), i32x4.eq(b, right)),
    );
    if (word > 0) {
      const at = block + (<usize>(word - 1) << 5);
      hit = v128.or(hit, f32x4.gt(v128.load(at), old0));
      hit = v128.or(hit, f32x4.gt(v128.load(at, 16), old1));
    }
    if (word < windows) {
      const at = block + (<usize>word << 5);
      hit = v128.or(hit, f32x4.gt(v128.load(at), old0));
      hit = v128.or(hit, f32x4.gt(v128.load(at, 16), old1));
    }
    if (!v128.any_true(hit)) continue;
    let m0 = v128.load(block), m1 = v128.load(block, 16);
    let w0 = i32x4.splat(0), w1 = i32x4.splat(0);
    let here = i32x4.splat(0);
    const one = i32x4.splat(1);
    for (let at = block + 32; at < z; at += 32) {
      here = i32x4.add(here, one);
      const z0 = v128.load(at), z1 = v128.load(at, 16);
      w0 = i32x4.max_s(w0, v128.and(here, f32x4.gt(z0, m0)));
      w1 = i32x4.max_s(w1, v128.and(here, f32x4.gt(z1, m1)));
      m0 = f32x4.pmax(m0, z0); m1 = f32x4.pmax(m1, z1);
    }
    v128.store(winner + f, w0); v128.store(winner + f, w1, 16);
    const changed = v128.or(f32x4.ne(m0, old0), f32x4.ne(m1, old1));
    if (!v128.any_true(changed)) continue;
    v128.store(scratch, old0); v128.store(scratch, old1, 16);
    v128.store(best + f, m0); v128.store(best + f, m1, 16);
    for (let lane: usize = 0; lane < 32; lane += 4) {
      const before = load<f32>(scratch + lane), after = load<f32>(best + f + lane);
      if (before == after) continue;
      const b = load<f32>(bias + f + lane);
      const change = pooled(after, b) - pooled(before, b);
      if (change != 0) {
        addChange(change, weights + ((f + lane) >> 2) * (<usize>classes << 2), classes, sums);
      }
    }
  }
}

/**
 * The scores after each single deletion; the text stays as it is. Only filters that won on a window of
 * the word, or whose windows there become the largest, are looked at again.
 *
 * @param rows Addresses of the projections of the words, [windows + 1].
 * @param zero The address of that of a deleted word, whose deletion changes nothing.
 * @param windows Number of windows.
 * @param filters Padded number of filters.
 * @param second Bytes from a word's projection as first of a window to that as second.
 * @param z All windows.
 * @param best Largest pre-activations without bias, [filters].
 * @param winner The first windows that have them, [filters].
 * @param bias Biases, [filters].
 * @param weights Dense weights, [filters, classes].
 * @param classes Padded number of classes, a multiple of 2.
 * @param sums The scores of the text in float64, [classes].
 * @param scratch Room for 8 floats.
 * @param out Where the scores go, float64, [windows + 1, classes].
 */
// deno-fmt-ignore
export function withoutEach(
  rows: usize, zero: u32, windows: i32, filters: i32, second: usize, z: usize,
  best: usize, winner: usize, bias: usize, weights: usize, classes: i32, sums: usize,
  scratch: usize, out: usize,
): void {
  const step = <usize>windows << 5;
  for (let word = 0; word <= windows; word++) {
    memory.copy(out, sums, <usize>classes << 3);
    if (load<u32>(rows + (<usize>word << 2)) != zero) {
      const left = i32x4.splat(word - 1), right = i32x4.splat(word);
      // What stays of the two windows: the word before as the first one, the word behind as the second.
      const hasLeft = word > 0, hasRight = word < windows;
      const p = hasLeft ? <usize>load<u32>(rows + (<usize>(word - 1) << 2)) : 0;
      const q = hasRight ? <usize>load<u32>(rows + (<usize>word << 2), 4) + second : 0;
      const zeroSecond = <usize>zero + second;
      let block = z;
      for (let f: usize = 0; f < <usize>filters << 2; f += 32, block += step) {
        const old0 = v128.load(best + f), old1 = v128.load(best + f, 16);
        const a = v128.load(winner + f), b = v128.load(winner + f, 16);
        let hit = v128.or(
          v128.or(i32x4.eq(a, left), i32x4.eq(a, right)),
          v128.or(i32x4.eq(b, left), i32x4.eq(b, right)),
        );
        let m0 = f32x4.splat(-Infinity), m1 = m0;
        if (hasLeft) {
          m0 = f32x4.add(v128.load(p + f), v128.load(zeroSecond + f));
          m1 = f32x4.add(v128.load(p + f, 16), v128.load(zeroSecond + f, 16));
        }
        if (hasRight) {
          m0 = f32x4.pmax(m0, f32x4.add(v128.load(<usize>zero + f), v128.load(q + f)));
          m1 = f32x4.pmax(m1, f32x4.add(v128.load(<usize>zero + f, 16), v128.load(q + f, 16)));
        }
        hit = v128.or(hit, v128.or(f32x4.gt(m0, old0), f32x4.gt(m1, old1)));
        if (!v128.any_true(hit)) continue;
        const behind = block + step;
        const skipped = hasLeft ? block + (<usize>(word - 1) << 5) : block;
        for (let at = block; at < skipped; at += 32) {
          m0 = f32x4.pmax(m0, v128.load(at)); m1 = f32x4.pmax(m1, v128.load(at, 16));
        }
        for (let at = block + (<usize>(word + 1) << 5); at < behind; at += 32) {
          m0 = f32x4.pmax(m0, v128.load(at)); m1 = f32x4.pmax(m1, v128.load(at, 16));
        }
        const changed = v128.or(f32x4.ne(m0, old0), f32x4.ne(m1, old1));
        if (!v128.any_true(changed)) continue;
        v128.store(scratch, m0); v128.store(scratch, m1, 16);
        for (let lane: usize = 0; lane < 32; lane += 4) {
          const before = load<f32>(best + f + lane), after = load<f32>(scratch + lane);
          if (before == after) continue;
          const bf = load<f32>(bias + f + lane);
          const change = pooled(after, bf) - pooled(before, bf);
          if (change != 0) {
            addChange(change, weights + ((f + lane) >> 2) * (<usize>classes << 2), classes, out);
          }
        }
      }
    }
    out += <usize>classes << 3;
  }
}

/**
 * The dense layer in float64: scores = bias + Σ_f max(0, best_f + bias_f) · weights_f.
 *
 * @param best Largest pre-activations without bias, [filters].
 * @param bias Biases of the filters, [filters].
 * @param filters Padded number of filters.
 * @param weights Shape [filters, classes].
 * @param denseBias Shape [classes].
 * @param classes Padded number of classes, a multiple of 2.
 * @param sums Where the scores go, float64, [classes].
 */
// deno-fmt-ignore
export function score(
  best: usize, bias: usize, filters: i32, weights: usize, denseBias: usize, classes: i32,
  sums: usize,
): void {
  for (let c: usize = 0; c < <usize>classes << 2; c += 4) {
    store<f64>(sums + (c << 1), <f64>load<f32>(denseBias + c));
  }
  for (let f: usize = 0; f < <usize>filters << 2; f += 4) {
    const value = pooled(load<f32>(best + f), load<f32>(bias + f));
    if (value > 0) addChange(value, weights, classes, sums);
    weights += <usize>classes << 2;
  }
}
