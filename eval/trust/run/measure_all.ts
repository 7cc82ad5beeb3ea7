import type { Document, Model, OnProgress } from "@heatword/core";
import { shareModel } from "@heatword/core/models";
import { WorkerPool } from "@heatword/core/workers";
import type { FinishedTasks } from "../../finished_tasks/mod.ts";
import type { HybridText } from "../hybrids/hybrid_texts.ts";
import type { HybridFigures } from "../hybrids/measure_hybrid.ts";
import type { PlantedFigures } from "../shortcuts/measure_planted.ts";
import type { PlantedDocument } from "../shortcuts/planted_documents.ts";
import type { TextFigures } from "../texts/measure_text.ts";
import type { TrustPlan } from "../texts/trust_plan.ts";
import { measureTask } from "./_measure_task.ts";
import type { TrustResult, TrustStart, TrustTask } from "./messages.ts";

/** What is measured, and by whom. */
export interface TrustRun {
  /** The model. */
  readonly model: Model;
  /** What was given as the model, for workers to open; nothing for a model that is not opened twice. */
  readonly folder?: string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** What to measure. */
  readonly plan: TrustPlan;
  /** The texts. */
  readonly documents: readonly Document[];
  /** The hybrid texts, as they are and as the model reads them. */
  readonly hybrids: readonly { readonly hybrid: HybridText; readonly document: Document }[];
  /** Texts with shortcuts, and the model that has learned them, where there is one. */
  readonly planted?: {
    readonly model: Model;
    /** What `openModel` takes. */
    readonly folder: string;
    readonly documents: readonly PlantedDocument[];
  };
  /** A copy of the model that has seen texts with words missing, where one is needed. */
  readonly tuned?: Model;
  /** How many workers. */
  readonly workers: number;
  /** What is measured already. */
  readonly finished: FinishedTasks<TrustResult>;
}

/** What was measured of all texts. */
export interface AllFigures {
  /** Of each text, in order. */
  readonly texts: readonly TextFigures[];
  /** Of each hybrid text, in order. */
  readonly hybrids: readonly HybridFigures[];
  /** Of each text with a shortcut, in order. */
  readonly planted: readonly PlantedFigures[];
}

/** What a task is called among those that are finished. */
const nameOf = ({ index, hybrid, planted }: TrustTask) =>
  `${planted ? "planted" : hybrid ? "hybrid" : "text"} ${index}`;

/**
 * Measures all texts, on all cores; the figures but for milliseconds are the same for any number of
 * workers. What is finished is kept at once.
 *
 * @param run What to measure.
 * @param onProgress Called with progress.
 * @returns What was measured of each text.
 * @throws {Error} If a model or an explainer fails.
 */
export async function measureAll(run: TrustRun, onProgress: OnProgress): Promise<AllFigures> {
  const { model, plan, documents, hybrids, finished } = run;
  const all: TrustTask[] = [
    ...documents.map((document, index) => ({ index, document })),
    ...hybrids.map(({ hybrid, document }, index) => ({ index, document, hybrid })),
    ...(run.planted?.documents ?? []).map(({ document, ...planted }, index) => {
      return { index, document, planted };
    }),
  ];
  const open = all.filter((task) => finished.get(nameOf(task)) === undefined);
  const report = () =>
    onProgress({ task: "Measuring", done: finished.size, total: all.length, unit: "texts" });
  const keep = (task: TrustTask, result: TrustResult) => {
    finished.add(nameOf(task), result);
    report();
  };
  report();
  if (run.folder === undefined) {
    const models = {
      model,
      ...(run.planted && { planted: run.planted.model }),
      ...(run.tuned && { tuned: run.tuned }),
    };
    for (const task of open) keep(task, await measureTask(models, task, plan));
  } else {
    // Workers share the memory of a word-CNN; any other model each of them loads by itself.
    const planted = run.planted && (shareModel(run.planted.model) ?? run.planted.folder);
    const tuned = run.tuned && shareModel(run.tuned);
    const start = {
      model: shareModel(model) ?? run.folder,
      plugins: run.plugins,
      plan,
      ...(planted && { planted }),
      ...(tuned && { tuned }),
    };
    using pool = new WorkerPool<TrustStart, TrustTask, TrustResult>({
      worker: () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
      start,
      size: run.workers,
      startLimit: Infinity,
    });
    for await (const { task, result } of pool.run(open, { ordered: false })) keep(task, result);
  }
  const results = all.map((task) => finished.get(nameOf(task))!);
  return {
    texts: results.flatMap((result) => result.kind === "text" ? [result.figures] : []),
    hybrids: results.flatMap((result) => result.kind === "hybrid" ? [result.figures] : []),
    planted: results.flatMap((result) => result.kind === "planted" ? [result.figures] : []),
  };
}
