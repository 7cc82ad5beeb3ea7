import { spearman } from "../../statistics/correlation.ts";
import type { AllFigures } from "../run/measure_all.ts";
import { SHORTCUT_KINDS, type ShortcutKind } from "../shortcuts/shortcut_kinds.ts";
import type { RowFigures } from "../texts/rows.ts";
import { predicts } from "../verdict/predictors.ts";
import { COLUMNS } from "./columns.ts";
import { bootstrapped, type Estimate, type EstimateOptions } from "./estimates.ts";

/** How well one cheap measure predicts a truth: nearness to exact Shapley values, or a shortcut. */
export interface Predictor {
  /** The measure. */
  readonly measure: string;
  /** What it should predict. */
  readonly truth: "shapley" | ShortcutKind["name"];
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

/** A truth, and the texts where it is known. */
interface Truth {
  readonly name: Predictor["truth"];
  /** What its figure is called. */
  readonly figure: string;
  readonly texts: readonly Readonly<Record<string, RowFigures>>[];
}

function truthsOf({ texts, planted }: AllFigures): Truth[] {
  return [
    { name: "shapley", figure: "shapley", texts: texts.map(({ rows }) => rows) },
    ...SHORTCUT_KINDS.map(({ name }): Truth => ({
      name,
      figure: "precision",
      texts: planted.filter(({ shortcut }) => shortcut === name).map(({ text }) => text.rows),
    })),
  ];
}

/**
 * How well cheap measures predict the truths, over explainers: nearness to exact Shapley values, and
 * how far planted words are pointed to, each on the same texts as the measure.
 *
 * @param figures What was measured.
 * @param explainers Names of the explainers.
 * @param options The seed of the resamples.
 * @returns A figure for each truth, measure and choice of rows; nothing with fewer than three rows.
 */
export function predictorsOf(
  figures: AllFigures,
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
  return truthsOf(figures).flatMap((truth) =>
    choices.flatMap(([rows, names]) => {
      if (names.length < 3) return [];
      return CHEAP.flatMap(({ name: measure, better }): Predictor[] => {
        const sign = better === "higher" ? 1 : -1;
        // Only texts where both are there for every row.
        const used = truth.texts.filter((text) =>
          names.every((row) =>
            text[row]?.[measure] !== undefined && text[row]?.[truth.figure] !== undefined
          )
        );
        if (used.length === 0) return [];
        const read = (column: string, sign: number) =>
          names.map((row) => used.map((text) => sign * text[row]![column]!));
        return [{
          measure,
          truth: truth.name,
          rows,
          ...estimates(read(measure, sign), read(truth.figure, 1), options),
        }];
      });
    })
  );
}

function estimates(metric: number[][], truth: number[][], options: EstimateOptions) {
  const found = predicts(metric, truth);
  const documents = truth[0]!.length;
  const sums = new Float64Array(metric.length), trueSums = new Float64Array(metric.length);
  // Ranks of sums are those of means.
  const sumUp = (rows: number[][], places: ArrayLike<number>, into: Float64Array) => {
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
      (places) => {
        let sum = 0;
        for (let i = 0; i < places.length; i++) sum += within[places[i]!]!;
        return sum / places.length;
      },
      fewer,
    ),
  };
}
