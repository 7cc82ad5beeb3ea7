import { softmax } from "@heatword/core/softmax";

/** What scores of classes are as probabilities: those that are ones already stay what they are. */
export function probabilities(scores: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(scores);
  const sum = values.reduce((a, b) => a + b, 0);
  const areOnes = values.length > 1 && Math.abs(sum - 1) < 1e-3 &&
    values.every((value) => value >= 0 && value <= 1);
  return areOnes ? values : softmax(values);
}

/** A probability, e.g. `93 %` or `<1 %`, that is broken over no line. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.5) return "<1\u00a0%";
  return `${value > 99.4 && value < 100 ? ">99" : Math.round(value)}\u00a0%`;
}

/** A part, which may be negative, e.g. `−12 %`; one that is less than half a percent is `0 %`. */
export function signedPercent(part: number): string {
  const value = Math.round(100 * part);
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)}\u00a0%`;
}

/** The classes by falling score. */
export function ranking(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, c) => c).sort((a, b) => scores[b]! - scores[a]!);
}
