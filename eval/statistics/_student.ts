// @ts-types="./_jstat.d.ts"
import jstat from "jstat";

/** The quantile of Student's t distribution. */
export function studentQuantile(p: number, freedom: number): number {
  return jstat.jStat.studentt.inv(p, freedom);
}
