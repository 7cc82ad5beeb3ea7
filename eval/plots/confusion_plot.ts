import * as Plot from "@observablehq/plot";
import type { Classification } from "../classification/confusion_matrix.ts";
import { drawPlot, svgFile, textAt } from "./_svg.ts";

const cell = 30;
const left = 190;
const bottom = 158;
const top = 8;

/**
 * The confusion matrix as a chart: a row for each true class, a column for each predicted one, the
 * number of documents in each cell, coloured by its share of the row.
 *
 * @param found What {@linkcode classification} found.
 * @returns A self-contained SVG file.
 */
export function confusionPlot({ classes, confusion }: Classification): string {
  const cells = confusion.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, given) => ({
      truth,
      given,
      count,
      share: total === 0 ? 0 : count / total,
    }));
  });
  const inner = cell * classes.length;
  const some = cells.filter(({ count }) => count > 0);
  const names = (axis: "x" | "y") => ({
    domain: classes.map((_, c) => c),
    label: null,
    tickFormat: (c: number) => classes[c]!,
    tickSize: 0,
    padding: 0.06,
    ...(axis === "x" && { tickRotate: -60 }),
  });
  const plot = drawPlot({
    width: left + inner + 10,
    height: top + inner + bottom,
    marginTop: top,
    marginRight: 10,
    marginBottom: bottom,
    marginLeft: left,
    x: names("x"),
    y: names("y"),
    color: { type: "sqrt", domain: [0, 1], range: ["#f3f6fa", "#08408a"] },
    marks: [
      Plot.cell(cells, { x: "given", y: "truth", fill: "share" }),
      Plot.text(some, {
        x: "given",
        y: "truth",
        text: (d: { count: number }) => String(d.count),
        fill: (d: { share: number }) => d.share > 0.2 ? "#ffffff" : "#222222",
        fontSize: 11,
      }),
    ],
  });
  const height = top + inner + bottom;
  const content = plot +
    textAt(left + inner / 2, height - 8, "Predicted class", { "text-anchor": "middle" }) +
    textAt(0, 0, "True class", {
      "text-anchor": "middle",
      "transform": `translate(12 ${top + inner / 2}) rotate(-90)`,
    });
  return svgFile({
    width: left + inner + 10,
    height,
    title: `Confusion matrix of ${classes.length} classes, documents of each true class by the ` +
      "class predicted",
    content,
  });
}
