import { meanOverTexts } from "../audit/mean_interval.ts";
import { type Interval, overSeedsInterval, proportionInterval } from "../statistics/mod.ts";
import type { TextOutcome } from "./measure.ts";

/** What is told of a repair. */
export const figureNames = ["accuracy", "withoutLeak", "elsewhere", "mass"] as const;

/** The name of a figure. */
export type FigureName = typeof figureNames[number];

/** A figure before and after a repair. */
export interface Figure {
  /** Before. */
  readonly before: Interval;
  /** After. */
  readonly after: Interval;
  /** After less before, paired. */
  readonly change: Interval;
  /** Over how many texts. */
  readonly texts: number;
}

/** All figures of a repair; one that no text tells is absent. */
export type Figures = Readonly<Partial<Record<FigureName, Figure>>>;

/** How a text counts for each figure; not at all where it is absent. */
const valueOf: Readonly<Record<FigureName, (outcome: TextOutcome) => number | undefined>> = {
  accuracy: ({ right }) => right,
  withoutLeak: ({ rightWithout }) => rightWithout,
  elsewhere: ({ right, mass }) => mass === undefined ? right : undefined,
  mass: ({ mass }) => mass,
};

/** The interval of a mean within 0 and 1, or of a difference of two. */
function intervalOf(name: FigureName | "change", seeds: readonly (readonly number[])[]): Interval {
  const [least, greatest] = name === "change" ? [-1, 1] : [0, 1];
  if (seeds.length > 1) {
    const { estimate, low, high } = overSeedsInterval(seeds);
    return { estimate, low: Math.max(least, low), high: Math.min(greatest, high) };
  }
  const [values] = seeds as [readonly number[]];
  if (name === "change" || name === "mass") return meanOverTexts(values, [least, greatest]);
  return proportionInterval(values.reduce((sum, value) => sum + value, 0), values.length);
}

/**
 * What a repair came to: accuracy of the texts as they are; of all texts with the leak taken out; of
 * those that never had it; and the share of the relevance that stands on the leak, in texts that have
 * it. Intervals are at 95 %: over seeds by Student's t, of a single seed over texts, by Wilson's of
 * shares and by Student's of all else. Changes are paired by text.
 *
 * @param before How the models did, [seeds] of [texts].
 * @param after How those did that were repaired, in the same order.
 */
export function figuresOf(
  before: readonly (readonly TextOutcome[])[],
  after: readonly (readonly TextOutcome[])[],
): Figures {
  const found = figureNames.flatMap((name) => {
    const values = (seeds: readonly (readonly TextOutcome[])[]) =>
      seeds.map((outcomes) => outcomes.flatMap((one) => valueOf[name](one) ?? []));
    const [old, mended] = [values(before), values(after)];
    const texts = old[0]?.length ?? 0;
    if (texts === 0) return [];
    const changes = mended.map((list, s) => list.map((value, i) => value - old[s]![i]!));
    const figure: Figure = {
      before: intervalOf(name, old),
      after: intervalOf(name, mended),
      change: intervalOf("change", changes),
      texts,
    };
    return [[name, figure] as const];
  });
  return Object.fromEntries(found);
}
