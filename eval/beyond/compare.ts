import { areaBetween } from "../deletion/deletion_curves.ts";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import { FEWEST_JUDGED } from "../statistics/fewest_judged.ts";

/** Whether one explainer orders words better than another. */
export interface Comparison {
  /** How much better in area; NaN without documents. */
  readonly difference: number;
  /** Its 95 % interval; NaN without documents. */
  readonly interval: readonly [low: number, high: number];
  /** `yes` or `no` where the whole interval says so; else `open`. */
  readonly better: "yes" | "no" | "open";
}

/**
 * Compares two explainers by what deletion in their order does: of documents that are classified
 * correctly at first the accuracy should fall, of the others it should rise.
 *
 * @param experiment One of the two experiments.
 * @param one The one that may be better.
 * @param other The other; may be `random`.
 * @returns What was found; nothing where one of them was not run.
 */
export function compareExplainers(
  experiment: DeletionExperiment,
  one: string,
  other: string,
): Comparison | undefined {
  const [of, minus] = experiment.group === "correct" ? [other, one] : [one, other];
  const found = areaBetween(experiment, of, minus);
  if (!found) return undefined;
  const { difference, interval } = found;
  const isJudged = experiment.documents >= FEWEST_JUDGED;
  const better = isJudged && interval[0] > 0 ? "yes" : isJudged && interval[1] < 0 ? "no" : "open";
  return { difference, interval, better };
}
