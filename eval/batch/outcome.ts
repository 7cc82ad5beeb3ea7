import type { Row } from "./open_input.ts";

/** A row that could not be explained. */
export interface Rejection {
  /** Where it is in the input. */
  readonly line: number;
  /** Why. */
  readonly reason: string;
  /** The row as it was, as far as it could be read. */
  readonly row: unknown;
  /** The file, where there are several. */
  readonly file?: string;
}

/** The result of a row. */
export interface Outcome {
  /** Its output; empty when it was rejected. */
  readonly output: Uint8Array<ArrayBuffer>;
  /** Why it was rejected, if it was. */
  readonly rejected: readonly Rejection[];
}

/** Tells why a row could not be explained. */
export function rejection(row: Row, reason: string): Rejection {
  const { line, file } = row;
  return {
    line,
    reason,
    row: row.raw ?? row.json ?? row.fields ?? row.path ?? null,
    ...(file !== undefined && { file }),
  };
}
