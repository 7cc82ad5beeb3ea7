import * as Plot from "@observablehq/plot";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import { explainerLabel } from "../pca/panels.ts";
import { curveStyles } from "./_colors.ts";
import { shortened, spread, textWidth } from "./_labels.ts";
import { drawPlot, faint, svgFile, textAt } from "./_svg.ts";

const plotWidth = 384;
const plotHeight = 296;
const margin = { top: 40, left: 48 };
/** What the names of the curves take beside the plot, at least. */
const minRight = 76;
/** Names of curves are cut to so many columns. */
const longestName = 24;
/** What the axis takes below the plot, and the numbers of documents below it. */
const axis = 44;
const countLine = 16;

/** Where the curves end: at the most words that any document has. */
function lastOf({ remaining }: DeletionExperiment): number {
  return Math.max(1, remaining.findLastIndex((documents) => documents > 0));
}

/** Whole numbers of deleted words for the axis, about six. */
function ticksOf(last: number): number[] {
  let step = 1;
  for (let k = 0; last / step > 6; k++) step *= k % 3 === 1 ? 2.5 : 2;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
}

/** Below the axis, how many documents have as many words. */
function remainingText({ remaining }: DeletionExperiment, last: number): string {
  const xOf = (k: number) => margin.left + (plotWidth - margin.left) * k / last;
  const style = { "text-anchor": "middle", "font-size": 11, "fill": "#555555" };
  return ticksOf(last)
    .map((k) => textAt(xOf(k), plotHeight + 33, remaining[k]!.toLocaleString("en"), style))
    .join("");
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
  const { group, documents, curves, random, unit = "word" } = experiment;
  const all = [...curves, random];
  const styles = curveStyles(all.map(({ name }) => name));
  const last = lastOf(experiment);
  const someShort = documents > 0 && experiment.remaining[last]! < documents;
  const names = all.map(({ name }) => shortened(explainerLabel(name), longestName));
  const right = Math.max(minRight, 14 + Math.ceil(1.08 * Math.max(...names.map(textWidth))));
  const width = plotWidth + right;
  const marginBottom = axis + (someShort ? countLine : 0);
  const height = plotHeight + marginBottom;
  const points = (accuracy: readonly number[]) =>
    accuracy.slice(0, last + 1).map((y, x) => ({ x, y }));
  const band = points(random.accuracy).map(({ x, y }) => {
    const deviation = random.deviation[x]! || 0;
    // No accuracy lies outside 0 to 1, whatever the mean and the deviation of few runs.
    return { x, low: Math.max(0, y - deviation), high: Math.min(1, y + deviation) };
  });
  const drawable = documents > 0;
  const plot = drawPlot({
    width,
    height,
    marginTop: margin.top,
    marginRight: right,
    marginBottom,
    marginLeft: margin.left,
    x: {
      domain: [0, last],
      label: null,
      ticks: ticksOf(last),
      tickFormat: "d",
      tickSize: 4,
    },
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
  const bottom = plotHeight;
  const yOf = (share: number) => bottom - share * (bottom - top);
  const ends = all.map(({ accuracy }) => yOf(accuracy[last]!));
  const placed = spread(ends, 15, top, bottom);
  const labels = !drawable
    ? []
    : all.map(({ name }, i) =>
      textAt(plotWidth + 8, placed[i]! + 4, names[i]!, {
        "fill": styles.get(name)!.color,
        "font-weight": "bold",
      })
    );
  const title = group === "correct"
    ? `Correct at first, most relevant ${unit}s deleted first`
    : `Wrong at first, least relevant ${unit}s deleted first`;
  const middle = (margin.left + plotWidth) / 2;
  const content = [
    plot,
    ...labels,
    drawable ? "" : textAt(middle, (top + bottom) / 2, "no such documents", {
      "text-anchor": "middle",
      "fill": faint,
    }),
    textAt(margin.left, 16, title, { "font-weight": "bold", "font-size": 13 }),
    textAt(
      margin.left,
      31,
      `${documents.toLocaleString("en")} document${documents === 1 ? "" : "s"}`,
      { "fill": "#555555" },
    ),
    someShort ? remainingText(experiment, last) : "",
    textAt(
      middle,
      height - 8,
      `Number of deleted ${unit}s${someShort ? "; below: documents that have so many" : ""}`,
      { "text-anchor": "middle" },
    ),
    textAt(0, 0, "Accuracy", {
      "text-anchor": "middle",
      "transform": `translate(13 ${(top + bottom) / 2}) rotate(-90)`,
    }),
  ].join("");
  const what = `Accuracy against the number of deleted ${unit}s: ${title.toLowerCase()}`;
  return svgFile({ width, height, title: what, content });
}
