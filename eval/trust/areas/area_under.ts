/**
 * The area under a curve over the unit interval, at points that are equally far from each other, by
 * the trapezoid rule.
 *
 * @param values The curve at 0, 1/n … 1; shape [n + 1].
 * @returns The area; of a single point its value.
 *
 * @example
 * ```ts
 * import { areaUnder } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(areaUnder([1, 0.5, 0]), 0.5);
 * ```
 */
export function areaUnder(values: ArrayLike<number>): number {
  const last = values.length - 1;
  if (last === 0) return values[0]!;
  let area = (values[0]! + values[last]!) / 2;
  for (let k = 1; k < last; k++) area += values[k]!;
  return area / last;
}
