import * as Plot from "@observablehq/plot";
import { commonExtent, type PanelResult } from "../pca/evaluate_panels.ts";
import { escapeXml } from "../heatmap/escape.ts";
import { groupColor } from "./_colors.ts";
import { shortened, textWidth } from "./_labels.ts";
import {
  drawPlot,
  faint,
  type SvgDocument,
  type SvgElement,
  svgFile,
  svgNamespace,
  textAt,
} from "./_svg.ts";

const side = 290;
const columns = 3;
const gap = 16;
const headline = 24;
/** What the title of an axis takes. */
const axisRoom = 18;
const legendLine = 24;
/** In how many layers the points are drawn, so that no group hides another altogether. */
const layers = 12;

/** The groups of documents, as a figure names them. */
export interface PlotGroups {
  /** The group of each document; negative for none. */
  readonly of: ArrayLike<number>;
  /** The names of the groups. */
  readonly names: readonly string[];
  /** What documents of no group are called. @default {"other"} */
  readonly rest?: string;
}

const colorOf = (group: number, { names }: PlotGroups) =>
  group < 0 ? "#bdbdbd" : groupColor(group, names.length);

/** How wide points are: as wide as few of them may be, and as small as many must. */
export function pointSize(count: number): number {
  return Math.max(2.6, Math.min(6, 60 / Math.sqrt(Math.max(1, count))));
}

/** Draws points as zero-length strokes: a path a layer and group is a tenth of a circle a point. */
function pointsMark({ points }: PanelResult, groups: PlotGroups) {
  const count = points.length / 2;
  const rows = Array.from({ length: count }, (_, i) => [points[2 * i]!, points[2 * i + 1]!]);
  const render = (
    index: ArrayLike<number>,
    _scales: unknown,
    values: { x: ArrayLike<number>; y: ArrayLike<number> },
    _dimensions: unknown,
    context: { document: SvgDocument },
  ): SvgElement => {
    const { document } = context;
    const all = document.createElementNS(svgNamespace, "g");
    all.setAttribute("fill", "none");
    all.setAttribute("stroke-linecap", "round");
    all.setAttribute("stroke-width", pointSize(count).toFixed(1));
    all.setAttribute("stroke-opacity", count > 1000 ? "0.6" : "0.8");
    const draw = (group: number, layer: number, of: number) => {
      let path = "";
      let last = 0;
      const steps: number[] = [];
      for (let i = layer; i < index.length; i += of) {
        const own = index[i]!;
        if ((groups.of[own]! < 0 ? -1 : groups.of[own]!) !== group) continue;
        steps.push(own - last);
        last = own;
        path += `M${values.x[own]!.toFixed(1)} ${values.y[own]!.toFixed(1)}h0`;
      }
      if (path === "") return;
      const element = document.createElementNS(svgNamespace, "path");
      element.setAttribute("stroke", colorOf(group, groups));
      element.setAttribute("d", path);
      // Which documents these are, each as the step from the one before.
      element.setAttribute("data-i", steps.join(" "));
      all.append(element);
    };
    draw(-1, 0, 1);
    for (let layer = 0; layer < layers; layer++) {
      groups.names.forEach((_, group) => draw(group, layer, layers));
    }
    return all;
  };
  return Plot.dot(rows, { x: "0", y: "1", render } as unknown as Plot.DotOptions);
}

function panelSvg(
  result: PanelResult,
  groups: PlotGroups,
  extent: number,
  x: number,
  y: number,
): string {
  const domain: [number, number] = [-extent, extent];
  const plot = drawPlot(
    {
      width: side,
      height: side,
      margin: 1,
      x: { domain, axis: null },
      y: { domain, axis: null },
      marks: [
        Plot.ruleX([0], { stroke: "#000000", strokeOpacity: 0.12 }),
        Plot.ruleY([0], { stroke: "#000000", strokeOpacity: 0.12 }),
        pointsMark(result, groups),
        Plot.frame({ stroke: faint }),
      ],
    },
    x,
    y + headline,
  ).replace("<svg ", () => `<svg data-panel="${escapeXml(result.panel.label)}" `);
  const figure = Number.isFinite(result.plane.mean) ? result.plane.mean.toFixed(3) : "–";
  const minus = figure.replace("-", "−");
  const said = `silhouette ${minus}`;
  const [first, second] = result.explainedVariance.map((share, i) =>
    `component ${i + 1}, ${(100 * share).toFixed(0)} % of variance`
  ) as [string, string];
  // What the label may take beside the figure, in columns of 14 px type.
  const room = Math.floor((side - textWidth(said) - 12) / 8.6);
  const axisStyle = { "text-anchor": "middle", "fill": "#555555", "font-size": 11.5 };
  const middle = y + headline + side / 2;
  return textAt(x, y + 16, shortened(result.panel.label, room), {
    "font-weight": "bold",
    "font-size": 14,
  }) +
    textAt(x + side, y + 16, said, { ...axisStyle, "text-anchor": "end" }) +
    textAt(x + side / 2, y + headline + side + 14, first, axisStyle) +
    textAt(x - 6, middle, second, {
      ...axisStyle,
      "transform": `rotate(-90 ${x - 6} ${middle})`,
    }) + plot;
}

/** The names of the groups beside their colours, on as many lines as it takes. */
function legendOf(groups: PlotGroups, width: number): { content: string; height: number } {
  const someRest = Array.from(groups.of).some((group) => group < 0);
  const entries = [
    ...groups.names.map((name, group) => [name, group] as const),
    ...(someRest ? [[groups.rest ?? "other", -1] as const] : []),
  ];
  const content: string[] = [];
  let [x, y] = [0, 13];
  for (const [name, group] of entries) {
    const shown = shortened(name, 40);
    const size = 38 + Math.ceil(1.05 * textWidth(shown));
    if (x > 0 && x + size > width) [x, y] = [0, y + legendLine];
    content.push(
      `<circle cx="${x + 6}" cy="${y}" r="5" fill="${colorOf(group, groups)}"/>`,
      textAt(x + 16, y + 4.5, shown, { "font-size": 13 }),
    );
    x += size;
  }
  return { content: content.join(""), height: y + 21 };
}

/**
 * Fig. 3: documents in the plane of their two largest principal components, a panel for each way to
 * weight words, all panels on one equal scale on both axes.
 *
 * @param panels The panels, in reading order.
 * @param groups The groups of documents.
 * @returns A self-contained SVG file.
 */
export function pcaPlot(panels: readonly PanelResult[], groups: PlotGroups): string {
  const extent = (commonExtent(panels) || 1) * 1.04;
  const across = Math.min(columns, Math.max(1, panels.length));
  const width = across * (axisRoom + side + gap) - gap + 2;
  const legend = legendOf(groups, width);
  const content = [legend.content];
  panels.forEach((panel, p) => {
    const left = 1 + axisRoom + (p % columns) * (axisRoom + side + gap);
    const top = legend.height + Math.floor(p / columns) * (headline + side + axisRoom + gap);
    content.push(panelSvg(panel, groups, extent, left, top));
  });
  const down = Math.ceil(panels.length / columns);
  return svgFile({
    width,
    height: legend.height + down * (headline + side + axisRoom + gap) - gap + 2,
    title: "Documents in the plane of the two largest principal components, a panel for each way " +
      `to weight words: ${panels.map(({ panel }) => panel.label).join(", ")}`,
    content: content.join(""),
  });
}
