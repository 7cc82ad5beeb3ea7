/**
 * Formatters: each takes finished explanations and gives a text; none knows how they were made.
 *
 * @module
 */
import type { Explanation } from "./explanation.ts";
import type { TerminalOptions } from "./terminal.ts";

export * from "./explanation.ts";
export type { ColorLevel, Measure, TerminalOptions } from "./terminal.ts";
export { type PiecedText, type Pieces, piecesOf } from "./_pieces.ts";
export { visible, visibleJson } from "./_visible.ts";

/** The names of the formats. */
export const formats = ["terminal", "html", "json", "jsonl", "csv", "svg"] as const;

/** The name of a format. */
export type Format = (typeof formats)[number];

/**
 * Formats explanations. Only the chosen formatter is loaded.
 *
 * @param format The name of the format.
 * @param explanations What was found, all in one text.
 * @param options Width, colours, how many top words.
 * @returns The text to write.
 */
export async function render(
  format: Format,
  explanations: readonly Explanation[],
  options: TerminalOptions = {},
): Promise<string> {
  switch (format) {
    case "terminal":
      return (await import("./terminal.ts")).renderTerminal(explanations, options);
    case "html":
      return (await import("./html.ts")).renderHtml(explanations, options);
    case "json":
      return (await import("./json.ts")).renderJson(explanations);
    case "jsonl":
      return (await import("./json.ts")).renderJsonl(explanations);
    case "csv":
      return (await import("./csv.ts")).renderCsv(explanations);
    case "svg":
      return (await import("./svg.ts")).renderSvg(explanations);
  }
}
