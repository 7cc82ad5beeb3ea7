// @ts-types="./_jstat.d.ts"
import jstat from "jstat";

/** Φ(x), the distribution function of the standard normal distribution. */
export function normalCdf(x: number): number {
  return jstat.jStat.normal.cdf(x, 0, 1);
}

/** Φ⁻¹(p), its quantile; ∓∞ at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  return p >= 1 ? Infinity : jstat.jStat.normal.inv(p, 0, 1);
}
