/** What can be reported of a long piece of work beside how much is done. */
export interface ProgressFigures {
  /** Which pass over the data this is, from 1. */
  readonly epoch?: number;
  /** How many passes there will be. */
  readonly epochs?: number;
  /** Mean loss of what was learned from since the pass began. */
  readonly loss?: number;
  /** Part of what was learned from since the pass began that is classified correctly, 0 to 1. */
  readonly accuracy?: number;
  /** Part of the held-out documents that is classified correctly, 0 to 1. */
  readonly heldOutAccuracy?: number;
  /** How many requests were made to a server. */
  readonly requests?: number;
  /** How many more there will be, about. */
  readonly requestsLeft?: number;
  /** How many rows are done. */
  readonly rows?: number;
}

/** Where a long piece of work is now: facts, which applications put into words. */
export interface Progress {
  /** What is being done, e.g. `Training`; the same for the whole of it. */
  readonly task: string;
  /** How much is done, in the unit of `total`. */
  readonly done: number;
  /** How much there is; absent when that is not known. */
  readonly total?: number;
  /** What is counted, e.g. `documents`. */
  readonly unit?: string;
  /** Figures worth showing beside it. */
  readonly figures?: ProgressFigures;
}

/** Called by long pieces of work, as often as there is something new; applications show it. */
export type OnProgress = (progress: Progress) => void;
