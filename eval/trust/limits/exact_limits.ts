/** The best and worst that any order of deletion reaches. */
export interface Limits {
  /** The largest AOPC of comprehensiveness, and of sufficiency. */
  readonly upper: number;
  /** The smallest. */
  readonly lower: number;
}

/** Limits that are exact, and what a random order reaches. */
export interface ExactLimits extends Limits {
  /** The mean over all orders. */
  readonly randomOrders: number;
}

/**
 * The limits of AOPC over all n! orders, by dynamic programming over the 2ⁿ sets of deleted words:
 * W(D) = d(D) + max over the word deleted last of W without it (after Edin et al. 2025, who walk
 * through the orders). Comprehensiveness and sufficiency have the same limits, since one is the
 * other with the order reversed.
 *
 * @param values v(N∖D) at index D, whose bit i says that word i is deleted; shape [2ⁿ].
 * @returns Upper and lower limit, and the mean over all orders; 0 for no words.
 *
 * @example
 * ```ts
 * import { exactLimits } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * // Word 0 adds 1, word 1 adds 3: deleting 1 first drops 3 and 4, deleting 0 first 1 and 4.
 * assertEquals(exactLimits([4, 3, 1, 0]), { upper: 3.5, lower: 2.5, randomOrders: 3 });
 * ```
 */
export function exactLimits(values: ArrayLike<number>): ExactLimits {
  const size = values.length;
  const words = Math.round(Math.log2(size));
  if (words === 0) return { upper: 0, lower: 0, randomOrders: 0 };
  const full = values[0]!;
  const best = new Float64Array(size), worst = new Float64Array(size);
  const dropSums = new Float64Array(words + 1), sets = new Float64Array(words + 1);
  for (let set = 1; set < size; set++) {
    let most = -Infinity, least = Infinity, count = 0;
    for (let left = set; left !== 0; left &= left - 1) {
      const before = set ^ left & -left;
      if (best[before]! > most) most = best[before]!;
      if (worst[before]! < least) least = worst[before]!;
      count++;
    }
    const drop = full - values[set]!;
    best[set] = drop + most;
    worst[set] = drop + least;
    dropSums[count]! += drop;
    sets[count]!++;
  }
  let random = 0;
  for (let k = 1; k <= words; k++) random += dropSums[k]! / sets[k]!;
  return {
    upper: best[size - 1]! / words,
    lower: worst[size - 1]! / words,
    randomOrders: random / words,
  };
}
