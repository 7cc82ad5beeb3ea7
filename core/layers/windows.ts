import type { Window } from "./layer.ts";

/** How windows lie along a text. */
export interface Windows {
  /** Number of words in a window. */
  readonly width: number;
  /** Words from one window to the next. */
  readonly stride: number;
  /** Words from one word of a window to the next. */
  readonly dilation: number;
  /** Whether windows may stand over the ends: then there is one for every `stride` words. */
  readonly padding: "valid" | "same";
}

/** What is wrong with windows, if anything. */
export function problemOf({ width, stride, dilation }: Windows): string | undefined {
  for (const [name, value] of Object.entries({ width, stride, dilation })) {
    if (!Number.isSafeInteger(value) || value < 1) return `${name} ${value}`;
  }
}

/** Number of words from the first of a window to the last. */
const reachOf = ({ width, dilation }: Windows) => (width - 1) * dilation + 1;

/**
 * How many windows a text has, and how many places the first stands over its beginning. As in
 * TensorFlow, padding that cannot be the same on both sides is one more at the end.
 */
export function placeWindows(length: number, windows: Windows): { count: number; before: number } {
  const { stride, padding } = windows;
  const reach = reachOf(windows);
  if (padding === "valid") {
    return { count: Math.max(0, Math.floor((length - reach) / stride) + 1), before: 0 };
  }
  const count = Math.ceil(length / stride);
  const missing = Math.max(0, (count - 1) * stride + reach - length);
  return { count, before: Math.floor(missing / 2) };
}

/** How many words of the text each window covers. */
export function coverage(length: number, windows: Windows): Float64Array {
  const { width, stride, dilation } = windows;
  const { count, before } = placeWindows(length, windows);
  return Float64Array.from({ length: count }, (_, t) => {
    const start = t * stride - before;
    const first = Math.max(0, Math.ceil(-start / dilation));
    const last = Math.min(width - 1, Math.floor((length - 1 - start) / dilation));
    return last - first + 1;
  });
}

/** The window as a layer tells it; with padding it depends on the place. */
export function windowOf(windows: Windows): { window?: Window } {
  if (windows.padding === "same") return {};
  return { window: { reach: reachOf(windows), stride: windows.stride } };
}

/** One number for each element of [count, channels], from one for each row. */
export function repeatPerChannel(rows: Float64Array, channels: number): Float64Array {
  return Float64Array.from({ length: rows.length * channels }, (_, i) => {
    return rows[Math.floor(i / channels)]!;
  });
}
