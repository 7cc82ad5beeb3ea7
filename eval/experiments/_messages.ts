import type { SharedModel } from "@heatword/core/models";
import type { CompactDocument } from "@heatword/datasets/corpus";
import type { DocumentEvaluation, EvaluationPlan } from "@heatword/eval/corpus";
import type { PanelResult } from "@heatword/eval/pca";

/** What a worker starts with. */
export interface EvaluationStart {
  /** The model, whose memory all workers share, or what `openModel` takes. */
  readonly model: SharedModel | string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** What to evaluate. */
  readonly plan: EvaluationPlan;
}

/** Documents for a worker. */
export interface DocumentsTask {
  /** Tells it from other tasks. */
  readonly kind: "documents";
  /** Place of the first document in the corpus. */
  readonly first: number;
  /** The documents. */
  readonly documents: readonly CompactDocument[];
}

/** A panel for a worker. */
export interface PanelTask {
  /** Tells it from other tasks. */
  readonly kind: "panel";
  /** Which panel of the plan. */
  readonly panel: number;
  /** The document vectors, shape [N, D]. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** The group of each document; negative for none. */
  readonly groups: Int32Array;
  /** How many groups there are. */
  readonly groupCount: number;
  /** The class of each document. */
  readonly labels: Int32Array;
}

/** What a worker can be asked to do. */
export type EvaluationTask = DocumentsTask | PanelTask;

/** The result of a task. */
export type EvaluationTaskResult = readonly DocumentEvaluation[] | PanelResult;
