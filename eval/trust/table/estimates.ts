import { bcaInterval } from "../../statistics/bca.ts";
import { meanOf } from "../../statistics/mean.ts";
import { forEachResample } from "./resamples.ts";

/** An estimate over texts, with its 95 % interval. */
export interface Estimate {
  /** The estimate. */
  readonly value: number;
  /** The lower end of the interval; null for a single text, and for an extreme. */
  readonly low: number | null;
  /** The upper end. */
  readonly high: number | null;
  /** Over how many texts. */
  readonly documents: number;
  /** Over how many trained models, where it is not over all of them: the others lack what is measured. */
  readonly models?: number;
  /**
   * With five trained models or more, where the interval above is over models (of the means of each,
   * Student's t): the interval over texts, of the means over these models.
   */
  readonly overTexts?: Ends;
  /** With several trained models, models and texts resampled independently of each other. */
  readonly crossed?: Ends;
}

/** The ends of an interval. */
export interface Ends {
  /** The lower end. */
  readonly low: number | null;
  /** The upper end. */
  readonly high: number | null;
}

/** How estimates are made. */
export interface EstimateOptions {
  /** Where the randomness of resamples starts. @default {0} */
  readonly seed?: number;
  /** How many resamples. @default {10000} */
  readonly resamples?: number;
}

function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const largestOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((a, b) => Math.max(a, b), -Infinity);

/**
 * A statistic of texts with its BCa interval. The same number of texts and the same seed draw the
 * same resamples, so that rows are compared on the same texts.
 *
 * @param texts How many texts there are.
 * @param statistic Computes it from the places of the texts that count; must not keep them.
 * @param options Seed and number of resamples.
 * @returns The estimate; null at both ends with fewer than two texts.
 */
export function bootstrapped(
  texts: number,
  statistic: (places: ArrayLike<number>) => number,
  { seed = 0, resamples = 10_000 }: EstimateOptions = {},
): Estimate {
  const all = Int32Array.from({ length: texts }, (_, i) => i);
  const value = statistic(all);
  if (texts < 2) return { value, low: null, high: null, documents: texts };
  const found = new Float64Array(resamples);
  forEachResample(texts, seed, resamples, (places, b) => found[b] = statistic(places));
  const others = all.slice(1);
  const without = Float64Array.from(all, (left) => {
    // All but the first, then all but the second: one place changes.
    if (left > 0) others[left - 1] = left - 1;
    return statistic(others);
  });
  const { low, high } = bcaInterval(value, found, without);
  return { value, low, high, documents: texts };
}

/**
 * The mean or median of one number a text with its interval; or the largest, which has none: resamples
 * never hold a larger one, so a bootstrap says nothing of it.
 */
export function estimateOf(
  values: readonly number[],
  summary: "mean" | "median" | "largest",
  options: EstimateOptions = {},
): Estimate {
  if (summary === "largest") {
    return { value: largestOf(values), low: null, high: null, documents: values.length };
  }
  const summarise = { mean: meanOf, median: medianOf }[summary];
  const chosen = new Float64Array(values.length);
  return bootstrapped(values.length, (places) => {
    for (let i = 0; i < places.length; i++) chosen[i] = values[places[i]!]!;
    return summarise(chosen.subarray(0, places.length));
  }, options);
}
