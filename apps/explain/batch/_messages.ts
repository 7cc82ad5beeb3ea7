import type { SharedModel } from "@heatword/core/models";
import type { BatchSettings } from "../_settings.ts";
import type { Row } from "./_rows.ts";

/** What a worker is told. */
export type Order =
  | {
    readonly kind: "open";
    readonly settings: BatchSettings;
    readonly model?: SharedModel;
  }
  | { readonly kind: "explain"; readonly rows: readonly Row[] };

/** A row that could not be explained. */
export interface Rejection {
  /** Where it is in the input. */
  readonly line: number;
  /** Why. */
  readonly reason: string;
  /** The row as it was, as far as it could be read. */
  readonly row: unknown;
}

/** What became of some rows. */
export interface Outcome {
  /** The output of the good ones. */
  readonly output: Uint8Array<ArrayBuffer>;
  /** The bad ones. */
  readonly rejected: readonly Rejection[];
}

/** What a worker answers: `explained` for every row of an order, in their order. */
export type Answer =
  | { readonly kind: "ready"; readonly notes: readonly string[] }
  | ({ readonly kind: "explained" } & Outcome)
  | { readonly kind: "failed"; readonly message: string; readonly usage: boolean };

/** What is told of a row that could not be explained. */
export function rejection(row: Row, reason: string): Rejection {
  return { line: row.line, reason, row: row.raw ?? row.json ?? row.fields ?? row.path ?? null };
}
