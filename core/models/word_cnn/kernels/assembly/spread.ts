// From filters back to the words of the windows they won on.

/**
 * Adds every filter, times a coefficient, to the two words of its winning window.
 *
 * @param coefficients Shape [filters].
 * @param winner Winning windows, shape [filters].
 * @param filters Number of filters.
 * @param weights Shape [filters, 2, depth].
 * @param depth Padded dimensions, a multiple of 4.
 * @param out Where the sums go, shape [words, depth]; added to what is there.
 */
// deno-fmt-ignore
export function spread(
  coefficients: usize, winner: usize, filters: i32, weights: usize, depth: i32, out: usize,
): void {
  const bytes = <usize>depth << 2;
  for (let f: usize = 0; f < <usize>filters << 2; f += 4) {
    const coefficient = load<f32>(coefficients + f);
    if (coefficient != 0) {
      const scale = f32x4.splat(coefficient);
      // The two words of a window follow one another, as do the two halves of a filter.
      const to = out + <usize>load<u32>(winner + f) * bytes;
      for (let d: usize = 0; d < bytes << 1; d += 16) {
        const added = f32x4.mul(scale, v128.load(weights + d));
        v128.store(to + d, f32x4.add(v128.load(to + d), added));
      }
    }
    weights += bytes << 1;
  }
}
