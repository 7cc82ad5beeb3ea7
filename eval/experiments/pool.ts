import type { OnProgress } from "@heatword/core";
import type { SharedModel } from "@heatword/core/models";
import { type DocumentEvaluation, type EvaluationPlan, panelVectors } from "@heatword/eval/corpus";
import type { PanelResult } from "@heatword/eval/pca";
import type { PlotGroups } from "@heatword/eval/plots";
import type { CompactDocument } from "@heatword/datasets/corpus";

/** What a worker is told when it starts. */
export interface WorkerStart {
  /** Tells it from a task. */
  readonly kind: "start";
  /** The model, whose memory all workers share, or its folder. */
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
export type WorkerTask = DocumentsTask | PanelTask;

/** What a worker answers: that it is ready, what came of a task, or why it could not. */
export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly result: readonly DocumentEvaluation[] | PanelResult }
  | { readonly kind: "failed"; readonly message: string };

/** How many documents a worker gets at once. */
const CHUNK = 32;

/**
 * Workers that evaluate documents and panels. Every task depends on nothing but itself, so how many
 * workers there are makes no difference to what comes out.
 */
export class Pool implements Disposable {
  readonly #start: WorkerStart;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];

  /**
   * Makes a pool; its workers start when there is work for them.
   *
   * @param start What each worker is told.
   * @param size How many workers there may be.
   */
  constructor(start: WorkerStart, size: number) {
    this.#start = start;
    this.#size = size;
  }

  /** Stops all workers. */
  [Symbol.dispose](): void {
    for (const worker of this.#all) worker.terminate();
  }

  /** Asks a worker and waits for its answer. */
  #ask(worker: Worker, message: WorkerStart | WorkerTask): Promise<WorkerReply> {
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.onmessage = ({ data }: MessageEvent<WorkerReply>) =>
        data.kind === "failed" ? reject(new Error(data.message)) : resolve(data);
      worker.postMessage(message, "vectors" in message ? [message.vectors.buffer] : []);
    });
  }

  async #worker(): Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#all.push(worker);
    await this.#ask(worker, this.#start);
    return worker;
  }

  /**
   * Does tasks in as many workers as there may be.
   *
   * @param count How many tasks.
   * @param task Makes a task, when its turn comes.
   * @param onResult Takes the result of a task.
   */
  async #run(
    count: number,
    task: (index: number) => WorkerTask,
    onResult: (index: number, result: unknown) => void,
  ): Promise<void> {
    let next = 0;
    const work = async () => {
      if (next >= count) return;
      const worker = await this.#worker();
      while (next < count) {
        const index = next++;
        const reply = await this.#ask(worker, task(index));
        if (reply.kind === "done") onResult(index, reply.result);
      }
      this.#idle.push(worker);
    };
    await Promise.all(Array.from({ length: Math.min(this.#size, count) }, work));
  }

  /**
   * Evaluates documents.
   *
   * @param documents The documents.
   * @param onProgress Told how far it is.
   * @returns What was found, in the order of the documents.
   * @throws {Error} If a worker fails.
   */
  async evaluate(
    documents: readonly CompactDocument[],
    onProgress: OnProgress,
  ): Promise<DocumentEvaluation[]> {
    const found = new Array<DocumentEvaluation>(documents.length);
    let done = 0;
    const part = (index: number) => documents.slice(index * CHUNK, (index + 1) * CHUNK);
    await this.#run(
      Math.ceil(documents.length / CHUNK),
      (index) => ({ kind: "documents", first: index * CHUNK, documents: part(index) }),
      (index, result) => {
        (result as DocumentEvaluation[]).forEach((one, i) => found[index * CHUNK + i] = one);
        done += (result as DocumentEvaluation[]).length;
        onProgress({ task: "Evaluating", done, total: documents.length, unit: "documents" });
      },
    );
    return found;
  }

  /**
   * Projects the document vectors of every panel and measures how far the groups are apart.
   *
   * @param evaluations What was found about each document.
   * @param groups The groups of the documents.
   * @param onProgress Told how far it is.
   * @returns The panels of the plan.
   * @throws {Error} If a worker fails.
   */
  async panels(
    evaluations: readonly DocumentEvaluation[],
    groups: PlotGroups,
    onProgress: OnProgress,
  ): Promise<PanelResult[]> {
    const total = this.#start.plan.panels?.length ?? 0;
    const found = new Array<PanelResult>(total);
    const of = Int32Array.from(groups.of);
    const labels = Int32Array.from(evaluations, ({ label }) => label);
    let done = 0;
    await this.#run(
      total,
      (panel) => ({
        kind: "panel",
        panel,
        vectors: panelVectors(evaluations, panel, total),
        groups: of,
        groupCount: groups.names.length,
        labels,
      }),
      (panel, result) => {
        found[panel] = result as PanelResult;
        onProgress({ task: "Projecting", done: ++done, total, unit: "panels" });
      },
    );
    return found;
  }
}
