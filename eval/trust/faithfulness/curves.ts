import { areaUnder } from "../areas/area_under.ts";
import type { SetFunction } from "../set_function.ts";
import { faithfulness } from "./aopc.ts";

/** The figures of one readout as words are deleted, and as they are kept, in one order. */
export interface Curves {
  /** AOPC of comprehensiveness. */
  readonly comp: number;
  /** AOPC of sufficiency. */
  readonly suff: number;
  /** Comprehensiveness at the shares of ERASER. */
  readonly compBins: number;
  /** Sufficiency at the shares of ERASER. */
  readonly suffBins: number;
  /** The area under the readout as words are deleted. */
  readonly deletion: number;
  /** The area under the readout as words are inserted. */
  readonly insertion: number;
}

/**
 * What becomes of a readout as words are deleted and kept.
 *
 * @param relevance Relevance of each word, shape [n].
 * @param v The readout.
 * @param full Its value for the whole text.
 */
export async function curvesOf(
  relevance: ArrayLike<number>,
  v: SetFunction,
  full: number,
): Promise<Curves> {
  const found = await faithfulness(relevance, v);
  const left = (drops: Float64Array) => drops.map((drop) => full - drop);
  return {
    comp: found.comprehensiveness,
    suff: found.sufficiency,
    compBins: found.comprehensivenessBins,
    suffBins: found.sufficiencyBins,
    deletion: areaUnder([full, ...left(found.comprehensivenessCurve)]),
    insertion: areaUnder([...left(found.sufficiencyCurve), full]),
  };
}
