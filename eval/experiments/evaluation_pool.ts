import type { Model, OnProgress } from "@heatword/core";
import { type TaskResult, WorkerPool } from "@heatword/core/workers";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { type DocumentEvaluation, panelVectors } from "@heatword/eval/corpus";
import type { PanelResult } from "@heatword/eval/pca";
import type { PlotGroups } from "@heatword/eval/plots";
import type {
  DocumentsTask,
  EvaluationStart,
  EvaluationTask,
  EvaluationTaskResult,
  PanelTask,
} from "./_messages.ts";
import { workAt } from "./_work.ts";

/** How many documents a worker gets at once. */
const CHUNK = 32;

function* documentTasks(
  documents: readonly CompactDocument[],
  chunk: number,
): Generator<DocumentsTask> {
  for (let first = 0; first < documents.length; first += chunk) {
    yield { kind: "documents", first, documents: documents.slice(first, first + chunk) };
  }
}

/** What was evaluated already, by the place of the first document of those that go together. */
export interface KeptEvaluations {
  /** Gives what is kept. */
  get(first: number): readonly DocumentEvaluation[] | undefined;
  /** Keeps what was evaluated. */
  add(first: number, evaluations: readonly DocumentEvaluation[]): void;
}

/** Workers that evaluate documents and panels. */
export class EvaluationPool implements Disposable, AsyncDisposable {
  readonly #start: EvaluationStart;
  readonly #here: Model | undefined;
  readonly #pool: WorkerPool<EvaluationStart, EvaluationTask, EvaluationTaskResult>;

  /**
   * Makes a pool; its workers start when there is work for them.
   *
   * @param start What each worker starts with.
   * @param size How many workers there may be.
   * @param here A model that does all of it in this thread, without workers: one that must not be
   * opened a second time.
   */
  constructor(start: EvaluationStart, size: number, here?: Model) {
    this.#start = start;
    this.#here = here;
    this.#pool = new WorkerPool({
      worker: () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
      start,
      size,
      startLimit: Infinity,
      transfer: (task) => task.kind === "panel" ? [task.vectors.buffer] : [],
    });
  }

  /** Stops all workers. */
  [Symbol.dispose](): void {
    this.#pool[Symbol.dispose]();
  }

  /** Stops all workers, and waits until they have closed what they held. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }

  async *#run(
    tasks: Iterable<EvaluationTask>,
  ): AsyncGenerator<Pick<TaskResult<EvaluationTask, EvaluationTaskResult>, "index" | "result">> {
    const here = this.#here;
    if (here === undefined) return yield* this.#pool.run(tasks, { ordered: false });
    let index = 0;
    for (const task of tasks) {
      yield { index: index++, result: await workAt(here, this.#start.plan, task) };
    }
  }

  /**
   * Evaluates documents.
   *
   * @param documents The documents.
   * @param onProgress Called with progress.
   * @param kept What was evaluated already, and where the rest is kept.
   * @returns The evaluation of each document, in the order of the documents.
   * @throws {Error} If a worker fails.
   */
  async evaluate(
    documents: readonly CompactDocument[],
    onProgress: OnProgress,
    kept?: KeptEvaluations,
  ): Promise<DocumentEvaluation[]> {
    const evaluations = new Array<DocumentEvaluation>(documents.length);
    let done = 0;
    const put = (first: number, part: readonly DocumentEvaluation[]) => {
      part.forEach((evaluation, i) => evaluations[first + i] = evaluation);
      done += part.length;
    };
    const before = this.#here?.requests ?? 0;
    // Of a model that is somewhere else progress is told often.
    const chunk = this.#here ? 1 : CHUNK;
    const open = [...documentTasks(documents, chunk)].filter(({ first }) => {
      const known = kept?.get(first);
      if (known) put(first, known);
      return known === undefined;
    });
    const atStart = done;
    for await (const { index, result } of this.#run(open)) {
      const part = result as readonly DocumentEvaluation[];
      const { first } = open[index]!;
      kept?.add(first, part);
      put(first, part);
      const requests = this.#here?.requests;
      onProgress({
        task: "Evaluating",
        done,
        total: documents.length,
        unit: "documents",
        ...(requests !== undefined && {
          figures: {
            requests,
            requestsLeft: Math.round(
              (requests - before) / (done - atStart) * (documents.length - done),
            ),
          },
        }),
      });
    }
    return evaluations;
  }

  /**
   * Projects the document vectors of every panel and measures how far the groups are apart.
   *
   * @param evaluations The evaluation of each document.
   * @param groups The groups of the documents.
   * @param onProgress Called with progress.
   * @returns The panels of the plan.
   * @throws {Error} If a worker fails.
   */
  async panels(
    evaluations: readonly DocumentEvaluation[],
    groups: PlotGroups,
    onProgress: OnProgress,
  ): Promise<PanelResult[]> {
    const total = this.#start.plan.panels?.length ?? 0;
    const panels = new Array<PanelResult>(total);
    let done = 0;
    for await (const { index, result } of this.#run(panelTasks(evaluations, groups, total))) {
      panels[index] = result as PanelResult;
      onProgress({ task: "Projecting", done: ++done, total, unit: "panels" });
    }
    return panels;
  }
}

function* panelTasks(
  evaluations: readonly DocumentEvaluation[],
  groups: PlotGroups,
  count: number,
): Generator<PanelTask> {
  const of = Int32Array.from(groups.of);
  const labels = Int32Array.from(evaluations, ({ label }) => label);
  for (let panel = 0; panel < count; panel++) {
    yield {
      kind: "panel",
      panel,
      vectors: panelVectors(evaluations, panel, count),
      groups: of,
      groupCount: groups.names.length,
      labels,
    };
  }
}
