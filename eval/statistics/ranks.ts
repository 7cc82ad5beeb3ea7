/**
 * The rank of each number among all, from 1 for the smallest; equal numbers share the mean of their
 * ranks.
 *
 * @param values The numbers, shape [N].
 * @returns Their ranks, shape [N].
 *
 * @example
 * ```ts
 * import { midRanks } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...midRanks([5, 7, 5, 1])], [2.5, 4, 2.5, 1]);
 * ```
 */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(order.length);
  for (let first = 0, last = 0; first < order.length; first = last) {
    while (last < order.length && values[order[last]!] === values[order[first]!]) last++;
    for (let i = first; i < last; i++) ranks[order[i]!] = (first + last + 1) / 2;
  }
  return ranks;
}
