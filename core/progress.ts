/** Where a long piece of work is now. */
export interface Progress {
  /** What is being done, e.g. `Training`. */
  readonly task: string;
  /** How much is done, in the unit of `total`. */
  readonly done: number;
  /** How much there is; absent when that is not known. */
  readonly total?: number;
  /** What is counted, e.g. `documents`. */
  readonly unit?: string;
  /** Figures worth showing beside it, e.g. `loss 0.41, held-out 78.2 %`. */
  readonly note?: string;
}

/** Called now and then by long pieces of work; applications show it. */
export type OnProgress = (progress: Progress) => void;
