import type { ScoreCurve } from "../deletion/score_curves.ts";
import { curveChart } from "./_curve_chart.ts";
import { deletionTitle } from "./deletion_plot.ts";

/** What {@linkcode scorePlot} draws. */
export interface ScoreChart {
  /** Which documents. */
  readonly group: "correct" | "wrong";
  /** What is deleted. */
  readonly unit: string;
  /** How many documents. */
  readonly documents: number;
  /** How many of them have so many words, after 0, 1, … deleted words. */
  readonly remaining: readonly number[];
  /** The curves. */
  readonly curves: readonly ScoreCurve[];
}

/**
 * How far the score of the true class moves, against the number of deleted words: a line for each
 * explainer with its 95 % interval over documents, and random deletion.
 *
 * @param chart The curves.
 * @returns A self-contained SVG file.
 */
export function scorePlot({ group, unit, documents, remaining, curves }: ScoreChart): string {
  const title = deletionTitle(group, unit);
  const ends = curves.flatMap(({ change, interval }) => [...change, ...interval.flat()])
    .filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = 0.05 * (high - low || 1);
  const reach = high - low;
  return curveChart({
    title,
    description:
      `Change of the score of the true class against the number of deleted ${unit}s: ${title.toLowerCase()}`,
    documents,
    remaining,
    unit,
    curves: curves.map(({ name, change, interval }) => {
      return { name, values: change, band: interval };
    }),
    y: {
      label: "Change of the score",
      domain: [low < 0 ? low - room : 0, high > 0 || low === 0 ? high + room : 0],
      tickFormat: reach < 0.5 ? ".2f" : reach < 5 ? ".1f" : "d",
    },
  });
}
