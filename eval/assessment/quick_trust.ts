import {
  type Document,
  getExplainer,
  listExplainers,
  type Model,
  type OnProgress,
  Random,
  reasonAgainst,
} from "@heatword/core";
import { FinishedTasks } from "../finished_tasks/mod.ts";
import { FEWEST_JUDGED } from "../statistics/fewest_judged.ts";
import { measureAll } from "../trust/run/measure_all.ts";
import type { TrustResult } from "../trust/run/messages.ts";
import { type TrustTable, trustTable } from "../trust/table/trust_table.ts";
import type { TrustPlan } from "../trust/texts/trust_plan.ts";

/** How the quick columns of trust are measured. */
export interface QuickTrustPlan {
  /** What is explained, and how. */
  readonly plan: TrustPlan;
  /** How many texts at most. */
  readonly documents: number;
  /** The fewest and the most words of a text. */
  readonly length: readonly [least: number, most: number];
  /** What is left out for the sake of time, in sentences. */
  readonly notes: readonly string[];
}

/** Limits in a minute: exact for short texts, by a narrow beam for longer ones. */
const QUICK = { exactWords: 12, beam: 2, mostWords: 30 };
/** Limits and truth from scores alone. */
const FROM_SCORES = { exactWords: 8, mostWords: 8 };

/** The measures that need no more than the model, a few hundred scores a text and no copy of it. */
const MEASURED = ["shapley", "naopc", "infidelity", "aopc"];

/**
 * Explainers that take hundreds of scores or gradients a text, and the yardstick, which stands among
 * the controls anyway; they are left to `trust`.
 */
const SLOW = ["kernel-shap", "sampled-shapley", "shapley", "smoothgrad"];

/** What decides about cost. */
export interface QuickTrustOptions {
  /** Names of the explainers, when some were named. */
  readonly named?: readonly string[] | undefined;
  /** How many texts, when it was said. */
  readonly documents?: number | undefined;
  /** Whether the model is somewhere else, or a program, so that each score is dear. */
  readonly isDear: boolean;
  /** The seed. */
  readonly seed: number;
  /** How many words each text has. */
  readonly lengths: readonly number[];
}

/**
 * Plans what of trust can be measured in about a minute: of models whose structure gives exact Shapley
 * values, 500 texts and nearly all explainers; of others, of which each score is a whole text, 30 texts
 * and those explainers that take few scores.
 *
 * @param model The model.
 * @param options What was said, and the lengths of the texts.
 */
export function planQuickTrust(
  model: Model,
  { named, documents, isDear, seed, lengths }: QuickTrustOptions,
): QuickTrustPlan {
  const isFast = reasonAgainst(getExplainer("shapley"), model) === undefined;
  const able = listExplainers().filter((explainer) => reasonAgainst(explainer, model) === undefined)
    .map(({ name }) => name).sort();
  const chosen = isFast
    ? able.filter((name) => !SLOW.includes(name))
    : ["lrp", "sa", "occlusion", ...(isDear ? [] : ["lime"]), "random"]
      .filter((name) => able.includes(name));
  const explainers = named ? [...new Set([...named, "random"])] : chosen;
  const left = named ? [] : able.filter((name) => !chosen.includes(name));
  const few = lengths.filter((words) => words >= 2 && words <= 60).length < FEWEST_JUDGED;
  const { exactWords, mostWords } = isFast ? QUICK : FROM_SCORES;
  const notes = [
    `Limits of NAOPC are exact for texts of up to ${exactWords} words${
      isFast ? `, found by a narrow beam up to ${mostWords},` : ""
    } and not looked for in longer ones`,
    ...(left.length === 0 ? [] : [
      `Not measured here for the sake of time, but by "deno task trust": ${left.join(", ")}`,
    ]),
    ...(isFast ? [] : [
      "This model's structure gives no exact Shapley values: they were computed from the scores of all " +
      `sets of words, of texts of up to ${exactWords} words`,
    ]),
  ];
  return {
    plan: {
      explainers,
      measures: MEASURED,
      seed,
      limits: isFast ? QUICK : FROM_SCORES,
      infidelitySets: isFast ? 300 : 100,
    },
    documents: documents ?? (isFast ? (few ? 100 : 500) : FEWEST_JUDGED),
    length: [2, few ? Infinity : 60],
    notes,
  };
}

/** What was measured. */
export interface QuickTrust {
  /** The table. */
  readonly table: TrustTable;
  /** What was left out for the sake of time, in sentences. */
  readonly notes: readonly string[];
  /** How many texts had the right length. */
  readonly fitting: number;
  /** How many there were. */
  readonly of: number;
}

/** What measures the quick columns. */
export interface QuickTrustRun {
  /** The model. */
  readonly model: Model;
  /** What was given as the model, for workers; nothing for one that is not opened twice. */
  readonly folder?: string | undefined;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How many workers. */
  readonly workers: number;
  /** Gives a text with all that is known of it. */
  readonly read: (index: number) => Document;
  /** How many words each text has. */
  readonly lengths: readonly number[];
  /** The file that keeps what is measured, and what tells this run from others. */
  readonly kept: { readonly path: string; readonly run: string };
}

/**
 * Measures the quick columns of trust on texts drawn by the seed.
 *
 * @param quick The plan.
 * @param run The model and the texts.
 * @param onProgress Called with progress.
 * @returns The table; undefined where no text has the right length, or none was asked for.
 */
export async function quickTrust(
  quick: QuickTrustPlan,
  run: QuickTrustRun,
  onProgress: OnProgress,
): Promise<QuickTrust | undefined> {
  const { plan, documents, length: [least, most] } = quick;
  const fitting = [...run.lengths.keys()].filter((i) =>
    run.lengths[i]! >= least && run.lengths[i]! <= most
  );
  if (documents === 0 || fitting.length === 0) return undefined;
  const order = new Random(plan.seed).fork(1).shuffle(Int32Array.from(fitting));
  const drawn = Array.from(order.subarray(0, documents).sort(), run.read);
  const { model, folder, plugins, workers, kept } = run;
  using finished = await FinishedTasks.open<TrustResult>(kept.path, kept.run);
  const work = { model, plugins, plan, documents: drawn, hybrids: [], workers, finished };
  const { texts } = await measureAll(folder === undefined ? work : { ...work, folder }, onProgress);
  const table = trustTable(texts, [], { explainers: plan.explainers, seed: plan.seed });
  return { table, notes: quick.notes, fitting: fitting.length, of: run.lengths.length };
}
