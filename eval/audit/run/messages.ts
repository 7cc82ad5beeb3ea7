import type { Document } from "@heatword/core";
import type { SharedModel } from "@heatword/core/models";

/** What a worker starts with. */
export interface AuditStart {
  /** The model, whose memory all workers share, or what `openModel` takes. */
  readonly model: SharedModel | string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Name of the explainer. */
  readonly explainer: string;
}

/** Something to ask the model, under a name that no other task has. */
export type AuditTask =
  | {
    readonly name: string;
    readonly documents: readonly Document[];
    /** Index of the class that is explained. @default {the predicted one} */
    readonly target?: number;
  }
  | { readonly name: string; readonly texts: readonly string[]; readonly target: number };

/** How a text is decided, and by what. */
export interface ExplainedDocument {
  /** Index of the predicted class. */
  readonly predicted: number;
  /** The relevance of each word for it, or for the class that was asked about; shape [T]. */
  readonly relevance: readonly number[];
}

/** How a text is decided that was made to see how. */
export interface ScoredText {
  /** Index of the predicted class. */
  readonly predicted: number;
  /** The score of the class that is asked about, less the largest of the others. */
  readonly margin: number;
}

/** What came of a task. */
export interface AuditResult {
  /** Of each document. */
  readonly explained?: readonly ExplainedDocument[];
  /** Of each text. */
  readonly scored?: readonly ScoredText[];
}
