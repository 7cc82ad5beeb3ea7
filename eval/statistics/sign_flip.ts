import { Random } from "@heatword/core";

/** Options of {@linkcode signFlipTest}. */
export interface SignFlipOptions {
  /** Up to how many differences all flips are counted; above, they are drawn. @default {12} */
  readonly exactUpTo?: number;
  /** How many flips are drawn. @default {10000} */
  readonly flips?: number;
  /** Where the randomness starts. @default {0} */
  readonly seed?: number;
}

/** Sums that differ by rounding alone count as equal. */
const ROUNDING = 1e-12;

/**
 * The two-sided p-value of paired differences, by flipping their signs (Fisher's randomisation
 * test): the share of flips whose sum is at least as far from 0 as the sum itself. Where flips are
 * drawn, the sum itself counts among them, (1 + #) / (1 + flips).
 *
 * @param differences One difference for each unit, e.g. each document.
 * @param options Until when all flips are counted, how many are drawn, and the seed.
 * @returns The p-value; 1 without differences.
 *
 * @example
 * ```ts
 * import { signFlipTest } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(signFlipTest([1, 1, 1, 1]), 2 / 16);
 * ```
 */
export function signFlipTest(
  differences: ArrayLike<number>,
  { exactUpTo = 12, flips = 10_000, seed = 0 }: SignFlipOptions = {},
): number {
  // Zeros stay what they are, whatever their sign; leaving them out changes no share.
  const values = Array.from(differences).filter((value) => value !== 0);
  const n = values.length;
  const observed = Math.abs(values.reduce((sum, value) => sum + value, 0)) - ROUNDING;
  const isFar = (sum: number) => Math.abs(sum) >= observed;
  if (n <= exactUpTo) {
    let far = 0;
    for (let signs = 0; signs < 2 ** n; signs++) {
      far += isFar(values.reduce((sum, value, i) => sum + (signs >> i & 1 ? -value : value), 0))
        ? 1
        : 0;
    }
    return far / 2 ** n;
  }
  const random = new Random(seed);
  let far = 1;
  for (let flip = 0; flip < flips; flip++) {
    let sum = 0, signs = 0;
    for (let i = 0; i < n; i++) {
      signs = i % 32 === 0 ? random.bits() : signs >>> 1;
      sum += (signs & 1) === 0 ? values[i]! : -values[i]!;
    }
    if (isFar(sum)) far++;
  }
  return far / (1 + flips);
}
