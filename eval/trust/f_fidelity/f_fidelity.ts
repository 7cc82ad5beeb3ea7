import { Coalitions, type Random } from "@heatword/core";
import { meanOf } from "../../statistics/mean.ts";
import { wordsOfShare } from "../faithfulness/aopc.ts";
import type { SetFunction } from "../set_function.ts";

/** Shares in whole per cent. */
export interface FFidelityOptions {
  /** Which share of the words counts as the top, q. */
  readonly percent: number;
  /** The most of the top (or of the rest) that is deleted at once, α. @default {50} */
  readonly alpha?: number;
  /** The most of all words that is deleted at once, β. @default {10} */
  readonly beta?: number;
  /** How many sets are drawn where there are more. @default {50} */
  readonly draws?: number;
}

/** The drop after deleting some of the top words, and some of the others. */
export interface FFidelity {
  /** The mean drop after deleting words of the top. */
  readonly plus: number;
  /** The mean drop after deleting others; undefined where the top is all. */
  readonly minus: number | undefined;
  /** How many words are deleted at once of the top, and of the others. */
  readonly removed: readonly [plus: number, minus: number];
}

/** All sets of m of some words, or undefined where there are more than allowed. */
function allSets(pool: readonly number[], m: number, most: number): number[][] | undefined {
  const sets: number[][] = [];
  const grow = (set: number[], from: number): boolean => {
    if (set.length === m) return sets.push(set) <= most;
    for (let i = from; i <= pool.length - (m - set.length); i++) {
      if (!grow([...set, pool[i]!], i + 1)) return false;
    }
    return true;
  };
  return grow([], 0) ? sets : undefined;
}

/**
 * F-Fidelity (Zheng et al. 2025): what deleting a few words of the top costs, against a few of the
 * rest. Few enough that a model trained with word dropout has seen such texts.
 *
 * @param order The words by decreasing relevance, shape [n]; n ≥ 1.
 * @param v What is measured, of a model that has seen texts with words missing.
 * @param random Draws sets where there are more than `draws`.
 * @param options Shares, in whole per cent.
 * @returns The mean drops.
 *
 * @example
 * ```ts
 * import { Random } from "@heatword/core";
 * import { fFidelity, tableFunction } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const v = tableFunction([0, 1, 3, 4]); // Word 0 adds 1, word 1 adds 3.
 * const { plus, minus } = await fFidelity([1, 0], v, new Random(0), { percent: 50 });
 * assertEquals([plus, minus], [3, 1]);
 * ```
 */
export async function fFidelity(
  order: ArrayLike<number>,
  v: SetFunction,
  random: Random,
  { percent, alpha = 50, beta = 10, draws = 50 }: FFidelityOptions,
): Promise<FFidelity> {
  const words = Array.from(order);
  const k = wordsOfShare(percent, words.length);
  const full = (await v.values(new Coalitions(v.words, 1)))[0]!;
  const removedOf = (pool: readonly number[]) => {
    if (pool.length === 0) return 0;
    const share = (of: number, size: number) => Math.floor(of * size / 100);
    return Math.max(1, Math.min(share(alpha, pool.length), share(beta, words.length)));
  };
  const dropOf = async (pool: readonly number[]) => {
    const m = removedOf(pool);
    const sets = allSets(pool, m, draws) ??
      Array.from({ length: draws }, () => [...random.shuffle(Int32Array.from(pool))].slice(0, m));
    const values = await v.values(Coalitions.without(v.words, sets));
    return full - meanOf(values);
  };
  const [top, others] = [words.slice(0, k), words.slice(k)];
  return {
    plus: await dropOf(top),
    minus: others.length === 0 ? undefined : await dropOf(others),
    removed: [removedOf(top), removedOf(others)],
  };
}
