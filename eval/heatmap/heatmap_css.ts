import { heatmapColor, hexColor, inkColor } from "./color_scale.ts";

/** How many steps of colour each sign has; beyond about ten the eye sees no steps. */
export const heatmapLevels = 20;

/** The level of an intensity from −1 to 1: a whole number from −20 to 20. */
export function heatmapLevel(intensity: number): number {
  return Math.round(intensity * heatmapLevels) + 0;
}

/** Ink, background and lines of what the model does not see; the ink is readable on both. */
export const unseenColors = { ink: "#444444", ground: "#f4f4f4", hatch: "#c4c4c4" } as const;

/** The class of a level, e.g. `hw-p7` or `hw-n20`; none at 0. */
export function levelClass(level: number): string {
  return level === 0 ? "" : `hw-${level > 0 ? "p" : "n"}${Math.abs(level)}`;
}

/**
 * The colour of the underline: the dark form of the scale's ends, fainter for small values.
 *
 * @param intensity From −1 to 1.
 * @returns The colour as CSS and SVG take it.
 */
export function markColor(intensity: number): string {
  const share = Math.min(1, Math.abs(intensity)) ** 0.75;
  const mix = (part: number) => Math.round(255 + share * (part - 255));
  const [r, g, b] = intensity < 0 ? [21, 61, 153] : [153, 22, 6];
  return hexColor([mix(r!), mix(g!), mix(b!)]);
}

/**
 * The style sheet of the heatmaps that {@linkcode heatmapHtml} makes; put it on the page once. All
 * its classes begin with `hw-`. Positive words are red and underlined with a solid line, negative
 * words blue and underlined with dots, so that the sign shows without colour too; what the model does not
 * see is hatched.
 *
 * @returns CSS; no inline style is needed beside it.
 */
export function heatmapCss(): string {
  const ink = hexColor(inkColor);
  const levels: string[] = [];
  for (const sign of [1, -1]) {
    for (let level = 1; level <= heatmapLevels; level++) {
      const intensity = (sign * level) / heatmapLevels;
      levels.push(
        `.${levelClass(sign * level)}{background-color:${hexColor(heatmapColor(intensity))};` +
          `text-decoration-color:${markColor(intensity)}}`,
      );
    }
  }
  return `
.hw-heatmap { margin: 0; color: ${ink}; background: #fff; color-scheme: light; }
.hw-caption { margin: 0 0 0.4em; }
.hw-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; unicode-bidi: plaintext;
  text-align: start; }
.hw-text [class^="hw-p"], .hw-text [class^="hw-n"], .hw-legend span { color: ${ink};
  border-radius: 2px; text-decoration-line: underline; text-decoration-thickness: 2px;
  text-underline-offset: 2px; text-decoration-skip-ink: none;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.hw-text [class^="hw-p"], .hw-legend [class^="hw-p"] { text-decoration-style: solid; }
.hw-text [class^="hw-n"], .hw-legend [class^="hw-n"] { text-decoration-style: dotted; }
.hw-unseen { color: ${unseenColors.ink}; border-radius: 2px; background: repeating-linear-gradient(
  135deg, ${unseenColors.ground} 0 3px, ${unseenColors.hatch} 3px 4.5px);
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.hw-unknown::after { content: "\\200e?\\200e"; content: "\\200e?\\200e" / ""; color: ${unseenColors.ink}; font-size: 0.7em;
  font-weight: 700; vertical-align: super; line-height: 0; }
.hw-rtl::after { content: "\\200f?\\200f"; content: "\\200f?\\200f" / ""; }
.hw-note { color: #555; font-size: 0.85em; margin: 0.4em 0 0; }
.hw-legend { font-size: 0.85em; margin: 0.7em 0 0; display: flex; flex-wrap: wrap; gap: 0.25em; }
.hw-key { font-size: 0.85em; margin: 0.4em 0 0; display: flex; flex-wrap: wrap; gap: 0.25em 0.8em; }
.hw-key span { padding: 0 0.45em; }
.hw-legend span { padding: 0 0.45em; text-decoration-line: none; }
.hw-legend [class^="hw-p"], .hw-legend [class^="hw-n"] { text-decoration-line: underline; }
${levels.join("\n")}
`.trimStart();
}
