import { FEWEST_JUDGED } from "../statistics/fewest_judged.ts";
import type { Measured } from "./claim.ts";

/** A difference that is above 0 where a claim holds. */
export interface Margin {
  /** The difference. */
  readonly difference: number;
  /** Its 95 % interval. */
  readonly interval: readonly [low: number, high: number];
}

/** The result of a comparison: the figures to show, and whether it holds. */
export interface Comparison {
  readonly figures: Extract<Measured, object>;
  readonly pass: boolean | null;
}

/**
 * Judges a claim that compares: it holds where every one of its differences exceeds its 95 %
 * interval, that is, where the whole interval lies above 0. (A claim that is made of several needs
 * all of them, so that no correction for their number is due.) The narrowest is shown.
 *
 * @param margins The differences; at least one.
 * @param documents How many documents they were measured on.
 */
export function compare(margins: readonly Margin[], documents: number): Comparison {
  const narrowest = margins.reduce((one, other) =>
    other.interval[0] < one.interval[0] ? other : one
  );
  const { difference, interval } = narrowest;
  const figures = { difference, interval };
  if (documents < FEWEST_JUDGED) {
    const notJudged = `${documents} documents are fewer than ${FEWEST_JUDGED}`;
    return { figures: { ...figures, notJudged }, pass: null };
  }
  const known = margins.every(({ interval }) => interval.every((end) => !Number.isNaN(end)));
  return { figures, pass: known ? interval[0] > 0 : null };
}
