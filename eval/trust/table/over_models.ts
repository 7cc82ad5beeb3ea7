import {
  crossedInterval,
  overSeedsInterval,
  overSeedsTest,
} from "../../statistics/seed_intervals.ts";
import type { Estimate, EstimateOptions } from "./estimates.ts";

/** From how many trained models on intervals are over models: of fewer they would be too wide. */
export const ENOUGH_MODELS = 5;

/** The upper end of the interval over models of a mean, where there are enough of them. */
export function highOverModels(values: readonly (readonly number[])[]): number {
  return values.length < ENOUGH_MODELS ? -Infinity : overSeedsInterval(values).high;
}

/**
 * The p-value of paired differences of several models: with enough of them that over models, where it is
 * the larger one, so that what is significant is so for these texts and for the recipe.
 *
 * @param p The p-value over texts, of the means over models.
 * @param values The differences of each model's texts.
 */
export function pOverModels(p: number, values: readonly (readonly number[])[]): number {
  return values.length < ENOUGH_MODELS ? p : Math.max(p, overSeedsTest(values));
}

/**
 * An estimate of means over several trained models: with enough of them its interval speaks about the
 * recipe, else about these models.
 *
 * @param estimate The estimate over texts, of the means over models.
 * @param values The numbers of each model's texts, the same texts for each.
 * @param options The seed of the resamples.
 */
export function estimateOverModels(
  estimate: Estimate,
  values: readonly (readonly number[])[],
  { seed = 0, resamples = 10_000 }: EstimateOptions,
): Estimate {
  if (values.length < 2) return estimate;
  const { low, high } = crossedInterval(values, { seed, resamples: Math.min(2_000, resamples) });
  const crossed = { low, high };
  if (values.length < ENOUGH_MODELS) return { ...estimate, crossed };
  const over = overSeedsInterval(values);
  const overTexts = { low: estimate.low, high: estimate.high };
  return { ...estimate, low: over.low, high: over.high, overTexts, crossed };
}
