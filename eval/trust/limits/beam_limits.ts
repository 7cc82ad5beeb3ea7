import { Coalitions } from "@heatword/core";
import type { SetFunction } from "../set_function.ts";
import type { Limits } from "./exact_limits.ts";

/** A set of deleted words on the way. */
interface State {
  /** Bit i says that word i is deleted. */
  readonly set: bigint;
  /** The deleted words in the order of deletion. */
  readonly order: readonly number[];
  /** The sum of the drops so far. */
  readonly sum: number;
}

/** The better sum first; of equal sums the smaller set. */
function byValue(sign: 1 | -1) {
  return (a: State, b: State) =>
    sign * (b.sum - a.sum) || (a.set < b.set ? -1 : a.set > b.set ? 1 : 0);
}

/** Every way to delete one word more, equal sets merged. */
async function nextLayer(
  states: readonly State[],
  v: SetFunction,
  full: number,
  sign: 1 | -1,
): Promise<State[]> {
  const parents = new Map<bigint, State>();
  const values = new Map<bigint, number>();
  for (const { set, order, sum } of states) {
    const without = await v.withoutEach?.(order);
    for (let t = 0; t < v.words; t++) {
      const bit = 1n << BigInt(t);
      if (set & bit) continue;
      const grown = { set: set | bit, order: [...order, t], sum };
      const known = parents.get(grown.set);
      if (known === undefined || sign * (sum - known.sum) > 0) parents.set(grown.set, grown);
      if (without && !values.has(grown.set)) values.set(grown.set, without[t]!);
    }
  }
  const grown = [...parents.values()];
  const asked = grown.filter(({ set }) => !values.has(set));
  const found = await v.values(Coalitions.without(v.words, asked.map(({ order }) => order)));
  asked.forEach(({ set }, i) => values.set(set, found[i]!));
  return grown.map((state) => ({ ...state, sum: state.sum + full - values.get(state.set)! }));
}

/** The order that a beam finds, and its AOPC. */
export interface BeamOrder {
  /** The words in the order of deletion. */
  readonly order: readonly number[];
  /** The AOPC of comprehensiveness in this order. */
  readonly aopc: number;
}

/**
 * The order of deletion with the largest (or smallest) AOPC that a beam search over sets of deleted
 * words finds. With a width of 1 it is greedy: the word with the largest drop goes next.
 *
 * @param v What is measured.
 * @param towards Whether the largest AOPC is looked for, or the smallest.
 * @param width How many sets are kept of each size. @default {5}
 * @param signal Stops it between sizes.
 * @returns A real order, so its AOPC is within the limits; exact for additive functions, and where
 * the width is at least the number of sets of half the words.
 * @throws {RangeError} If the width is not a positive integer.
 *
 * @example
 * ```ts
 * import { beamOrder, tableFunction } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const found = await beamOrder(tableFunction([0, 1, 3, 4]), "largest");
 * assertEquals(found, { order: [1, 0], aopc: 3.5 });
 * ```
 */
export async function beamOrder(
  v: SetFunction,
  towards: "largest" | "smallest",
  width = 5,
  signal?: AbortSignal,
): Promise<BeamOrder> {
  if (!Number.isInteger(width) || width < 1) {
    throw new RangeError(`Cannot search with a width of ${width}: it is a positive integer`);
  }
  const sign = towards === "largest" ? 1 : -1;
  const full = (await v.values(new Coalitions(v.words, 1)))[0]!;
  let states: State[] = [{ set: 0n, order: [], sum: 0 }];
  for (let k = 1; k <= v.words; k++) {
    signal?.throwIfAborted();
    states = (await nextLayer(states, v, full, sign)).sort(byValue(sign)).slice(0, width);
  }
  const { order, sum } = states[0]!;
  return { order, aopc: v.words === 0 ? 0 : sum / v.words };
}

/**
 * Limits of AOPC by two beam searches: within the true ones.
 *
 * @param v What is measured.
 * @param width How many sets are kept of each size. @default {5}
 * @param signal Stops it between sizes.
 */
export async function beamLimits(
  v: SetFunction,
  width = 5,
  signal?: AbortSignal,
): Promise<Limits> {
  const { aopc: upper } = await beamOrder(v, "largest", width, signal);
  const { aopc: lower } = await beamOrder(v, "smallest", width, signal);
  return { upper, lower };
}
