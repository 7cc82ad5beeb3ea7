import { Random } from "@heatword/core";
import { type BcaInterval, bcaInterval } from "./bca.ts";

/** Options of {@linkcode PairedBootstrap}. */
export interface BootstrapOptions {
  /** Where the randomness starts. @default {0} */
  readonly seed?: number;
  /** How many resamples are drawn. @default {10000} */
  readonly resamples?: number;
}

/**
 * A bootstrap of the means of several columns over the same units, e.g. one column a method and one
 * row a document. Every resample takes the same units for all columns, so that what the columns share
 * cancels out of their differences.
 *
 * @example
 * ```ts
 * import { PairedBootstrap } from "@heatword/eval/statistics";
 * import { assert } from "@std/assert";
 *
 * // Two methods on four documents: each document is hard or easy for both.
 * const bootstrap = new PairedBootstrap([[9, 2, 7, 5], [8, 1.5, 6, 4.2]], { seed: 1 });
 * const { low, high } = bootstrap.interval(([one, other]) => one! - other!);
 * assert(low > 0.4 && high < 1.1);
 * ```
 */
export class PairedBootstrap {
  /** How many units there are. */
  readonly units: number;
  readonly #columns: number;
  /** The numbers, shape [units, columns], and their sums. */
  readonly #rows: Float64Array;
  readonly #sums: Float64Array;
  /** The means of each resample, shape [resamples, columns]. */
  readonly #resampled: Float64Array;

  /**
   * Draws the resamples.
   *
   * @param columns The numbers, one for each unit in every column.
   * @param options How many resamples, and the seed.
   * @throws {RangeError} If the columns differ in length.
   */
  constructor(columns: readonly ArrayLike<number>[], options: BootstrapOptions = {}) {
    const { seed = 0, resamples = 10_000 } = options;
    const width = this.#columns = columns.length;
    const units = this.units = columns[0]?.length ?? 0;
    const odd = columns.find(({ length }) => length !== units);
    if (odd) throw new RangeError(`Cannot pair ${odd.length} numbers with ${units}`);
    const rows = this.#rows = new Float64Array(units * width);
    const sums = this.#sums = new Float64Array(width);
    columns.forEach((column, c) => {
      for (let i = 0; i < units; i++) {
        rows[i * width + c] = column[i]!;
        sums[c]! += column[i]!;
      }
    });
    const random = new Random(seed);
    const resampled = this.#resampled = new Float64Array(units === 0 ? 0 : resamples * width);
    for (let start = 0; start < resampled.length; start += width) {
      for (let draw = 0; draw < units; draw++) {
        const row = random.below(units) * width;
        for (let c = 0; c < width; c++) resampled[start + c]! += rows[row + c]!;
      }
      for (let c = 0; c < width; c++) resampled[start + c]! /= units;
    }
  }

  /**
   * The BCa interval of a statistic.
   *
   * @param statistic Computes it from the mean of each column; must not keep its argument.
   * @param level The level of confidence. @default {0.95}
   * @returns The interval; NaN without units.
   */
  interval(statistic: (means: Float64Array) => number, level = 0.95): BcaInterval {
    const [units, width] = [this.units, this.#columns];
    const means = this.#sums.map((sum) => sum / units);
    const estimate = statistic(means);
    const resampled = new Float64Array(width === 0 ? 0 : this.#resampled.length / width);
    for (let b = 0; b < resampled.length; b++) {
      resampled[b] = statistic(this.#resampled.subarray(b * width, (b + 1) * width));
    }
    const leaveOneOut = new Float64Array(units < 2 ? 0 : units);
    for (let i = 0; i < leaveOneOut.length; i++) {
      for (let c = 0; c < width; c++) {
        means[c] = (this.#sums[c]! - this.#rows[i * width + c]!) / (units - 1);
      }
      leaveOneOut[i] = statistic(means);
    }
    return bcaInterval(estimate, resampled, leaveOneOut, level);
  }
}
