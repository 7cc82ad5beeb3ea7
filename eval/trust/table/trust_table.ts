import type { HybridFigures } from "../hybrids/measure_hybrid.ts";
import type { PairFigures, TextFigures } from "../texts/measure_text.ts";
import type { Column } from "../measures/column.ts";
import { MEASURES } from "../measures/registry.ts";
import { withExplanatoryPower } from "../neighbours/explanatory_powers.ts";
import { FEWEST_JUDGED } from "../../statistics/fewest_judged.ts";
import { CONTROLS } from "../texts/rows.ts";
import { type Answer, VERDICT_VERSION, type VerdictFigures, verdicts } from "../verdict/verdict.ts";
import type { AllFigures } from "../run/measure_all.ts";
import type { PlantedFigures } from "../shortcuts/measure_planted.ts";
import type { ShortcutReport } from "../shortcuts/shortcut_report.ts";
import { alignModels, averageModels } from "./average_models.ts";
import { checkControls } from "./check_controls.ts";
import { compareRows, type Comparison } from "./compare_rows.ts";
import { columnNumbers, definedNumbers } from "./column_numbers.ts";
import { COLUMNS } from "./columns.ts";
import { type Estimate, estimateOf, type EstimateOptions } from "./estimates.ts";
import { estimateOverModels } from "./over_models.ts";
import { type Predictor, predictorsOf } from "./predictors_of.ts";
import type { TrustRow } from "./trust_row.ts";
import { verdictFigures } from "./verdict_figures.ts";

/** The verdict on an explainer, with the numbers that decided it. */
export interface TrustVerdict {
  /** The explainer. */
  readonly explainer: string;
  /** The answer. */
  readonly verdict: Answer;
  /** The column that decided. */
  readonly column?: string;
  /** The row that it lost against. */
  readonly against?: string;
  /** What was compared in each column of the verdict. */
  readonly figures: Readonly<Record<string, VerdictFigures>>;
}

/** How far two explainers agree, mean over texts; null where one gives no signs or ranks. */
export interface Agreements {
  /** The explainers. */
  readonly explainers: readonly [string, string];
  /** Kendall's τ-b. */
  readonly tauB: Estimate | null;
  /** The share of the ten largest words that both have. */
  readonly overlap: Estimate | null;
  /** The share of the ten largest words that both have with the same sign. */
  readonly signOverlap: Estimate | null;
  /** The share of words with the same sign. */
  readonly signs: Estimate | null;
}

/** A column that was not measured, and why. */
export interface NotMeasured {
  /** The column. */
  readonly measure: string;
  /** Why. */
  readonly why: string;
}

/** The table. */
export interface TrustTable {
  /** How many texts were explained. */
  readonly documents: number;
  /** How many seeds there were: of trained models, or of explainers that sample. */
  readonly seeds: number;
  /** How many trained models were measured; the figures are means over them. */
  readonly models: number;
  /** The version of the columns and of the rule of verdicts. */
  readonly version: number;
  /** The bounds of the rule. */
  readonly rule: { readonly margin: number; readonly level: number; readonly few: number };
  /** One row an explainer, then the controls. */
  readonly rows: readonly TrustRow[];
  /** One verdict an explainer. */
  readonly verdicts: readonly TrustVerdict[];
  /** How well each cheap measure predicts nearness to Shapley values. */
  readonly predictors: readonly Predictor[];
  /** Mean agreement of pairs of explainers. */
  readonly agreements: readonly Agreements[];
  /** What was left out, and how often. */
  readonly counts: Readonly<Record<string, number>>;
  /** What else is worth knowing, a sentence each. */
  readonly notes: readonly string[];
  /** How two explainers compare in every column, where that was asked for. */
  readonly comparison?: Comparison;
  /** How the shortcuts were learned that were planted, by each model. */
  readonly shortcuts: readonly ShortcutReport[];
  /** What was not measured, and why. */
  readonly notMeasured: readonly NotMeasured[];
}

