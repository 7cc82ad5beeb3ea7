import type { LedgerEntry } from "@heatword/core";

/** Relevance on its way down. */
export interface Flow {
  /** The relevance of each element, in float64. */
  readonly relevance: Float64Array;
  /**
   * What of it is in proportion to the element's value, over the value; the rest are shares of biases
   * and stabilisers. Computed when a layer asks for it.
   */
  readonly multipliers: () => Float64Array;
}

/** What became of the relevance at a layer. */
export interface Step extends Flow {
  /** The line of the ledger. */
  readonly entry: LedgerEntry;
}

/** The sum of relevances. */
export function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** A field of an entry that is there only if it is something. */
export const keptIn = (kept: number) => kept === 0 ? {} : { kept };
