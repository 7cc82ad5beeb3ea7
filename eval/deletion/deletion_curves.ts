import { type BootstrapOptions, PairedBootstrap } from "../statistics/paired_bootstrap.ts";
import type { DeletionOrder } from "./rank_words.ts";

/** Accuracy against the number of deleted words. */
export interface DeletionCurve {
  /** What ranked the words: an explainer's name, or `random`. */
  readonly name: string;
  /** Accuracy after 0, 1, … deleted words. */
  readonly accuracy: readonly number[];
  /** The area below it: the mean of `accuracy` over all numbers of deleted words, 0 included. */
  readonly area: number;
}

/** The curve of random deletion, the mean of several runs. */
export interface RandomCurve extends DeletionCurve {
  /** Accuracy of each run, shape [runs, deletions + 1]. */
  readonly runs: readonly (readonly number[])[];
  /** Standard deviation of the runs at each number of deleted words (n − 1 in the denominator). */
  readonly deviation: readonly number[];
}

/** The area between two curves, with how certain it is over documents. */
export interface AreaDifference {
  /** The curve that is subtracted from. */
  readonly of: string;
  /** The curve that is subtracted. */
  readonly minus: string;
  /** Area of the one minus area of the other. */
  readonly difference: number;
  /**
   * Standard error of the difference, from the differences of single documents (paired); NaN for
   * fewer than two documents.
   */
  readonly standardError: number;
  /**
   * The 95 % interval of the difference, by a paired BCa bootstrap over documents; NaN without
   * documents.
   */
  readonly interval: readonly [low: number, high: number];
}

/** One of the two experiments of word deletion. */
export interface DeletionExperiment {
  /** Which documents: those classified correctly at first, or those classified wrongly. */
  readonly group: "correct" | "wrong";
  /** The order of deletion: `decreasing` relevance for correct documents, else `increasing`. */
  readonly order: DeletionOrder;
  /** What is deleted one after the other, where it is not words but groups of them, e.g. `sentence`. */
  readonly unit?: string;
  /** How many documents. */
  readonly documents: number;
  /**
   * How many of them have as many words as are deleted, after 0, 1, … deleted words. The others have
   * lost all words, and what they were given then stays.
   */
  readonly remaining: readonly number[];
  /** A curve for each explainer. */
  readonly curves: readonly DeletionCurve[];
  /** Random deletion. */
  readonly random: RandomCurve;
  /** The area between every two curves. */
  readonly differences: readonly AreaDifference[];
}

/** What became of one document under every ranking, as {@linkcode deletionFlags} gives it. */
export interface DeletionOutcome {
  /**
   * Flags, shape [explainers + runs, deletions + 1]: first a row for each explainer, then a row for
   * each random run.
   */
  readonly flags: Uint8Array;
  /**
   * How far the score of the true class has moved, shape [explainers + 1, deletions + 1]: a row for
   * each explainer, then the mean of the random runs.
   */
  readonly changes?: Float64Array;
  /** How many words, or groups of words, it has. @default {as many as are deleted} */
  readonly words?: number;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - center) ** 2, 0) / (values.length - 1));
}

/**
 * Turns the outcomes of single documents into curves.
 *
 * @param outcomes The outcome of each document of the group, in the order of the documents.
 * @param group Which documents they are.
 * @param names The explainers, in the order of the rows.
 * @param runs How many random runs follow.
 * @param deletions The largest number of deleted words.
 * @param bootstrap How the intervals of the differences are made.
 * @returns The curves; all NaN without documents.
 *
 * @example
 * ```ts
 * import { areaBetween, deletionCurves } from "@heatword/eval/deletion";
 * import { assertEquals } from "@std/assert";
 *
 * // Two documents, after 0 and 1 deleted words: first by lrp, then at random.
 * const outcomes = [{ flags: new Uint8Array([1, 0, 1, 1]) }, { flags: new Uint8Array([1, 0, 1, 1]) }];
 * const experiment = deletionCurves(outcomes, "correct", ["lrp"], 1, 1);
 * assertEquals(experiment.curves[0]!.accuracy, [1, 0]);
 * assertEquals(areaBetween(experiment, "random", "lrp")!.difference, 0.5);
 * ```
 */
export function deletionCurves(
  outcomes: readonly DeletionOutcome[],
  group: "correct" | "wrong",
  names: readonly string[],
  runs: number,
  deletions: number,
  bootstrap: BootstrapOptions = {},
): DeletionExperiment {
  const steps = deletions + 1;
  const rows = names.length + runs;
  const counts = new Float64Array(rows * steps);
  // The area of each document under each explainer and under random.
  const areas = [...names, "random"].map(() => new Float64Array(outcomes.length));
  outcomes.forEach(({ flags }, d) => {
    for (let row = 0; row < rows; row++) {
      const column = areas[Math.min(row, names.length)]!;
      const share = row < names.length ? 1 / steps : 1 / steps / runs;
      for (let k = 0; k < steps; k++) {
        const flag = flags[row * steps + k]!;
        counts[row * steps + k]! += flag;
        column[d]! += flag * share;
      }
    }
  });
  const accuracyOf = (row: number) =>
    Array.from(counts.subarray(row * steps, (row + 1) * steps), (n) => n / outcomes.length);
  const curves = names.map((name, row) => {
    const accuracy = accuracyOf(row);
    return { name, accuracy, area: mean(accuracy) };
  });
  const randomRuns = Array.from({ length: runs }, (_, run) => accuracyOf(names.length + run));
  const at = (k: number) => randomRuns.map((run) => run[k]!);
  const accuracy = Array.from({ length: steps }, (_, k) => mean(at(k)));
  const random: RandomCurve = {
    name: "random",
    accuracy,
    area: mean(accuracy),
    runs: randomRuns,
    deviation: accuracy.map((_, k) => deviation(at(k))),
  };
  const all: DeletionCurve[] = [...curves, random];
  const resampled = new PairedBootstrap(areas, bootstrap);
  return {
    group,
    order: group === "correct" ? "decreasing" : "increasing",
    documents: outcomes.length,
    remaining: Array.from(
      { length: steps },
      (_, k) => outcomes.filter(({ words = Infinity }) => words >= k).length,
    ),
    curves,
    random,
    differences: all.flatMap((one, i) =>
      all.slice(i + 1).map((other, k): AreaDifference => {
        const j = i + 1 + k;
        const { low, high } = resampled.interval((means) => means[i]! - means[j]!);
        return {
          of: one.name,
          minus: other.name,
          difference: one.area - other.area,
          standardError: pairedError(areas[i]!, areas[j]!),
          interval: [low, high],
        };
      })
    ),
  };
}

function pairedError(a: Float64Array, b: Float64Array): number {
  const differences = Array.from(a, (value, i) => value - b[i]!);
  return deviation(differences) / Math.sqrt(differences.length);
}

/**
 * The area between two curves of an experiment, in either direction.
 *
 * @param experiment The experiment.
 * @param of Name of the curve that is subtracted from.
 * @param minus Name of the curve that is subtracted.
 * @returns The difference, or undefined where a curve is missing.
 */
export function areaBetween(
  experiment: DeletionExperiment,
  of: string,
  minus: string,
): AreaDifference | undefined {
  for (const found of experiment.differences) {
    if (found.of === of && found.minus === minus) return found;
    if (found.of === minus && found.minus === of) {
      const { standardError, interval: [low, high] } = found;
      return { of, minus, difference: -found.difference, standardError, interval: [-high, -low] };
    }
  }
  return undefined;
}
