import { Coalitions, type Random } from "@heatword/core";
import { shuffledWords } from "../../deletion/rank_words.ts";
import { meanOf } from "../../statistics/mean.ts";
import { valuesOfAllSets } from "../limits/all_sets.ts";
import { beamLimits } from "../limits/beam_limits.ts";
import { exactLimits, type Limits } from "../limits/exact_limits.ts";
import { deletingOneByOne, type SetFunction } from "../set_function.ts";

/** How limits are found. */
export interface LimitOptions {
  /** Up to how many words they are exact. @default {16} */
  readonly exactWords?: number;
  /** How wide the beam is above. @default {5} */
  readonly beam?: number;
  /** Above how many words they are not looked for at all. @default {60} */
  readonly mostWords?: number;
  /** How many random orders estimate the floor where it is not exact. @default {10} */
  readonly randomOrders?: number;
}

/** The limits of one readout of one text. */
export interface TextLimits extends Limits {
  /** Whether they are exact; else they were reached by some order, and may be too narrow. */
  readonly isExact: boolean;
  /** The mean over random orders. */
  readonly floor: number;
  /** v(N∖D) for every set D, where all were scored; shape [2ⁿ]. */
  readonly allSets?: Float64Array;
}

/** Up to how many words limits are looked for. */
export function mostWordsOf({ exactWords = 16, mostWords = 60 }: LimitOptions = {}): number {
  return Math.max(exactWords, mostWords);
}

/** The mean AOPC of some random orders. */
async function floorOf(v: SetFunction, orders: number, random: Random): Promise<number> {
  const found: number[] = [];
  for (let run = 0; run < orders; run++) {
    const values = await v.values(deletingOneByOne(shuffledWords(v.words, random)));
    found.push(values[0]! - meanOf(Array.from(values).slice(1)));
  }
  return meanOf(found);
}

/**
 * The limits of AOPC of one text: exact for few words, by beam search for more, not measured for
 * many.
 *
 * @param v What is measured.
 * @param random Draws orders where the floor is not exact.
 * @param options Up to how many words, and how wide the beam is.
 * @returns The limits; undefined for texts that are too long, or have no words.
 */
export async function textLimits(
  v: SetFunction,
  random: Random,
  options: LimitOptions = {},
): Promise<TextLimits | undefined> {
  const { exactWords = 16, beam = 5, randomOrders = 10 } = options;
  if (v.words === 0 || v.words > mostWordsOf(options)) return undefined;
  if (v.words <= exactWords) {
    const allSets = await valuesOfAllSets(v);
    const { upper, lower, randomOrders: floor } = exactLimits(allSets);
    return { upper, lower, floor, isExact: true, allSets };
  }
  const limits = await beamLimits(v, beam);
  return { ...limits, floor: await floorOf(v, randomOrders, random), isExact: false };
}

/** The whole text's number. */
export async function wholeValue(v: SetFunction): Promise<number> {
  return (await v.values(new Coalitions(v.words, 1)))[0]!;
}
