/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of the words on a heatmap; readable on every colour of the scale. */
export const inkColor: Rgb = [17, 17, 17];

/** The colours at −1, 0 and +1. */
const ends: Readonly<Record<"negative" | "zero" | "positive", Rgb>> = {
  negative: [107, 160, 255],
  zero: [255, 255, 255],
  positive: [255, 116, 98],
};

/**
 * The background of a word: white at 0, towards red for positive and blue for negative values,
 * linearly. Dark ink has a contrast of more than 7 : 1 on all of it (WCAG 2.2, level AAA).
 *
 * @param value Relevance over the largest absolute relevance; cut off at −1 and 1.
 * @returns The colour.
 * @throws {RangeError} If the value is not a number.
 *
 * @example
 * ```ts
 * import { heatmapColor } from "@heatword/eval/heatmap";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(heatmapColor(0), [255, 255, 255]);
 * ```
 */
export function heatmapColor(value: number): Rgb {
  if (Number.isNaN(value)) throw new RangeError("Cannot colour a value that is not a number");
  const share = Math.min(1, Math.abs(value));
  const end = value < 0 ? ends.negative : ends.positive;
  const mix = (i: 0 | 1 | 2) => Math.round(ends.zero[i] + share * (end[i] - ends.zero[i]));
  return [mix(0), mix(1), mix(2)];
}

/**
 * Writes a colour as CSS and SVG take it.
 *
 * @param color The colour.
 * @returns Six hexadecimal digits after a `#`.
 */
export function hexColor(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
