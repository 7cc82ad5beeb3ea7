import { meanOf } from "../statistics/mean.ts";
import { type BootstrapOptions, PairedBootstrap } from "../statistics/paired_bootstrap.ts";

/** How far the score of the true class moves as words are deleted, the mean over documents. */
export interface ScoreCurve {
  /** What ranked the words: an explainer's name, or `random`. */
  readonly name: string;
  /** The mean change after 0, 1, … deleted words. */
  readonly change: readonly number[];
  /** Its 95 % interval over documents at each number of deleted words (BCa). */
  readonly interval: readonly (readonly [low: number, high: number])[];
  /** The mean of `change` over all numbers of deleted words but 0, where nothing is deleted. */
  readonly mean: number;
  /** Minus that of random deletion on the same documents. */
  readonly beyondRandom: number;
  /** The 95 % interval of `beyondRandom`, paired over documents (BCa). */
  readonly beyondRandomInterval: readonly [low: number, high: number];
}

/**
 * Turns the changes of single documents into curves, those of the explainers first, then random.
 *
 * @param outcomes The changes of each document, shape [explainers + 1, deletions + 1].
 * @param names The explainers, in the order of the rows.
 * @param deletions The largest number of deleted words.
 * @param bootstrap How the intervals are made.
 * @returns The curves; all NaN without documents.
 *
 * @example
 * ```ts
 * import { scoreCurves } from "@heatword/eval/deletion";
 * import { assertEquals } from "@std/assert";
 *
 * // Two documents, after 0 and 1 deleted words: first by lrp, then at random.
 * const curves = scoreCurves([new Float64Array([0, -2, 0, -1]), new Float64Array([0, -4, 0, 0])], ["lrp"], 1);
 * assertEquals(curves.map(({ change }) => change), [[0, -3], [0, -0.5]]);
 * assertEquals(curves[0]!.beyondRandom, -2.5);
 * ```
 */
export function scoreCurves(
  outcomes: readonly Float64Array[],
  names: readonly string[],
  deletions: number,
  bootstrap: BootstrapOptions = {},
): ScoreCurve[] {
  const steps = deletions + 1;
  const rows = [...names, "random"];
  const means = rows.map((_, row) =>
    outcomes.map((changes) => meanOf(changes.subarray(row * steps + 1, (row + 1) * steps)))
  );
  const areas = new PairedBootstrap(means, bootstrap);
  return rows.map((name, row): ScoreCurve => {
    const at = Array.from(
      { length: steps },
      (_, k) => outcomes.map((changes) => changes[row * steps + k]!),
    );
    // Resamples of fewer draws are enough for a band.
    const few = { resamples: 2_000, ...bootstrap };
    const points = new PairedBootstrap(at, few);
    const beyond = areas.interval((all) => all[row]! - all[names.length]!);
    return {
      name,
      change: at.map(meanOf),
      interval: at.map((_, k) => {
        const { low, high } = points.interval((all) => all[k]!);
        return [low, high] as const;
      }),
      mean: meanOf(means[row]!),
      beyondRandom: meanOf(means[row]!) - meanOf(means[names.length]!),
      beyondRandomInterval: [beyond.low, beyond.high],
    };
  });
}
