import * as Plot from "@observablehq/plot";
import { commonExtent, type PanelResult } from "../pca/evaluate_panels.ts";
import { groupColors } from "./_colors.ts";
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
const gap = 12;
const headline = 24;
const legendHeight = 34;
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

const colorOf = (group: number) => group < 0 ? "#bdbdbd" : groupColors[group % groupColors.length]!;

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
    all.setAttribute("stroke-width", "2.6");
    all.setAttribute("stroke-opacity", "0.6");
    const draw = (group: number, layer: number, of: number) => {
      let path = "";
      for (let i = layer; i < index.length; i += of) {
        const own = index[i]!;
        if ((groups.of[own]! < 0 ? -1 : groups.of[own]!) !== group) continue;
        path += `M${values.x[own]!.toFixed(1)} ${values.y[own]!.toFixed(1)}h0`;
      }
      if (path === "") return;
      const element = document.createElementNS(svgNamespace, "path");
      element.setAttribute("stroke", colorOf(group));
      element.setAttribute("d", path);
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
  );
  const figure = Number.isFinite(result.plane.mean) ? result.plane.mean.toFixed(3) : "–";
  const minus = figure.replace("-", "−");
  const variance = result.explainedVariance[0] + result.explainedVariance[1];
  return textAt(x, y + 16, result.panel.label, { "font-weight": "bold", "font-size": 14 }) +
    textAt(
      x + side,
      y + 16,
      `silhouette ${minus} · ${(100 * variance).toFixed(0)} % of variance`,
      { "text-anchor": "end", "fill": "#555555", "font-size": 11.5 },
    ) + plot;
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
  const content: string[] = [];
  let x = 0;
  const someRest = Array.from(groups.of).some((group) => group < 0);
  const entries = [
    ...groups.names.map((name, group) => [name, group] as const),
    ...(someRest ? [[groups.rest ?? "other", -1] as const] : []),
  ];
  for (const [name, group] of entries) {
    content.push(
      `<circle cx="${x + 6}" cy="13" r="5" fill="${colorOf(group)}"/>`,
      textAt(x + 16, 17.5, name, { "font-size": 13 }),
    );
    x += 34 + name.length * 7.2;
  }
  panels.forEach((panel, p) => {
    const left = 1 + (p % columns) * (side + gap);
    const top = legendHeight + Math.floor(p / columns) * (side + headline + gap);
    content.push(panelSvg(panel, groups, extent, left, top));
  });
  const across = Math.min(columns, Math.max(1, panels.length));
  const down = Math.ceil(panels.length / columns);
  return svgFile({
    width: across * (side + gap) - gap + 2,
    height: legendHeight + down * (side + headline + gap) - gap + 2,
    title: "Documents in the plane of the two largest principal components, a panel for each way " +
      `to weight words: ${panels.map(({ panel }) => panel.label).join(", ")}`,
    content: content.join(""),
  });
}
