import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Lines over one variable. */
export interface Series {
  readonly title: string;
  readonly variable: string;
  readonly lines: readonly {
    readonly name: string;
    readonly values: readonly (readonly [x: number, milliseconds: number])[];
  }[];
}

const width = 460;
const height = 320;
const colors: Record<string, string> = {
  "layers, LRP": "#8c2d04",
  "LRP, 20 classes": "#08519c",
  "forward": "#4292c6",
  "bound": "#737373",
};

function panel({ variable, title, lines }: Series): string {
  // deno-lint-ignore no-explicit-any
  const { document } = parseHTML("<html></html>") as any;
  const points = lines.flatMap(({ name, values }) => values.map(([x, y]) => ({ name, x, y })));
  const last = lines.map(({ name, values: [...values] }) => ({
    name,
    x: values.at(-1)![0],
    y: values.at(-1)![1],
  }));
  const ticks = [...new Set(points.map(({ x }) => x))];
  const plot = Plot.plot({
    document,
    width,
    height,
    title,
    marginLeft: 56,
    marginRight: 110,
    marginBottom: 44,
    style: { fontFamily: "Helvetica, Arial, sans-serif", fontSize: "12px", background: "white" },
    x: { type: "log", label: variable, ticks, tickFormat: (x: number) => x.toLocaleString("en") },
    y: { type: "log", label: "ms a text", grid: true, ticks: 5, tickFormat: "~g" },
    marks: [
      Plot.line(points, {
        x: "x",
        y: "y",
        stroke: ({ name }: { name: string }) => colors[name],
        z: "name",
        strokeDasharray: "0",
        marker: "circle",
      }),
      Plot.text(last, {
        x: "x",
        y: "y",
        text: "name",
        fill: ({ name }: { name: string }) => colors[name],
        textAnchor: "start",
        dx: 8,
      }),
    ],
  } as Plot.PlotOptions) as unknown as {
    querySelector(
      selector: string,
    ): { outerHTML: string; setAttribute(k: string, v: string): void };
  };
  return plot.querySelector("svg").outerHTML;
}

/** Draws one panel a variable, two in a row, as a self-contained SVG file. */
export function drawScale(series: readonly Series[]): string {
  const rows = Math.ceil(series.length / 2);
  const full = { width: 2 * width, height: rows * (height + 24) };
  const panels = series.map((one, i) => {
    const x = (i % 2) * width;
    const y = Math.floor(i / 2) * (height + 24);
    return `<g transform="translate(${x},${y})"><text x="56" y="16" font-weight="bold">${one.title}` +
      `</text><g transform="translate(0,20)">${panel(one)}</g></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${full.width} ${full.height}" ` +
    `width="${full.width}" height="${full.height}" role="img" font-family="Helvetica, Arial, ` +
    `sans-serif" font-size="13"><title>Cost of explaining a text</title>` +
    `<rect width="100%" height="100%" fill="white"/>${panels.join("")}</svg>\n`;
}
