/**
 * Exact Shapley values by their definition, from the values of all sets.
 *
 * @param deleted v(N∖D) at index D, whose bit i says that word i is deleted; shape [2ⁿ].
 * @returns The Shapley value of each word, shape [n].
 *
 * @example
 * ```ts
 * import { shapleyBySets } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * // Only both words together count, so each has half of it.
 * assertEquals([...shapleyBySets([1, 0, 0, 0])], [0.5, 0.5]);
 * ```
 */
export function shapleyBySets(deleted: ArrayLike<number>): Float64Array {
  const n = Math.round(Math.log2(deleted.length));
  // A set of k other words before a word: k! (n − k − 1)! / n!, by recursion over k.
  const weights = new Float64Array(Math.max(1, n));
  weights[0] = 1 / Math.max(1, n);
  for (let k = 1; k < n; k++) weights[k] = weights[k - 1]! * k / (n - k);
  const values = new Float64Array(n);
  const sizes = new Uint8Array(deleted.length);
  for (let set = 0; set < deleted.length; set++) {
    if (set > 0) sizes[set] = sizes[set & (set - 1)]! + 1;
    for (let t = 0; t < n; t++) {
      if (set >> t & 1) continue;
      values[t]! += weights[sizes[set]!]! * (deleted[set]! - deleted[set | 1 << t]!);
    }
  }
  return values;
}
