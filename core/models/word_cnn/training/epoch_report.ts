import type { Metrics } from "./labelled_rows.ts";

/** The result of an epoch. */
export interface EpochReport {
  /** Which epoch, from 1. */
  readonly epoch: number;
  /** On the training documents, while they were learned. */
  readonly train: Metrics;
  /** On the held-out documents, after the epoch; absent when there are none. */
  readonly heldOut?: Metrics;
}
