import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import { curveChart } from "./_curve_chart.ts";

/** What one of the two experiments of deletion does, in a line. */
export function deletionTitle(group: "correct" | "wrong", unit: string): string {
  return group === "correct"
    ? `Correct at first, most relevant ${unit}s deleted first`
    : `Wrong at first, least relevant ${unit}s deleted first`;
}

/**
 * One chart of Fig. 1: accuracy against the number of deleted words, a line for each explainer, and
 * random deletion with a band of one standard deviation. Where documents have fewer words than are
 * deleted, the axis ends with the longest, and below it stands how many have so many.
 *
 * @param experiment The experiment.
 * @returns A self-contained SVG file.
 */
export function deletionPlot(experiment: DeletionExperiment): string {
  const { group, documents, remaining, curves, random, unit = "word" } = experiment;
  const title = deletionTitle(group, unit);
  const band = random.accuracy.map((y, k) => {
    const deviation = random.deviation[k]! || 0;
    // No accuracy lies outside 0 to 1, whatever the mean and the deviation of few runs.
    return [Math.max(0, y - deviation), Math.min(1, y + deviation)] as const;
  });
  return curveChart({
    title,
    description: `Accuracy against the number of deleted ${unit}s: ${title.toLowerCase()}`,
    documents,
    remaining,
    unit,
    curves: [
      ...curves.map(({ name, accuracy }) => ({ name, values: accuracy })),
      { name: random.name, values: random.accuracy, band },
    ],
    y: { label: "Accuracy", domain: [0, 1], tickFormat: ".1f" },
  });
}
