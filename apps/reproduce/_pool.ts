import type { OnProgress } from "@heatword/core";
import type { SharedWordCnn } from "@heatword/core/word-cnn";
import type { DocumentEvaluation, EvaluationPlan } from "@heatword/eval/corpus";
import type { CompactDocument } from "./_corpus.ts";

/** What a worker is told when it starts. */
export interface WorkerStart {
  /** The model, whose memory all workers share, or its folder. */
  readonly model: SharedWordCnn | string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** What to evaluate. */
  readonly plan: EvaluationPlan;
}

/** Documents for a worker. */
export interface WorkerTask {
  /** Place of the first document in the corpus. */
  readonly first: number;
  /** The documents. */
  readonly documents: readonly CompactDocument[];
}

/** What a worker answers: ready, what it found, or why it could not. */
export type WorkerReply =
  | { readonly kind: "ready" }
  | {
    readonly kind: "done";
    readonly first: number;
    readonly evaluations: readonly DocumentEvaluation[];
  }
  | { readonly kind: "failed"; readonly message: string };

/** How many documents a worker gets at once. */
const chunk = 32;

/**
 * Evaluates documents in several workers. Every document is evaluated by itself, so the number of
 * workers makes no difference to what comes out.
 *
 * @param documents The documents.
 * @param start What each worker is told.
 * @param workers How many workers.
 * @param onProgress Told how far it is.
 * @returns What was found, in the order of the documents.
 * @throws {Error} If a worker fails; all are stopped then.
 */
export async function evaluateInWorkers(
  documents: readonly CompactDocument[],
  start: WorkerStart,
  workers: number,
  onProgress: OnProgress,
): Promise<DocumentEvaluation[]> {
  const found = new Array<DocumentEvaluation>(documents.length);
  const running: Worker[] = [];
  let next = 0;
  let done = 0;
  const runOne = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("./_worker.ts", import.meta.url), { type: "module" });
      running.push(worker);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
        if (data.kind === "failed") return reject(new Error(data.message));
        if (data.kind === "done") {
          data.evaluations.forEach((evaluation, i) => found[data.first + i] = evaluation);
          done += data.evaluations.length;
          onProgress({ task: "Evaluating", done, total: documents.length, unit: "documents" });
        }
        if (next >= documents.length) return resolve();
        const first = next;
        next = Math.min(next + chunk, documents.length);
        const task: WorkerTask = { first, documents: documents.slice(first, next) };
        worker.postMessage(task);
      };
      worker.postMessage(start);
    });
  const needed = Math.max(1, Math.min(workers, Math.ceil(documents.length / chunk)));
  try {
    await Promise.all(Array.from({ length: needed }, runOne));
  } finally {
    for (const worker of running) worker.terminate();
  }
  return found;
}
