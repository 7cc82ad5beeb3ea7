import { heatmapColor, heatmapLevels, hexColor, markColor } from "@heatword/eval/heatmap";

type Rgb = readonly [number, number, number];

/** The ends of the dark scale; light ink has a contrast of more than 6 : 1 on all of it. */
const darkZero: Rgb = [27, 30, 36];
const darkEnds: Readonly<Record<"p" | "n", Rgb>> = { p: [150, 36, 24], n: [29, 78, 170] };
const darkMarks: Readonly<Record<"p" | "n", Rgb>> = { p: [255, 150, 132], n: [140, 186, 255] };

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(from[i] + share * (to[i] - from[i]));
  return [part(0), part(1), part(2)];
}

/** One colour for every level: class `p7` is 7/20 for, `n20` is 20/20 against. */
function levels(colors: (sign: "p" | "n", share: number) => readonly [string, string]): string {
  const lines: string[] = [];
  for (const sign of ["p", "n"] as const) {
    for (let level = 1; level <= heatmapLevels; level++) {
      const [background, mark] = colors(sign, level / heatmapLevels);
      lines.push(`.${sign}${level}{background:${background};text-decoration-color:${mark}}`);
    }
  }
  return lines.join("\n");
}

/**
 * The colours of the page's heatmaps, for a light and a dark screen. On the light one they are
 * those of every other heatmap.
 *
 * @returns CSS.
 */
export function heatCss(): string {
  const light = levels((sign, share) => {
    const intensity = sign === "p" ? share : -share;
    return [hexColor(heatmapColor(intensity)), markColor(intensity)];
  });
  const dark = levels((sign, share) => [
    hexColor(mix(darkZero, darkEnds[sign], share)),
    hexColor(mix(darkZero, darkMarks[sign], share ** 0.75)),
  ]);
  return `${light}\n@media (prefers-color-scheme: dark) {\n${dark}\n}\n`;
}
