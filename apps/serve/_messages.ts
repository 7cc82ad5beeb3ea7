import type { ExplainRequest } from "./_explain_request.ts";

/** What a worker of the server is started with. */
export interface WorkerSetup {
  /** The folder of the model. */
  readonly model: string;
  /** The data folder, when one was named. */
  readonly data?: string;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
}

/** What the server tells a worker. */
export type ToWorker =
  | { readonly kind: "setup"; readonly setup: WorkerSetup }
  | { readonly kind: "explain"; readonly request: ExplainRequest };

/** What a worker answers. */
export type FromWorker =
  | { readonly kind: "ready"; readonly classes: readonly string[] }
  | { readonly kind: "done"; readonly json: string }
  | { readonly kind: "failed"; readonly status: number; readonly detail: string };
