const MAX = 2 ** 32 - 1;

/** A chance as a threshold for 32 random bits. */
const threshold = (chance: number) => Math.min(MAX, Math.floor(chance * 2 ** 32));

/**
 * The chance of each word not to be left out: √(t / f) + t / f for a word with the share f of the
 * text, at most 1 (as word2vec and fastText do).
 *
 * @param counts How often each word is there.
 * @param subsample The share t.
 */
export function chancesToStay(counts: Uint32Array, subsample: number): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(counts, (count) => {
    const ratio = subsample * total / count;
    return Math.min(1, Math.sqrt(ratio) + ratio);
  });
}

/** Chances as thresholds for 32 random bits. */
export function thresholds(chances: Float64Array): Uint32Array {
  return Uint32Array.from(chances, threshold);
}

/** The chance of each word to be drawn as noise: by the square root of its count, as in fastText. */
export function noiseChances(counts: Uint32Array): Float64Array {
  const weights = Float64Array.from(counts, Math.sqrt);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Cells to draw from a distribution in constant time (Walker 1977, as Vose 1991 builds them): each
 * is as likely as the others and holds two outcomes.
 *
 * @param chances The chance of each outcome; they add up to 1.
 * @returns For each cell the threshold, of 2³², below which the outcome is the cell's own, and the
 * other outcome.
 */
export function aliasCells(chances: Float64Array): Uint32Array {
  const size = chances.length;
  const rest = chances.map((chance) => chance * size);
  const cells = new Uint32Array(2 * size);
  const small: number[] = [];
  const large: number[] = [];
  rest.forEach((value, i) => (value < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const [low, high] = [small.pop()!, large.pop()!];
    cells[2 * low] = threshold(rest[low]!);
    cells[2 * low + 1] = high;
    rest[high] = rest[high]! - (1 - rest[low]!);
    (rest[high]! < 1 ? small : large).push(high);
  }
  // What is left is 1 but for rounding.
  for (const i of [...small, ...large]) {
    cells[2 * i] = MAX;
    cells[2 * i + 1] = i;
  }
  return cells;
}
