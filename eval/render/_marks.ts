import type { Cell } from "./_layout.ts";
import { cutRange, tokenIndex } from "./_layout.ts";
import { type Explanation, largestRelevance } from "./explanation.ts";

/** What a heatmap needs to know of every token and offset. */
export interface Marking {
  /** Strength of each token, from −1 (against) to 1 (for). */
  readonly strengths: Float64Array;
  /** The strength in tenths, rounded away from nothing: −9 to 9. */
  readonly levels: Int8Array;
  /** The token at each offset, or −1. */
  readonly tokenAt: Int32Array;
  /** Whether a token has no vector. */
  readonly unknown: ReadonlySet<number>;
  /** Whether the sign of a strength means anything. */
  readonly signed: boolean;
  /** Where the part begins and ends that was cut off. */
  readonly cut: readonly [start: number, end: number];
}

/** Works out the marking of an explanation. */
export function marking(explanation: Explanation): Marking {
  const max = largestRelevance(explanation);
  const strengths = Float64Array.from(
    explanation.relevance,
    (value) => max === 0 ? 0 : value / max,
  );
  return {
    strengths,
    levels: Int8Array.from(strengths, (strength) => Math.round(strength * 9)),
    tokenAt: tokenIndex(explanation),
    unknown: new Set(explanation.unknown),
    signed: explanation.signed,
    cut: cutRange(explanation),
  };
}

/**
 * The mark of a token: `+9` to `-9` for how strong, `9` to `1` where no sign is meant, `?` for a
 * word without a vector.
 */
export function markOf({ levels, unknown, signed }: Marking, token: number): string {
  const level = levels[token]!;
  const sign = level < 0 ? "-" : signed ? "+" : "";
  const strength = level === 0 ? "" : `${sign}${Math.abs(level)}`;
  return strength + (unknown.has(token) ? "?" : "");
}

/**
 * The marks of a line, to be shown below it: each begins under the first character of its word and
 * is shortened where the next one begins.
 *
 * @returns The row, without spaces at its end; empty when nothing on the line has a mark.
 */
export function markRow(line: readonly Cell[], marks: Marking, cutText: string): string {
  const places: [number, string][] = [];
  let column = 0;
  let before = -1;
  for (const { offset, width } of line) {
    const token = marks.tokenAt[offset]!;
    if (token >= 0 && token !== before) places.push([column, markOf(marks, token)]);
    if (offset === marks.cut[0] && marks.cut[1] > offset) places.push([column, cutText]);
    before = token;
    column += width;
  }
  let row = "";
  places.forEach(([start, mark], i) => {
    const room = (places[i + 1]?.[0] ?? Infinity) - start;
    row = row.padEnd(start) + mark.slice(0, room);
  });
  return row.trimEnd();
}
