import { type Document, finiteScores, type Model, Random } from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import { Explanations } from "../../explanations/explanations.ts";
import { meanOf } from "../../statistics/mean.ts";
import { agreement } from "../agreement/agreement.ts";
import { faithfulness } from "../faithfulness/aopc.ts";
import { drawnInfidelity, exactInfidelity } from "../infidelity/infidelity.ts";
import { normalisedAopc, widened } from "../limits/normalised.ts";
import type { SetFunction } from "../set_function.ts";
import { shapleyDistance } from "../shapley/distance.ts";
import { exactShapley } from "./exact_shapley.ts";
import { controlRows, explainerRows, type Row, type RowFigures } from "./rows.ts";
import { shapleyBySets } from "./shapley_by_sets.ts";
import { type TextLimits, textLimits, wholeValue } from "./text_limits.ts";
import { type Readout, READOUTS, TextValues } from "./text_values.ts";
import type { TrustPlan } from "./trust_plan.ts";

/** What was measured of one text. */
export interface TextFigures {
  /** Its name, where it has one. */
  readonly id?: string;
  /** How many words it has. */
  readonly words: number;
  /** The class that was explained: the predicted one. */
  readonly target: number;
  /** Whether its limits are exact, where there are any. */
  readonly hasExactLimits?: boolean;
  /** Rows whose AOPC lay outside of the limits that the beam found. */
  readonly beyondLimits: number;
  /** The figures of each explainer and control. */
  readonly rows: Readonly<Record<string, RowFigures>>;
  /** How far explainers agree, for each pair in the order of the plan: first with second, … */
  readonly agreements: readonly PairFigures[];
}

/** How far two explainers agree on a text. */
export interface PairFigures {
  /** Kendall's τ-b; undefined where the second is constant. */
  readonly tauB: number | undefined;
  /** The share of the ten largest words that both have. */
  readonly overlap: number;
  /** The share of words with the same sign. */
  readonly signs: number;
}

/** Every pair of the first rows, each with those behind it. */
function pairsOf(rows: readonly Row[]): PairFigures[] {
  return rows.flatMap((a, i) =>
    rows.slice(i + 1).map((b) => {
      const { tauB, overlap, signs } = agreement(a.relevance, b.relevance);
      return { tauB, overlap, signs };
    })
  );
}

/** The readouts of one text, and the limits of each. */
interface Measured {
  readonly values: Readonly<Record<Readout, SetFunction>>;
  readonly limits: Readonly<Record<Readout, TextLimits | undefined>>;
  readonly full: Readonly<Record<Readout, number>>;
}

/** The means of the figures of several runs; undefined where one of them is. */
function meanFigures(runs: readonly RowFigures[]): RowFigures {
  return Object.fromEntries(
    Object.keys(runs[0]!).map((name) => {
      const values = runs.map((figures) => figures[name]).filter((value) => value !== undefined);
      return [name, values.length === runs.length ? meanOf(values) : undefined];
    }),
  );
}

/** What {@linkcode curves} finds. */
type Curves = Record<Readout, { comp: number; suff: number; compBins: number; suffBins: number }>;

/** AOPC of both readouts, as they are and between their limits. */
async function curves(
  relevance: ArrayLike<number>,
  { values }: Measured,
): Promise<Curves> {
  const of = async (readout: Readout) => {
    const found = await faithfulness(relevance, values[readout]);
    return {
      comp: found.comprehensiveness,
      suff: found.sufficiency,
      compBins: found.comprehensivenessBins,
      suffBins: found.sufficiencyBins,
    };
  };
  return { score: await of("score"), probability: await of("probability") };
}

/**
 * Measures explanations of the predicted class of one text: faithfulness and its limits, distance to
 * exact Shapley values, infidelity, conservation and cost. The figures but for milliseconds depend
 * on nothing but the arguments.
 *
 * @param model The model.
 * @param document The text.
 * @param index Its place among all; gives it randomness of its own.
 * @param plan What to measure.
 * @param signal Stops it.
 * @returns The figures of each explainer and control.
 * @throws {TypeError} If the model cannot do what an explainer needs.
 * @throws {RangeError} If a score or a relevance is not finite.
 */
