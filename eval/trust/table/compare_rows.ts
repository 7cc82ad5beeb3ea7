import { holm } from "../../statistics/holm.ts";
import { meanOf } from "../../statistics/mean.ts";
import { signFlipTest } from "../../statistics/sign_flip.ts";
import type { Column } from "../measures/column.ts";
import { type Numbers, pairsOf } from "./column_numbers.ts";
import { type Estimate, estimateOf, type EstimateOptions } from "./estimates.ts";
import { estimateOverModels, pOverModels } from "./over_models.ts";

/** How one explainer stands against another in a column. */
export interface Compared {
  /** The column. */
  readonly measure: string;
  /** The mean of the first, over the texts where both are defined. */
  readonly first: number;
  /** The mean of the second, over the same texts. */
  readonly second: number;
  /** By how much the first is better, paired by texts; below 0 where it is worse. */
  readonly gain: Estimate;
  /**
   * The p-value of that gain, by Holm's method over all columns: over texts, and with five trained
   * models or more the larger of that and the one over models.
   */
  readonly p: number;
  /**
   * What follows at the level of 0.05; with five trained models or more the interval of the gain, which
   * is over models then, must not hold 0 either.
   */
  readonly answer: "ahead" | "behind" | "open";
}

/** Whether one explainer is ahead of another, column by column. */
export interface Comparison {
  /** The two explainers. */
  readonly rows: readonly [string, string];
  /** The columns that both have. */
  readonly columns: readonly Compared[];
}

const LEVEL = 0.05;

/** Whether models trained alike may as well have no gain, where the interval is over them. */
const holdsZeroOverModels = ({ overTexts, low, high }: Estimate) =>
  overTexts !== undefined && low! <= 0 && high! >= 0;

/** The columns in which being better means something. */
const isCompared = ({ aspect, summary }: Column) =>
  aspect !== "cost" && aspect !== "limits" && summary === undefined;

/**
 * Compares two rows of a table in every column that tells which is better.
 *
 * @param rows The two rows.
 * @param columns The columns.
 * @param numbers The numbers of a column, by row.
 * @param ofModels The same for each of several models.
 * @param options The seed of the resamples.
 * @returns What is found in each column that both rows have, over the same texts.
 */
export function compareRows(
  rows: readonly [string, string],
  columns: readonly Column[],
  numbers: (column: Column) => Numbers,
  ofModels: readonly ((column: Column) => Numbers)[],
  options: EstimateOptions,
): Comparison {
  const found = columns.filter(isCompared).flatMap((column) => {
    const sign = column.better === "higher" ? 1 : -1;
    const pairsIn = (from: Numbers) => {
      const [first, second] = rows.map((row) => from.get(row));
      return first && second ? pairsOf(first, second) : [];
    };
    const gainsOf = (pairs: ReturnType<typeof pairsIn>) =>
      pairs.map(([first, second]) => sign * (first - second));
    const pairs = pairsIn(numbers(column));
    if (pairs.length === 0) return [];
    const gains = gainsOf(pairs);
    const each = ofModels.map((from) => gainsOf(pairsIn(from(column))))
      .filter((gains) => gains.length > 0);
    return [{
      measure: column.name,
      first: meanOf(pairs.map(([first]) => first)),
      second: meanOf(pairs.map(([, second]) => second)),
      gain: estimateOverModels(estimateOf(gains, "mean", options), each, options),
      p: pOverModels(signFlipTest(gains, options), each),
    }];
  });
  const adjusted = holm(found.map(({ p }) => p));
  return {
    rows,
    columns: found.map((one, i) => {
      const p = adjusted[i]!;
      const isOpen = p >= LEVEL || holdsZeroOverModels(one.gain);
      return { ...one, p, answer: isOpen ? "open" : one.gain.value > 0 ? "ahead" : "behind" };
    }),
  };
}
