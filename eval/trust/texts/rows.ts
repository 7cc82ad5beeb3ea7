import {
  conservationResidual,
  getExplainer,
  type Input,
  type Model,
  promisedSum,
  type Random,
} from "@heatword/core";
import { Explanations } from "../../explanations/explanations.ts";
import { beamOrder } from "../limits/beam_limits.ts";
import type { SetFunction } from "../set_function.ts";
import type { TrustPlan } from "./trust_plan.ts";

/** The rows that are no explainers: what others are held against. */
export const CONTROLS = ["true Shapley", "inverted", "greedy oracle", "random order"] as const;

/** What was measured of one row on one text; undefined where it is not defined, or not measured. */
export type RowFigures = Readonly<Record<string, number | undefined>>;

/** Relevances that a row ranks words by, and what they cost. */
export interface Row {
  /** The explainer or control; several rows of one name are runs with other seeds. */
  readonly name: string;
  /** Relevance of each word, shape [n]. */
  readonly relevance: ArrayLike<number>;
  /** The seed of an explainer's run; controls have none. */
  readonly seed?: number;
  /** What is known of it without the model. */
  readonly figures: RowFigures;
}

/** How far apart the seeds of one text's runs are, so that no two texts share one. */
const SEED_STEP = 1_000_003;

/** How many runs an explainer gets. */
function runsOf(name: string, { seeds = 1 }: TrustPlan): number {
  return getExplainer(name).tags.stochastic ? seeds : 1;
}

/**
 * The relevances of every explainer, by each seed where it samples.
 *
 * @param model The model.
 * @param input The text, as an input of that model.
 * @param words How many words it has.
 * @param target Index of the class.
 * @param index The place of the text among all.
 * @param plan The explainers and seeds.
 * @returns The rows of the explainers in their order, runs of one beside each other.
 */
export async function explainerRows(
  model: Model,
  input: Input,
  words: number,
  target: number,
  index: number,
  plan: TrustPlan,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of plan.explainers) {
    for (let run = 0; run < runsOf(name, plan); run++) {
      const seed = plan.seed + index + run * SEED_STEP;
      const explanations = new Explanations(model, input, seed);
      const began = performance.now();
      const found = await explanations.words(name, target);
      const milliseconds = performance.now() - began;
      const promised = promisedSum(getExplainer(name), found);
      const conservation = promised === undefined
        ? undefined
        : conservationResidual(found, promised);
      rows.push({
        name,
        seed,
        relevance: found.words.subarray(0, words),
        figures: { milliseconds, conservation },
      });
    }
  }
  return rows;
}

/**
 * The relevances by the explainer and seed of a row for another model or input.
 *
 * @param row The row of an explainer.
 * @param model The model.
 * @param input An input of that model.
 * @param words How many words it has.
 * @param target Index of the class.
 */
export async function explainAgain(
  { name, seed }: Row,
  model: Model,
  input: Input,
  words: number,
  target: number,
): Promise<ArrayLike<number>> {
  const found = await new Explanations(model, input, seed!).words(name, target);
  return found.words.subarray(0, words);
}

/** Relevances that rank the words in a given order. */
function ranking(order: readonly number[]): Float64Array {
  const relevance = new Float64Array(order.length);
  order.forEach((t, k) => relevance[t] = order.length - k);
  return relevance;
}

/**
 * The relevances of the controls.
 *
 * @param score The score as a set function, for the greedy oracle; undefined for texts that are too long.
 * @param shapley The exact Shapley values, where there are any.
 * @param random Draws the random order.
 * @param words How many words the text has.
 */
export async function controlRows(
  score: SetFunction | undefined,
  shapley: ArrayLike<number> | undefined,
  random: Random,
  words: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  if (shapley) {
    rows.push({ name: "true Shapley", relevance: shapley, figures: {} });
    rows.push({
      name: "inverted",
      relevance: Float64Array.from(shapley, (value) => -value),
      figures: {},
    });
  }
  if (score) {
    const { order } = await beamOrder(score, "largest", 1);
    rows.push({ name: "greedy oracle", relevance: ranking(order), figures: {} });
  }
  const drawn = Float64Array.from({ length: words }, () => random.normal());
  rows.push({ name: "random order", relevance: drawn, figures: {} });
  return rows;
}
