import type { Estimate } from "./estimates.ts";

/** One row of the table. */
export interface TrustRow {
  /** The explainer, or what else stands in the row. */
  readonly explainer: string;
  /** Whether it is no explainer but what others are held against. */
  readonly control: boolean;
  /** What was measured, by column. */
  readonly measures: Readonly<Record<string, Estimate>>;
}
