/**
 * The mean of some numbers.
 *
 * @param values The numbers.
 * @returns Their mean; NaN of none.
 */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
