import { spearman } from "../../statistics/correlation.ts";
import type { TextFigures } from "../texts/measure_text.ts";
import { predicts } from "../verdict/predictors.ts";
import { COLUMNS } from "./columns.ts";
import { bootstrapped, type Estimate, type EstimateOptions } from "./estimates.ts";

/** How well one cheap measure predicts nearness to exact Shapley values. */
export interface Predictor {
  /** The measure. */
  readonly measure: string;
  /** What it should predict. */
  readonly truth: "shapley";
  /** Which rows take part. */
  readonly rows: "all" | "without estimates of Shapley values" | "without these and random";
  /** Spearman over rows of the means over texts; null where it is not defined. */
  readonly acrossExplainers: Estimate | null;
  /** The mean over texts of Spearman over rows within each; null likewise. */
  readonly perDocument: Estimate | null;
}

/** They estimate the truth, so they agree with it whatever a measure says. */
const ESTIMATES = ["shapley", "sampled-shapley", "kernel-shap"];

/** Measures that know the truth predict nothing. */
const CHEAP = COLUMNS.filter(({ kind, aspect }) => kind === "behaviour" || aspect === "deletion");

/**
 * How well cheap measures predict nearness to exact Shapley values, over explainers.
 *
 * @param texts What was measured of each text.
 * @param explainers Names of the explainers.
 * @param options The seed of the resamples.
 * @returns A figure for each measure and choice of rows; nothing with fewer than three rows.
 */
export function predictorsOf(
  texts: readonly TextFigures[],
  explainers: readonly string[],
  options: EstimateOptions = {},
): Predictor[] {
  const choices = [
    ["all", explainers],
    ["without estimates of Shapley values", explainers.filter((row) => !ESTIMATES.includes(row))],
    [
      "without these and random",
      explainers.filter((row) => ![...ESTIMATES, "random"].includes(row)),
    ],
  ] as const;
  return choices.flatMap(([rows, names]) => {
    if (names.length < 3) return [];
    return CHEAP.flatMap(({ name: measure, better }): Predictor[] => {
      const sign = better === "higher" ? 1 : -1;
      // Only texts where both are there for every row.
      const used = texts.filter((text) =>
        names.every((row) =>
          text.rows[row]?.[measure] !== undefined && text.rows[row]?.shapley !== undefined
        )
      );
      if (used.length === 0) return [];
      const read = (column: string, sign: number) =>
        names.map((row) => used.map((text) => sign * text.rows[row]![column]!));
      return [{
        measure,
        truth: "shapley",
        rows,
        ...estimates(read(measure, sign), read("shapley", 1), options),
      }];
    });
  });
}

function estimates(metric: number[][], truth: number[][], options: EstimateOptions) {
  const found = predicts(metric, truth);
  const documents = truth[0]!.length;
  const sums = new Float64Array(metric.length), trueSums = new Float64Array(metric.length);
  // Ranks of sums are those of means.
  const sumUp = (rows: number[][], places: Int32Array, into: Float64Array) => {
    rows.forEach((row, r) => {
      let sum = 0;
      for (let i = 0; i < places.length; i++) sum += row[places[i]!]!;
      into[r] = sum;
    });
    return into;
  };
  const within: number[] = [];
  for (let i = 0; i < documents; i++) {
    const value = spearman(metric.map((row) => row[i]!), truth.map((row) => row[i]!));
    if (value !== undefined) within.push(value);
  }
  const fewer = { ...options, resamples: Math.min(2_000, options.resamples ?? 2_000) };
  return {
    acrossExplainers: found.acrossExplainers === undefined ? null : bootstrapped(
      documents,
      (places) => spearman(sumUp(metric, places, sums), sumUp(truth, places, trueSums)) ?? 0,
      fewer,
    ),
    perDocument: within.length === 0 ? null : bootstrapped(
      within.length,
      (places) => places.reduce((sum, i) => sum + within[i]!, 0) / places.length,
      fewer,
    ),
  };
}
