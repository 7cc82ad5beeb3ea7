/**
 * Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008), darkened
 * where text is written in them.
 */
const palette = {
  vermilion: "#c84e00",
  blue: "#0067a5",
  green: "#00805f",
  purple: "#a8508a",
  orange: "#b77a00",
  sky: "#2a8fbd",
} as const;

/** The colours of groups of documents, in their order. */
const groupColors: readonly string[] = [
  palette.blue,
  palette.orange,
  palette.green,
  palette.purple,
  palette.vermilion,
  palette.sky,
];

/**
 * The colour of a group of documents. Six groups have colours that anyone tells apart; of more, the
 * hues go round in even steps.
 *
 * @param group Which group, from 0.
 * @param groups How many groups there are.
 */
export function groupColor(group: number, groups: number): string {
  if (groups <= groupColors.length) return groupColors[group]!;
  const hue = (360 * group) / groups;
  const light = group % 2 === 0 ? 0.36 : 0.52;
  const part = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    const value = light - 0.7 * Math.min(light, 1 - light) *
        Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value).toString(16).padStart(2, "0");
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}

/** How the curve of a method is drawn. */
export interface CurveStyle {
  readonly color: string;
  readonly dash: string;
}

const known: Readonly<Record<string, CurveStyle>> = {
  lrp: { color: palette.vermilion, dash: "" },
  sa: { color: palette.blue, dash: "6 3" },
  random: { color: "#6f6f6f", dash: "2 3" },
};

const others: readonly CurveStyle[] = [
  { color: palette.green, dash: "8 3 2 3" },
  { color: palette.purple, dash: "4 2" },
  { color: palette.orange, dash: "" },
  { color: palette.sky, dash: "1 3" },
];

/** The style of each of several methods; the paper's always look the same. */
export function curveStyles(names: readonly string[]): Map<string, CurveStyle> {
  const styles = new Map<string, CurveStyle>();
  let next = 0;
  for (const name of names) {
    styles.set(name, known[name] ?? others[next++ % others.length]!);
  }
  return styles;
}
