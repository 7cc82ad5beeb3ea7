/**
 * Heatmaps of whole documents, as HTML and SVG, and the colour scale they share. Nothing here needs
 * Deno: it runs in a browser as it is.
 *
 * @module
 */
export * from "./color_scale.ts";
export * from "./escape.ts";
export { heatmapCss, heatmapLevels, markColor } from "./heatmap_css.ts";
export * from "./heatmap_html.ts";
export * from "./heatmap_svg.ts";
export * from "./segments.ts";
export { leftOutNote, listed, plainText, type Quoted, type Sentence } from "./_notes.ts";
