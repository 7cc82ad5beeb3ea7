import { FEWEST_JUDGED, type Interval, overSeedsInterval } from "../statistics/mod.ts";

/**
 * The mean of figures of texts, with Student's interval. Where there are few and all are equal, that
 * has no spread to go by: the interval is that of n trials without a single exception, as far as a
 * share of ln(1 / (1 − level)) / n of other texts could move it ("rule of three").
 *
 * @param values The figures, one a text; at least one.
 * @param range The least and the greatest figure that there can be.
 * @param level The confidence level. @default {0.95}
 * @returns The interval, within the range; all of it for a single text.
 */
export function meanOverTexts(
  values: readonly number[],
  [least, greatest]: readonly [number, number],
  level = 0.95,
): Interval {
  const { estimate, low, high } = overSeedsInterval(values.map((value) => [value]), level);
  if (!Number.isFinite(low)) return { estimate, low: least, high: greatest };
  const isEven = values.length < FEWEST_JUDGED && values.every((value) => value === values[0]);
  const exceptions = isEven ? Math.min(1, Math.log(1 / (1 - level)) / values.length) : 0;
  return {
    estimate,
    low: Math.max(least, low - exceptions * (estimate - least)),
    high: Math.min(greatest, high + exceptions * (greatest - estimate)),
  };
}
