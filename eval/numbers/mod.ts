/**
 * Numbers for people, the same in every format and on every page.
 *
 * @module
 */
export { formatCount, formatPercent } from "@heatword/core/counts";
export * from "./format_number.ts";
