/** Σ of the Taylor series of erf, which has lost nothing for small x. */
function bySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= -x * x / n;
    sum += term / (2 * n + 1);
  }
  return 2 / Math.sqrt(Math.PI) * sum;
}

/** 1 − erf by its continued fraction, for large x (Abramowitz and Stegun 1964, 7.1.14). */
function complement(x: number): number {
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/**
 * The error function, 2/√π · ∫₀ˣ e^(−t²) dt, to about 1e-15.
 *
 * @param x Where.
 * @returns Its value.
 */
export function erf(x: number): number {
  if (x === 0) return x;
  const size = Math.abs(x);
  if (size < 2) return bySeries(x);
  return Math.sign(x) * (size > 6 ? 1 : 1 - complement(size));
}
