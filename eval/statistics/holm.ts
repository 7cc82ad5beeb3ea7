/**
 * Adjusts p-values of several tests by Holm's method (1979), which bounds the chance of any false
 * rejection: the k-th smallest of m is multiplied by m − k + 1; none falls below a smaller one, none
 * exceeds 1.
 *
 * @param pValues The p-value of each test.
 * @returns The adjusted p-values, in the same order.
 * @throws {RangeError} If one does not lie between 0 and 1.
 *
 * @example
 * ```ts
 * import { holm } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`Cannot adjust ${wrong}: it is not a p-value`);
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((test, rank) => {
    largest = Math.max(largest, (pValues.length - rank) * pValues[test]!);
    adjusted[test] = Math.min(1, largest);
  });
  return adjusted;
}
