/**
 * What the applications share: explanations as plain data, formatters for them, and completions
 * for shells.
 *
 * @module
 */
export * from "./completions.ts";
export * from "./render/mod.ts";
export type { LedgerEntry, OptionValues } from "@heatword/core";
