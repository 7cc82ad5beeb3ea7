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
