/**
 * What the applications share: explanations as plain data, formatters for them, and completions
 * for shells.
 *
 * @module
 */
export * from "./cli/completions.ts";
export * from "@heatword/eval/render";
export type { LedgerEntry, OptionValues } from "@heatword/core";
