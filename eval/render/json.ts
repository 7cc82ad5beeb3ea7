import { visibleJson } from "./_visible.ts";
import type { Explanation } from "./explanation.ts";

/** One property a line, and one token or unit a line: long, but it can be read and compared. */
function spread(explanation: Explanation, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(explanation).map(([key, value]) => {
    const isLong = (key === "tokens" || key === "units") && value.length > 0;
    const json = isLong
      ? `[\n${
        value.map((part: unknown) => `${inner}  ${JSON.stringify(part)}`).join(",\n")
      }\n${inner}]`
      : JSON.stringify(value);
    return `${inner}${JSON.stringify(key)}: ${json}`;
  });
  return `${indent}{\n${lines.join(",\n")}\n${indent}}`;
}

/**
 * JSON: the explanation itself when there is one, an array of them otherwise.
 *
 * @param explanations What was found.
 * @returns The text, with a line feed at the end.
 */
export function renderJson(explanations: readonly Explanation[]): string {
  const json = explanations.length === 1
    ? spread(explanations[0]!, "")
    : `[\n${explanations.map((value) => spread(value, "  ")).join(",\n")}\n]`;
  return `${visibleJson(json)}\n`;
}

/**
 * JSON lines: one explanation a line.
 *
 * @param explanations What was found.
 * @returns The text.
 */
export function renderJsonl(explanations: readonly Explanation[]): string {
  return explanations.map((value) => `${visibleJson(JSON.stringify(value))}\n`).join("");
}