/** The bounds of the rule of verdicts. */
const RULE = { margin: 0.05, level: 0.05, few: FEWEST_JUDGED } as const;

function agreementsOf(
  all: readonly TextFigures[],
  explainers: readonly string[],
  options: EstimateOptions,
) {
  const texts = all.filter(({ agreements }) => agreements.length > 0);
  if (texts.length === 0) return [];
  const resamples = Math.min(2_000, options.resamples ?? 2_000);
  const pairs = explainers.flatMap((a, i) => explainers.slice(i + 1).map((b) => [a, b] as const));
  return pairs.map((pair, p): Agreements => {
    const meanOfAll = (look: keyof PairFigures) => {
      const values = texts.map(({ agreements }) => agreements[p]![look])
        .filter((value) => value !== undefined);
      return values.length === 0 ? null : estimateOf(values, "mean", { ...options, resamples });
    };
    return {
      explainers: pair,
      tauB: meanOfAll("tauB"),
      overlap: meanOfAll("overlap"),
      signOverlap: meanOfAll("signOverlap"),
      signs: meanOfAll("signs"),
    };
  });
}

/** Measures none of whose columns has a figure, where that is not told already. */
function unfilled(
  rows: readonly TrustRow[],
  told: readonly NotMeasured[] = [],
): readonly NotMeasured[] {
  const isTold = (name: string) => told.some(({ measure }) => measure === name);
  const isFilled = ({ name }: Column) => rows.some(({ measures }) => measures[name] !== undefined);
  return MEASURES.filter(({ name, columns }) =>
    columns.length > 0 && !isTold(name) && !columns.some((one) => isFilled(one) || isTold(one.name))
  ).map(({ name, needs }) => ({ measure: name, why: `what it needs was not there: ${needs}` }));
}

/** What is known beside the figures. */
export interface TableOptions extends EstimateOptions {
  /** Names of the explainers, in the order of the rows. */
  readonly explainers: readonly string[];
  /** How many seeds explainers that sample were run with. @default {1} */
  readonly seeds?: number;
  /** What was measured of texts with shortcuts. */
  readonly planted?: readonly PlantedFigures[];
  /** What else is worth knowing, a sentence each. */
  readonly notes?: readonly string[];
  /** How the shortcuts were learned. */
  readonly shortcuts?: readonly ShortcutReport[];
  /** Two explainers to compare in every column. */
  readonly compare?: readonly [string, string];
  /** What was not measured, and why. */
  readonly notMeasured?: readonly NotMeasured[];
  /** What else was counted. */
  readonly counts?: Readonly<Record<string, number>>;
}

/**
 * Makes the table of what was measured, with verdicts by the rule and with how well cheap measures
 * predict the truths.
 *
 * @param texts What was measured of each text.
 * @param hybrids What became of each hybrid text.
 * @param options The explainers, the seed, and what was not measured.
 * @returns The table.
 */
export function trustTable(
  texts: readonly TextFigures[],
  hybrids: readonly HybridFigures[],
  options: TableOptions,
): TrustTable {
  return trustTableOfModels([{ texts, hybrids, planted: options.planted ?? [] }], options);
}

/**
 * Makes the table of what was measured with several models that were trained alike, of the same
 * texts: of the means over models. With five models or more intervals are over models, and speak about
 * the recipe; with fewer they are over texts.
 *
 * @param models What was measured with each.
 * @param options The explainers, the seed, and what was not measured.
 * @returns The table.
 * @throws {Error} If a control did not come out as it must.
 */
