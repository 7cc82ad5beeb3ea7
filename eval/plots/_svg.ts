import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeXml } from "../heatmap/escape.ts";

/** The fonts of all figures. */
export const fontFamily = "Helvetica, Arial, 'Liberation Sans', sans-serif";
/** The ink of all figures. */
export const ink = "#222222";
/** What stands back: grid lines, notes, documents of no group. */
export const faint = "#8a8a8a";

/** A mark of a plot. */
export type Mark = Plot.Markish;

/** The parts of the document that marks draw into which are used here. */
export interface SvgElement {
  setAttribute(name: string, value: string): void;
  append(...children: SvgElement[]): void;
}

/** What makes elements. */
export interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

/** The namespace of SVG. */
export const svgNamespace = "http://www.w3.org/2000/svg";

/** The pieces of a figure's file. */
export interface Figure {
  readonly width: number;
  readonly height: number;
  /** What it shows, in one sentence, for those who do not see it. */
  readonly title: string;
  /** Its content, SVG elements. */
  readonly content: string;
}

/** A self-contained SVG file. */
export function svgFile({ width, height, title, content }: Figure): string {
  return `<svg xmlns="${svgNamespace}" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" role="img" font-family="${fontFamily}" font-size="12" fill="${ink}" ` +
    `style="max-width:100%;height:auto"><title>${escapeXml(title)}</title>` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>${content}</svg>\n`;
}

/** Draws a plot without a browser and returns it as an SVG element that can stand in another. */
export function drawPlot(options: Plot.PlotOptions, x = 0, y = 0): string {
  // deno-lint-ignore no-explicit-any
  const { document } = parseHTML("<html></html>") as any;
  const style = { fontFamily, fontSize: "12px", color: ink, background: "none" };
  const own = options.style as Plot.PlotOptions["style"] & object | undefined;
  const element = Plot.plot(
    { ...options, style: { ...style, ...own }, document } as Plot.PlotOptions,
  ) as unknown as {
    outerHTML: string;
    setAttribute(name: string, value: string): void;
    removeAttribute(name: string): void;
    querySelector(selector: string): { remove(): void } | null;
  };
  // The style sheet is for pages; a file has all it needs in attributes.
  element.querySelector("style")?.remove();
  element.removeAttribute("class");
  element.setAttribute("x", String(x));
  element.setAttribute("y", String(y));
  return element.outerHTML.replaceAll(/(\d+\.\d{2})\d+/g, "$1");
}

/** A line of text at a place of the figure. */
export function textAt(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  const more = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`).join("");
  return `<text x="${x}" y="${y}"${more}>${escapeXml(text)}</text>`;
}
