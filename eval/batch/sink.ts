import type { Checkpoint } from "./journal.ts";
import type { Rejection } from "./outcome.ts";
import type { Batch } from "./batch.ts";

/** Where the results of a batch go. */
export interface Sink {
  /** What was done by an earlier run that was stopped. */
  readonly resumed: Checkpoint;
  /** Writes what became of some rows. */
  write(rows: number, output: Uint8Array, rejected: readonly Rejection[]): void;
  /** Notes how far it is, so that a later run goes on from here. */
  checkpoint(): void;
  /** All rows are done: gives the files their names. */
  finish(): Promise<void>;
  /** Stops; what is done stays for a later run, and nothing stays when nothing is done. */
  close(): Promise<void>;
  /** The program is about to end; tells whether a later run can go on from here. */
  interrupt(): boolean;
  /** The program is being ended from outside; without it nothing need be done then. */
  terminate?(): void;
}

const encoder = new TextEncoder();

/** Rejected rows as lines of JSON. */
export function rejectedLines(rejected: readonly Rejection[]): Uint8Array {
  return encoder.encode(rejected.map((rejection) => `${JSON.stringify(rejection)}\n`).join(""));
}

/** The file of rejected rows that goes with an output: `a.jsonl` has `a.rejected.jsonl`. */
export function rejectedPath({ rejected, out }: Batch): string {
  return rejected ?? `${out!.replace(/\.[A-Za-z]+$/, "")}.rejected.jsonl`;
}
