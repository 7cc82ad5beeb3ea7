import { Coalitions, type Random } from "@heatword/core";
import { shuffledWords } from "../../deletion/rank_words.ts";
import type { SetFunction } from "../set_function.ts";

/** A set of deleted words: what the model lost, what the explanation said, how likely it is drawn. */
export interface DeletedSet {
  /** d(D) = v(N) − v(N∖D). */
  readonly drop: number;
  /** s(D), the sum of the relevances of the deleted words. */
  readonly relevance: number;
  /** Its probability; all probabilities sum to 1. */
  readonly weight: number;
}

/** How sets of deleted words are drawn. */
export type DeletionLaw = "size" | "half";

/** Infidelity before and after the best scale. */
export interface Infidelity {
  /** E[(d − s)²]. */
  readonly raw: number;
  /** The best scale that is not negative, β = max(0, E[ds] / E[s²]). */
  readonly beta: number;
  /** E[(d − βs)²]. */
  readonly scaled: number;
  /** E[(d − βs)²] / E[d²], in [0, 1]; low is good; undefined where every drop is 0. */
  readonly normalised: number | undefined;
}

/**
 * Infidelity (Yeh et al. 2019): how far the drop after deleting words is from the sum of their
 * relevances. The scale β may not be negative: with a free one an inverted explanation would do as
 * well as the right one.
 *
 * @param sets Deleted sets with their probabilities.
 * @returns Infidelity, raw and at the best scale.
 */
export function infidelityOf(sets: Iterable<DeletedSet>): Infidelity {
  let drops = 0, products = 0, squares = 0;
  for (const { drop, relevance, weight } of sets) {
    drops += weight * drop ** 2;
    products += weight * drop * relevance;
    squares += weight * relevance ** 2;
  }
  const beta = squares === 0 ? 0 : Math.max(0, products / squares);
  let raw = 0, scaled = 0;
  for (const { drop, relevance, weight } of sets) {
    raw += weight * (drop - relevance) ** 2;
    scaled += weight * (drop - beta * relevance) ** 2;
  }
  return { raw, beta, scaled, normalised: drops === 0 ? undefined : scaled / drops };
}

/** The number of sets of k of n words. */
function binomial(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product = product * (n - k + i) / i;
  return Math.round(product);
}

/**
 * Exact infidelity over all non-empty sets of deleted words.
 *
 * @param relevance Relevance of each word, signed; shape [n].
 * @param values v(N∖D) at index D, whose bit i says that word i is deleted; shape [2ⁿ].
 * @param law `size`: first how many words, each number as likely, then which; the sets that Shapley
 * values weigh alike. `half`: each set as likely. @default {"size"}
 * @returns Infidelity, raw and at the best scale.
 *
 * @example
 * ```ts
 * import { exactInfidelity } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * // An additive function: its own weights have no infidelity, inverted ones the most there is.
 * assertEquals(exactInfidelity([1, 3], [4, 3, 1, 0]).normalised, 0);
 * assertEquals(exactInfidelity([-1, -3], [4, 3, 1, 0]).normalised, 1);
 * ```
 */
export function exactInfidelity(
  relevance: ArrayLike<number>,
  values: ArrayLike<number>,
  law: DeletionLaw = "size",
): Infidelity {
  const n = Math.round(Math.log2(values.length));
  const sums = new Float64Array(values.length);
  const sizes = new Uint8Array(values.length);
  const sets: DeletedSet[] = [];
  for (let set = 1; set < values.length; set++) {
    const before = set & (set - 1);
    sums[set] = sums[before]! + relevance[31 - Math.clz32(set ^ before)]!;
    sizes[set] = sizes[before]! + 1;
    const weight = law === "half" ? 1 / (values.length - 1) : 1 / (n * binomial(n, sizes[set]!));
    sets.push({ drop: values[0]! - values[set]!, relevance: sums[set]!, weight });
  }
  return infidelityOf(sets);
}

/**
 * Infidelity over drawn sets of deleted words, the same for every explanation: first how many words,
 * each number as likely, then which.
 *
 * @param v What is measured.
 * @param random Draws the sets.
 * @param sets How many.
 * @returns Gives the infidelity of relevances, shape [n].
 */
export async function drawnInfidelity(
  v: SetFunction,
  random: Random,
  sets: number,
): Promise<(relevance: ArrayLike<number>) => Infidelity> {
  const drawn = v.words === 0 ? [] : Array.from({ length: sets }, () => {
    const size = 1 + random.below(v.words);
    return [...shuffledWords(v.words, random).subarray(0, size)];
  });
  const full = (await v.values(new Coalitions(v.words, 1)))[0]!;
  const values = await v.values(Coalitions.without(v.words, drawn));
  return (relevance) =>
    infidelityOf(drawn.map((set, m) => ({
      drop: full - values[m]!,
      relevance: set.reduce((sum, t) => sum + relevance[t]!, 0),
      weight: 1 / drawn.length,
    })));
}
