import * as Plot from "@observablehq/plot";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import { explainerLabel } from "../pca/panels.ts";
import { curveStyles } from "./_colors.ts";
import { spread } from "./_labels.ts";
import { drawPlot, faint, svgFile, textAt } from "./_svg.ts";

const width = 460;
const height = 340;
const margin = { top: 40, right: 76, bottom: 44, left: 48 };

/**
 * One chart of Fig. 1: accuracy against the number of deleted words, a line for each explainer, and
 * random deletion with a band of one standard deviation.
 *
 * @param experiment The experiment.
 * @returns A self-contained SVG file.
 */
export function deletionPlot(experiment: DeletionExperiment): string {
  const { group, documents, curves, random } = experiment;
  const all = [...curves, random];
  const styles = curveStyles(all.map(({ name }) => name));
  const deletions = random.accuracy.length - 1;
  const points = (accuracy: readonly number[]) => accuracy.map((y, x) => ({ x, y }));
  const band = random.accuracy.map((y, x) => {
    const deviation = random.deviation[x]! || 0;
    return { x, low: y - deviation, high: y + deviation };
  });
  const drawable = documents > 0;
  const plot = drawPlot({
    width,
    height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    x: { domain: [0, Math.max(1, deletions)], label: null, ticks: 6, tickSize: 4 },
    y: { domain: [0, 1], label: null, ticks: 6, tickSize: 4, tickFormat: ".1f" },
    marks: [
      Plot.gridY({ stroke: "#000000", strokeOpacity: 0.08, ticks: 6 }),
      Plot.ruleY([0], { stroke: "#222222" }),
      ...(drawable
        ? [
          Plot.areaY(band, {
            x: "x",
            y1: "low",
            y2: "high",
            fill: styles.get("random")!.color,
            fillOpacity: 0.25,
          }),
          ...all.toReversed().map(({ name, accuracy }) =>
            Plot.lineY(points(accuracy), {
              x: "x",
              y: "y",
              stroke: styles.get(name)!.color,
              strokeWidth: 2,
              strokeDasharray: styles.get(name)!.dash || "none",
            })
          ),
        ]
        : []),
    ],
  });
  const top = margin.top;
  const bottom = height - margin.bottom;
  const yOf = (share: number) => bottom - share * (bottom - top);
  const ends = all.map(({ accuracy }) => yOf(accuracy.at(-1)!));
  const placed = spread(ends, 15, top, bottom);
  const labels = !drawable
    ? []
    : all.map(({ name }, i) =>
      textAt(width - margin.right + 8, placed[i]! + 4, explainerLabel(name), {
        "fill": styles.get(name)!.color,
        "font-weight": "bold",
      })
    );
  const title = group === "correct"
    ? "Correct at first, most relevant words deleted first"
    : "Wrong at first, least relevant words deleted first";
  const middle = margin.left + (width - margin.left - margin.right) / 2;
  const content = [
    plot,
    ...labels,
    drawable ? "" : textAt(middle, (top + bottom) / 2, "no such documents", {
      "text-anchor": "middle",
      "fill": faint,
    }),
    textAt(margin.left, 16, title, { "font-weight": "bold", "font-size": 13 }),
    textAt(margin.left, 31, `${documents.toLocaleString("en")} documents`, { "fill": "#555555" }),
    textAt(middle, height - 8, "Number of deleted words", { "text-anchor": "middle" }),
    textAt(0, 0, "Accuracy", {
      "text-anchor": "middle",
      "transform": `translate(13 ${(top + bottom) / 2}) rotate(-90)`,
    }),
  ].join("");
  const what = `Accuracy against the number of deleted words: ${title.toLowerCase()}`;
  return svgFile({ width, height, title: what, content });
}
