import { formatCount, formatNumber } from "@heatword/eval/numbers";
import { percent } from "./numbers.ts";
import type { Explained } from "./protocol.ts";

/** The figures of a heatmap in a line. */
export function statusOf(
  { target, score, share, conservation, truncated, cut, unknown, starts, milliseconds }: Explained,
): string {
  const parts = [
    `${target}: ${formatNumber(score)}${share === undefined ? "" : ` (${percent(share)})`}`,
  ];
  if (conservation) {
    const { sum, keptByBiases } = conservation;
    const kept = keptByBiases === undefined ? "" : `, biases keep ${formatNumber(keptByBiases)}`;
    parts.push(`words sum to ${formatNumber(sum)}${kept}`);
  }
  const unknownWords = unknown.reduce((sum, one) => sum + one, 0);
  if (unknownWords > 0) {
    parts.push(`${formatCount(unknownWords, "word")} of ${starts.length} not known`);
  }
  if (truncated > 0) {
    parts.push(`${formatCount(truncated, "word")} at the ${cut ?? "end"} not seen (hatched)`);
  }
  parts.push(`${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`);
  return parts.join(" · ");
}
