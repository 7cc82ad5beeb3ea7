import {
  conservationResidual,
  type Document,
  finiteScores,
  getExplainer,
  type Model,
  promisedSum,
  Random,
  type Relevance,
} from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import { Explanations } from "../../explanations/explanations.ts";
import { agreement } from "../agreement/agreement.ts";
import { faithfulness } from "../faithfulness/aopc.ts";
import { drawnInfidelity, exactInfidelity } from "../infidelity/infidelity.ts";
import { beamOrder } from "../limits/beam_limits.ts";
import { normalisedAopc, widened } from "../limits/normalised.ts";
import { shapleyDistance } from "../shapley/distance.ts";
import type { SetFunction } from "../set_function.ts";
import { exactShapley } from "./exact_shapley.ts";
import { shapleyBySets } from "./shapley_by_sets.ts";
import { type LimitOptions, type TextLimits, textLimits, wholeValue } from "./text_limits.ts";
import { type Readout, READOUTS, TextValues } from "./text_values.ts";

/** What is measured of texts, and how. It can be posted to a worker. */
export interface TrustPlan {
  /** Names of registered explainers. */
  readonly explainers: readonly string[];
  /** Where all randomness starts. */
  readonly seed: number;
  /** How limits are found. */
  readonly limits?: LimitOptions;
  /** How many deleted sets infidelity draws where there are too many. @default {1000} */
  readonly infidelitySets?: number;
}

/** The rows that are no explainers: what others are held against. */
export const CONTROLS = ["true Shapley", "inverted", "greedy oracle", "random order"] as const;

/** What was measured of one row on one text; undefined where it is not defined, or not measured. */
export type RowFigures = Readonly<Record<string, number | undefined>>;

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

/** Relevances that a row ranks words by, and what they cost. */
interface Row {
  readonly name: string;
  readonly relevance: ArrayLike<number>;
  readonly figures: RowFigures;
}

/** The readouts of one text, and the limits of each. */
interface Measured {
  readonly values: Readonly<Record<Readout, SetFunction>>;
  readonly limits: Readonly<Record<Readout, TextLimits | undefined>>;
  readonly full: Readonly<Record<Readout, number>>;
}

async function explainerRow(
  name: string,
  explanations: Explanations,
  words: number,
  target: number,
): Promise<Row> {
  const began = performance.now();
  const found: Relevance = await explanations.words(name, target);
  const milliseconds = performance.now() - began;
  const promised = promisedSum(getExplainer(name), found);
  return {
    name,
    relevance: found.words.subarray(0, words),
    figures: {
      milliseconds,
      conservation: promised === undefined ? undefined : conservationResidual(found, promised),
    },
  };
}

/** AOPC of both readouts, as they are and between their limits. */
async function curves(
  relevance: ArrayLike<number>,
  { values }: Measured,
): Promise<Record<Readout, { comp: number; suff: number; compBins: number; suffBins: number }>> {
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

/** Relevances that rank the words in a given order. */
function ranking(order: readonly number[]): Float64Array {
  const relevance = new Float64Array(order.length);
  order.forEach((t, k) => relevance[t] = order.length - k);
  return relevance;
}

async function controlRows(
  { values }: Measured,
  shapley: Float64Array | undefined,
  random: Random,
  words: number,
  isShort: boolean,
): Promise<Row[]> {
  const rows: Row[] = [];
  if (shapley) {
    rows.push({ name: "true Shapley", relevance: shapley, figures: {} });
    rows.push({ name: "inverted", relevance: shapley.map((value) => -value), figures: {} });
  }
  if (isShort) {
    const { order } = await beamOrder(values.score, "largest", 1);
    rows.push({ name: "greedy oracle", relevance: ranking(order), figures: {} });
  }
  const drawn = Float64Array.from({ length: words }, () => random.normal());
  rows.push({ name: "random order", relevance: drawn, figures: {} });
  return rows;
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
  const explanations = new Explanations(model, input, plan.seed + index);
  const { allSets } = limits.score ?? {};
  const shapley = allSets
    ? shapleyBySets(allSets)
    : await exactShapley(explanations, words, target);
  const rows: Row[] = [];
  for (const name of plan.explainers) {
    rows.push(await explainerRow(name, explanations, words, target));
  }
  const isShort = limits.score !== undefined;
  rows.push(...await controlRows(measured, shapley, random.fork(3), words, isShort));
  const reached = new Map<string, Awaited<ReturnType<typeof curves>>>();
  for (const { name, relevance } of rows) reached.set(name, await curves(relevance, measured));
  const drawInfidelity = await infidelities(measured, random.fork(4), plan.infidelitySets);
  const closed = Object.fromEntries(READOUTS.map((readout) => {
    const all = [...reached.values()].flatMap((row) => [row[readout].comp, row[readout].suff]);
    const bounds = limits[readout];
    return [readout, bounds && widened(bounds, all)];
  }));
  let beyondLimits = 0;
  const figures: Record<string, RowFigures> = {};
  for (const { name, relevance, figures: own } of rows) {
    const row = reached.get(name)!;
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
    figures[name] = {
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
    };
  }
  return {
    ...(document.id !== undefined && { id: document.id }),
    words,
    target,
    ...(limits.score && { hasExactLimits: limits.score.isExact }),
    beyondLimits,
    rows: figures,
    agreements: pairsOf(rows.slice(0, plan.explainers.length)),
  };
}

/** Infidelity of any row by the same deleted sets. */
async function infidelities({ values, limits }: Measured, random: Random, sets = 1000) {
  const all = limits.score?.allSets;
  if (all) return (relevance: ArrayLike<number>) => exactInfidelity(relevance, all);
  return await drawnInfidelity(values.score, random, sets);
}
