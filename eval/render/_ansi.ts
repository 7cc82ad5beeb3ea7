import { heatmapColor, inkColor, type Rgb } from "@heatword/eval/heatmap";

/** What a terminal can show: 0 no colour, 1 sixteen colours, 2 256 colours, 3 true colour. */
export type ColorLevel = 0 | 1 | 2 | 3;

/** The codes that one level of colour uses. */
export interface Palette {
  /** Wraps a word of some strength, from −1 to 1. */
  word(text: string, strength: number): string;
  /** Greys a text out. */
  dim(text: string): string;
  /** Makes a text bold. */
  bold(text: string): string;
}

const wrap = (codes: string, text: string) => text === "" ? "" : `\x1b[${codes}m${text}\x1b[0m`;

/** The nearest colour of the 6 × 6 × 6 cube of xterm's 256. */
function cube([r, g, b]: Rgb): number {
  const step = (value: number) => value < 48 ? 0 : value < 115 ? 1 : Math.floor((value - 35) / 40);
  return 16 + 36 * step(r) + 6 * step(g) + step(b);
}

/** Words weaker than this part of the strongest stay as they are. */
const FAINTEST = 0.055;
/** Words weaker than this are coloured themselves; the others stand on a colour. */
const FAINT = 0.3;
/** For weak words: a red and a blue that can be read on black and on white. */
const [RED, BLUE]: [Rgb, Rgb] = [[219, 68, 55], [66, 122, 224]];

/** Codes for a word: on a dark terminal the palest background would be the most striking. */
function wordCodes(strength: number, level: ColorLevel): string {
  const faint = Math.abs(strength) < FAINT;
  if (level === 1) {
    const color = strength > 0 ? 1 : 4;
    return faint ? `9${color}` : `97;4${color}`;
  }
  const code = (color: Rgb) => level === 2 ? `5;${cube(color)}` : `2;${color.join(";")}`;
  return faint
    ? `38;${code(strength > 0 ? RED : BLUE)}`
    : `38;${code(inkColor)};48;${code(heatmapColor(strength))}`;
}

/**
 * The codes for a level of colour; level 0 leaves every text as it is.
 *
 * @param level What the terminal can show.
 */
export function palette(level: ColorLevel): Palette {
  if (level === 0) return { word: (text) => text, dim: (text) => text, bold: (text) => text };
  return {
    word: (text, strength) =>
      Math.abs(strength) < FAINTEST ? text : wrap(wordCodes(strength, level), text),
    dim: (text) => wrap("2", text),
    bold: (text) => wrap("1", text),
  };
}