export async function measureText(
  model: Model,
  document: Document,
  index: number,
  plan: TrustPlan,
  signal?: AbortSignal,
): Promise<TextFigures> {
  const random = new Random(plan.seed).fork(index);
  const input = model.encode(document);
  const words = document.tokens.length;
  const scores = finiteScores(await model.scores(input), model.classes, document.id ?? "a text");
  const target = predictedClass(scores);
  const found = new TextValues(model, input, words, target, signal);
  const values = { score: found.as("score"), probability: found.as("probability") };
  const limits = {
    score: await textLimits(values.score, random.fork(1), plan.limits),
    probability: await textLimits(values.probability, random.fork(2), plan.limits),
  };
  const full = {
    score: await wholeValue(values.score),
    probability: await wholeValue(values.probability),
  };
  const measured = { values, limits, full };
  const explained = await explainerRows(model, input, words, target, index, plan);
  const { allSets } = limits.score ?? {};
  const shapley = allSets
    ? shapleyBySets(allSets)
    : explained.find(({ name }) => name === "shapley")?.relevance ??
      await exactShapley(new Explanations(model, input, plan.seed), words, target);
  const score = limits.score && values.score;
  const rows = [...explained, ...await controlRows(score, shapley, random.fork(3), words)];
  const reached: Curves[] = [];
  for (const { relevance } of rows) reached.push(await curves(relevance, measured));
  const drawInfidelity = await infidelities(measured, random.fork(4), plan.infidelitySets);
  const closed = Object.fromEntries(READOUTS.map((readout) => {
    const all = reached.flatMap((row) => [row[readout].comp, row[readout].suff]);
    const bounds = limits[readout];
    return [readout, bounds && widened(bounds, all)];
  }));
  let beyondLimits = 0;
  const runs = new Map<string, RowFigures[]>();
  for (const [r, { name, relevance, figures: own }] of rows.entries()) {
    const row = reached[r]!;
    const bounds = limits.score;
    const slack = 1e-9 * Math.max(1, Math.abs(full.score));
    if (
      bounds && (row.score.comp > bounds.upper + slack || row.score.comp < bounds.lower - slack)
    ) {
      beyondLimits++;
    }
    const { normalised } = drawInfidelity(relevance);
    const distance = shapley && shapleyDistance(relevance, shapley);
    const between = (aopc: number, readout: Readout) => {
      const bounds = closed[readout];
      return bounds && normalisedAopc(aopc, bounds, full[readout]);
    };
    const suff = between(row.score.suff, "score");
    const known = runs.get(name) ?? [];
    runs.set(name, known);
    known.push({
      ...own,
      comp: row.score.comp,
      suff: row.score.suff,
      naopcComp: between(row.score.comp, "score"),
      naopcSuff: suff === undefined ? undefined : 1 - suff,
      compProbability: row.probability.comp,
      suffProbability: row.probability.suff,
      compBins: row.probability.compBins,
      suffBins: row.probability.suffBins,
      infidelity: normalised === undefined ? undefined : 1 - normalised,
      shapley: distance?.pearson,
      shapleyTauB: distance?.tauB,
      shapleyTop: distance?.topOverlap,
      shapleyDistance: own.conservation === undefined ? undefined : distance?.relativeDistance,
    });
  }
  return {
    ...(document.id !== undefined && { id: document.id }),
    words,
    target,
    ...(limits.score && { hasExactLimits: limits.score.isExact }),
    beyondLimits,
    rows: Object.fromEntries([...runs].map(([name, figures]) => [name, meanFigures(figures)])),
    agreements: pairsOf(plan.explainers.map((name) => rows.find((row) => row.name === name)!)),
  };
}

/** Infidelity of any row by the same deleted sets. */
async function infidelities({ values, limits }: Measured, random: Random, sets = 1000) {
  const all = limits.score?.allSets;
  if (all) return (relevance: ArrayLike<number>) => exactInfidelity(relevance, all);
  return await drawnInfidelity(values.score, random, sets);
}
