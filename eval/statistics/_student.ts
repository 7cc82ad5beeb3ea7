// @ts-types="./_jstat.d.ts"
import jstat from "jstat";

/** The quantile of Student's t distribution. */
export function studentQuantile(p: number, freedom: number): number {
  return jstat.jStat.studentt.inv(p, freedom);
}

/** The two-sided p-value of a t statistic: the share of Student's t distribution as far from 0. */
export function studentTwoSided(t: number, freedom: number): number {
  return Number.isFinite(t) ? 2 * jstat.jStat.studentt.cdf(-Math.abs(t), freedom) : 0;
}
