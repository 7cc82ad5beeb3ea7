/**
 * The least multiple of a number that is no less than a value: how much room is set aside where rows
 * begin at full registers.
 *
 * @param value The value.
 * @param multiple What it is to be a multiple of.
 *
 * @example
 * ```ts
 * import { roundUp } from "@heatword/core/round-up";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([roundUp(5, 4), roundUp(8, 4), roundUp(0, 4)], [8, 8, 0]);
 * ```
 */
export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