export function trustTableOfModels(
  models: readonly AllFigures[],
  options: TableOptions,
): TrustTable {
  const powered = models.map((figures) => {
    return { ...figures, texts: withExplanatoryPower(figures.texts, options.seed ?? 0) };
  });
  const aligned = models.length === 1 ? powered : alignModels(powered);
  const figures = averageModels(aligned);
  const { texts, hybrids } = figures;
  const { explainers } = options;
  const names = [...explainers, ...CONTROLS];
  const played = hybrids.filter(({ status }) => status === "played");
  const numbersIn = (figures: AllFigures) =>
    new Map(COLUMNS.map((column) => [column.name, columnNumbers(column, figures, names)]));
  const numbers = numbersIn(figures);
  const ofModels = models.length === 1 ? [] : aligned.map(numbersIn);
  const rows = names.flatMap((name): TrustRow[] => {
    const measures = COLUMNS.flatMap((column) => {
      const values = numbers.get(column.name)!.get(name);
      if (!values) return [];
      const estimate = estimateOf(definedNumbers(values), column.summary ?? "mean", options);
      // Models that have not learned a shortcut have no numbers in its column.
      const each = ofModels.map((all) => definedNumbers(all.get(column.name)!.get(name) ?? []))
        .filter((numbers) => numbers.length > 0);
      const over = column.summary ? estimate : estimateOverModels(estimate, each, options);
      const some = each.length < ofModels.length && { models: each.length };
      return [[column.name, { ...over, ...some }] as const];
    });
    if (measures.length === 0) return [];
    const control = (CONTROLS as readonly string[]).includes(name);
    return [{ explainer: name, control, measures: Object.fromEntries(measures) }];
  });
  const judged = COLUMNS.filter(({ kind }) => kind !== undefined);
  const compared = judged.map(({ name }) => {
    // In this column exact Shapley values are the yardstick.
    const taking = explainers.filter((row) => name !== "shapley" || row !== "shapley");
    return [
      name,
      verdictFigures(
        numbers.get(name)!,
        taking,
        options,
        ofModels.map((all) => all.get(name)!),
      ),
    ] as const;
  });
  const judgedRows = explainers.map((name) => {
    const figures = compared.flatMap(([column, rows]) => {
      const found = rows.get(name);
      return found ? [[column, found] as const] : [];
    });
    const emprtHigh = rows.find(({ explainer }) => explainer === name)?.measures.emprt?.high;
    return { name, columns: Object.fromEntries(figures), ...(emprtHigh != null && { emprtHigh }) };
  });
  const count = (status: HybridFigures["status"]) =>
    hybrids.filter((hybrid) => hybrid.status === status).length;
  return {
    documents: texts.length,
    seeds: options.seeds ?? 1,
    models: models.length,
    version: VERDICT_VERSION,
    rule: RULE,
    rows,
    verdicts: verdicts(judgedRows, RULE).map(({ name, ...verdict }, i) => {
      return { explainer: name, ...verdict, figures: judgedRows[i]!.columns };
    }),
    predictors: predictorsOf(figures, explainers, options),
    agreements: agreementsOf(texts, explainers, options),
    counts: {
      [
        `texts classified correctly, of those whose class is known${
          models.length > 1 ? ", by the first model" : ""
        }`
      ]: texts.filter(({ label, target }) => label === target).length,
      "texts with exact limits":
        texts.filter(({ hasExactLimits }) => hasExactLimits === true).length,
      "texts with limits by beam search":
        texts.filter(({ hasExactLimits }) => hasExactLimits === false).length,
      "texts too long for limits":
        texts.filter(({ hasExactLimits }) => hasExactLimits === undefined).length,
      "texts where a row lay beyond the beam's limits":
        texts.filter(({ beyondLimits }) => beyondLimits > 0).length,
      "hybrid texts played": played.length,
      "hybrid texts discarded: predicted class in no sentence": count("discarded"),
      "hybrid texts discarded: predicted class only in what was cut": count("discarded by the cut"),
      "hybrid texts without a word": count("empty"),
      ...options.counts,
    },
    notes: [...options.notes ?? [], ...checkControls(rows)],
    ...(options.compare && {
      comparison: compareRows(
        options.compare,
        COLUMNS,
        ({ name }) => numbers.get(name)!,
        ofModels.map((all) => ({ name }) => all.get(name)!),
        options,
      ),
    }),
    shortcuts: options.shortcuts ?? [],
    notMeasured: [...options.notMeasured ?? [], ...unfilled(rows, options.notMeasured)],
  };
}
