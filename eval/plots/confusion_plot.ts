import * as Plot from "@observablehq/plot";
import type { Classification } from "../classification/confusion_matrix.ts";
import { shortened, textWidth } from "./_labels.ts";
import { drawPlot, svgFile, textAt } from "./_svg.ts";

const top = 12;
/** What an axis takes beside the names of the classes: its title and the distances. */
const axis = 44;
/** Names are cut to so many columns. */
const longestName = 28;
/** The most that the cells of many classes take together, and the least that one takes. */
const widest = 840;
const smallestCell = 8;
const tilt = 60;

/** The side of a cell: few classes get large ones, many are squeezed. */
function cellOf(classes: number): number {
  if (classes <= 4) return 64;
  if (classes <= 8) return 44;
  return Math.max(smallestCell, Math.min(30, Math.floor(widest / classes)));
}

/** The size of type in which the largest count fits into a cell; undefined where it would be tiny. */
function countSize(largest: number, cell: number): number | undefined {
  const size = Math.min(cell > 40 ? 14 : 11, (cell - 8) / (0.6 * String(largest).length));
  return size >= 6 ? Math.round(size * 10) / 10 : undefined;
}

function cellsOf({ confusion }: Classification) {
  return confusion.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, given) => ({
      truth,
      given,
      count,
      share: total === 0 ? 0 : count / total,
    }));
  });
}

/**
 * The confusion matrix as a chart: a row for each true class, a column for each predicted one, the
 * number of documents in each cell where it can be read, coloured by its share of the row.
 *
 * @param found What {@linkcode classification} found.
 * @returns A self-contained SVG file.
 */
export function confusionPlot(found: Classification): string {
  const { classes } = found;
  const cells = cellsOf(found);
  const cell = cellOf(classes.length);
  const inner = cell * classes.length;
  const shown = classes.map((name) => shortened(name, longestName));
  const nameWidth = Math.max(0, ...shown.map((name) => textWidth(name)));
  const level = nameWidth <= cell - 6;
  const left = axis + nameWidth;
  const right = Math.max(10, 50 - inner / 2);
  const bottom = axis + (level ? 12 : Math.ceil(nameWidth * Math.sin(tilt * Math.PI / 180)));
  const [width, height] = [left + inner + right, top + inner + bottom];
  const fontSize = countSize(Math.max(0, ...cells.map(({ count }) => count)), cell);
  const names = (side: "x" | "y") => ({
    domain: classes.map((_, c) => c),
    label: null,
    tickFormat: (c: number) => shown[c]!,
    tickSize: 0,
    padding: 0.06,
    ...(side === "x" && !level && { tickRotate: -tilt }),
  });
  const plot = drawPlot({
    width,
    height,
    marginTop: top,
    marginRight: right,
    marginBottom: bottom,
    marginLeft: left,
    // Names of many classes get smaller with the cells.
    style: { fontSize: `${Math.min(12, Math.max(7, cell - 2))}px` },
    x: names("x"),
    y: names("y"),
    color: { type: "sqrt", domain: [0, 1], range: ["#f3f6fa", "#08408a"] },
    marks: [
      Plot.cell(cells, { x: "given", y: "truth", fill: "share" }),
      ...(fontSize === undefined ? [] : [
        Plot.text(cells.filter(({ count }) => count > 0), {
          x: "given",
          y: "truth",
          text: (d: { count: number }) => String(d.count),
          fill: (d: { share: number }) => d.share > 0.3 ? "#ffffff" : "#222222",
          fontSize,
        }),
      ]),
    ],
  });
  const content = plot +
    textAt(left + inner / 2, height - 8, "Predicted class", { "text-anchor": "middle" }) +
    textAt(0, 0, "True class", {
      "text-anchor": "middle",
      "transform": `translate(14 ${Math.max(40, top + inner / 2)}) rotate(-90)`,
    });
  return svgFile({
    width,
    height,
    title: `Confusion matrix of ${classes.length} classes, documents of each true class by the ` +
      "class predicted",
    content,
  });
}
