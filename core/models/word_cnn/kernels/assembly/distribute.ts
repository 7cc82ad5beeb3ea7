// From classes back to words, for all classes at once.

/**
 * Every filter f has a share of each class c, r = pooled_f · weights_fc · scale_c + offset_c. It
 * hands `first_f` times that to the first word of its winning window and `second_f` times that to the
 * second; sums of r, of r · third_f and of r · fourth_f are kept besides.
 *
 * @param pooled Shape [filters], float64.
 * @param winner Winning windows, shape [filters].
 * @param filters Number of filters.
 * @param weights Dense weights, shape [filters, classes], float32.
 * @param classes Padded number of classes, a multiple of 2.
 * @param scale Shape [classes], float64.
 * @param offset Shape [classes], float64.
 * @param factors first, second, third and fourth of each filter, shape [filters, 4], float64.
 * @param words Where the words' sums go, shape [words, classes], float64; added to what is there.
 * @param totals Where the three sums go, shape [3, classes], float64; added to what is there.
 */
// deno-fmt-ignore
export function distribute(
  pooled: usize, winner: usize, filters: i32, weights: usize, classes: i32,
  scale: usize, offset: usize, factors: usize, words: usize, totals: usize,
): void {
  const bytes = <usize>classes << 3;
  for (let f: usize = 0; f < <usize>filters; f++) {
    const value = v128.load64_splat(pooled + (f << 3));
    const first = v128.load64_splat(factors), second = v128.load64_splat(factors, 8);
    const third = v128.load64_splat(factors, 16), fourth = v128.load64_splat(factors, 24);
    const word = words + <usize>load<u32>(winner + (f << 2)) * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      const weight = f64x2.promote_low_f32x4(v128.load64_zero(weights + (c >> 1)));
      const share = f64x2.add(
        f64x2.mul(f64x2.mul(value, weight), v128.load(scale + c)),
        v128.load(offset + c),
      );
      const a = word + c, b = a + bytes, d = totals + c;
      v128.store(a, f64x2.add(v128.load(a), f64x2.mul(share, first)));
      v128.store(b, f64x2.add(v128.load(b), f64x2.mul(share, second)));
      v128.store(d, f64x2.add(v128.load(d), share));
      const e = d + bytes;
      v128.store(e, f64x2.add(v128.load(e), f64x2.mul(share, third)));
      const g = e + bytes;
      v128.store(g, f64x2.add(v128.load(g), f64x2.mul(share, fourth)));
    }
    weights += bytes >> 1;
    factors += 32;
  }
}
