import * as Plot from "@observablehq/plot";
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

/** A line of a chart, with a band around it. */
export interface ChartCurve {
  readonly name: string;
  readonly values: readonly number[];
  readonly band?: readonly (readonly [low: number, high: number])[];
}

/** A chart over the number of deleted words. */
export interface CurveChart {
  /** What is seen, in a line. */
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  /** How many documents. */
  readonly documents: number;
  /** How many of them have so many words, after 0, 1, … deleted words. */
  readonly remaining: readonly number[];
  /** What is deleted. */
  readonly unit: string;
  readonly curves: readonly ChartCurve[];
  /** What the other axis shows, its ends, and how its numbers are written. */
  readonly y: {
    readonly label: string;
    readonly domain: readonly [number, number];
    readonly tickFormat: string;
  };
}

/** Where the curves end: at the most words that any document has. */
function lastOf(remaining: readonly number[]): number {
  return Math.max(1, remaining.findLastIndex((documents) => documents > 0));
}

/** Whole numbers of deleted words for the axis, about six. */
function ticksOf(last: number): number[] {
  let step = 1;
  for (let k = 0; last / step > 6; k++) step *= k % 3 === 1 ? 2.5 : 2;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
}

/** Below the axis, how many documents have as many words. */
function remainingText(remaining: readonly number[], last: number): string {
  const xOf = (k: number) => margin.left + (plotWidth - margin.left) * k / last;
  const style = { "text-anchor": "middle", "font-size": 11, "fill": "#555555" };
  return ticksOf(last)
    .map((k) => textAt(xOf(k), plotHeight + 33, remaining[k]!.toLocaleString("en"), style))
    .join("");
}

/**
 * Lines against the number of deleted words. Where documents have fewer words than are deleted, the
 * axis ends with the longest, and below it stands how many have so many.
 */
export function curveChart(chart: CurveChart): string {
  const { title, documents, curves: all, unit, remaining, y } = chart;
  const styles = curveStyles(all.map(({ name }) => name));
  const last = lastOf(remaining);
  const someShort = documents > 0 && remaining[last]! < documents;
  const names = all.map(({ name }) => shortened(explainerLabel(name), longestName));
  const right = Math.max(minRight, 14 + Math.ceil(1.08 * Math.max(...names.map(textWidth))));
  const width = plotWidth + right;
  const marginBottom = axis + (someShort ? countLine : 0);
  const height = plotHeight + marginBottom;
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
    y: { domain: [...y.domain], label: null, ticks: 6, tickSize: 4, tickFormat: y.tickFormat },
    marks: [
      Plot.gridY({ stroke: "#000000", strokeOpacity: 0.08, ticks: 6 }),
      Plot.ruleY([0], { stroke: "#222222" }),
      ...(drawable
        ? [
          ...all.filter(({ band }) => band).map(({ name, band }) =>
            Plot.areaY(band!.slice(0, last + 1).map(([low, high], x) => ({ x, low, high })), {
              x: "x",
              y1: "low",
              y2: "high",
              fill: styles.get(name)!.color,
              fillOpacity: 0.25,
            })
          ),
          ...all.toReversed().map(({ name, values }) =>
            Plot.lineY(values.slice(0, last + 1).map((y, x) => ({ x, y })), {
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
  const [low, high] = y.domain;
  const yOf = (value: number) => bottom - (value - low) / (high - low) * (bottom - top);
  const ends = all.map(({ values }) => yOf(values[last]!));
  const placed = spread(ends, 15, top, bottom);
  const labels = !drawable
    ? []
    : all.map(({ name }, i) =>
      textAt(plotWidth + 8, placed[i]! + 4, names[i]!, {
        "fill": styles.get(name)!.color,
        "font-weight": "bold",
      })
    );
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
    someShort ? remainingText(remaining, last) : "",
    textAt(
      middle,
      height - 8,
      `Number of deleted ${unit}s${someShort ? "; below: documents that have so many" : ""}`,
      { "text-anchor": "middle" },
    ),
    textAt(0, 0, y.label, {
      "text-anchor": "middle",
      "transform": `translate(13 ${(top + bottom) / 2}) rotate(-90)`,
    }),
  ].join("");
  return svgFile({ width, height, title: chart.description, content });
}
