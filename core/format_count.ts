/**
 * Writes a count with its noun.
 *
 * @param count The count.
 * @param one The noun for one.
 * @param many The noun for any other count. @default {`one` with an s}
 * @returns The text, e.g. `1 word` or `1,200 words`.
 *
 * @example
 * ```ts
 * import { formatCount } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([formatCount(1, "field"), formatCount(1200, "word")], ["1 field", "1,200 words"]);
 * ```
 */
export function formatCount(count: number, one: string, many: string = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/**
 * Writes a share as a percentage.
 *
 * @param share The share, 1 for all.
 * @param digits How many decimals. @default {1}
 * @returns The text, e.g. `80.6 %`; a dash where there is no share, as of nothing.
 *
 * @example
 * ```ts
 * import { formatPercent } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([formatPercent(0.8056), formatPercent(0.5, 2), formatPercent(0 / 0)], ["80.6 %", "50.00 %", "–"]);
 * ```
 */
export function formatPercent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : "–";
}
