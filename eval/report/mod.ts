/**
 * The report: one self-contained HTML file, and its figures.
 *
 * @module
 */
export * from "./figures.ts";
export type { PlottedTexts } from "./points_script.ts";
export * from "./report_data.ts";
export * from "./report_html.ts";
