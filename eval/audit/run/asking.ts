import type { Model, OnProgress } from "@heatword/core";
import { shareModel } from "@heatword/core/models";
import { WorkerPool } from "@heatword/core/workers";
import type { FinishedTasks } from "../../finished_tasks/mod.ts";
import { askModel } from "./_ask_model.ts";
import type { AuditResult, AuditStart, AuditTask } from "./messages.ts";

/** Who is asked, and by whom. */
export interface Asked {
  /** The model. */
  readonly model: Model;
  /** What was given as the model, for workers to open; nothing for a model that is not opened twice. */
  readonly folder?: string;
  /** Files of plugins. */
  readonly plugins?: readonly string[];
  /** Name of the explainer. */
  readonly explainer: string;
  /** How many workers. @default {1} */
  readonly workers?: number;
  /** What was asked already, if it is kept. */
  readonly finished?: FinishedTasks<AuditResult>;
  /** Called with progress. */
  readonly onProgress?: OnProgress;
}

/**
 * Asks a model many things, on all cores; what it answered already is not asked again. The answers are
 * the same for any number of workers.
 *
 * @param asked Who is asked.
 * @param tasks What is asked.
 * @param what What progress is called.
 * @returns The answer to each, in order.
 * @throws {Error} If the model or the explainer fails.
 */
export async function askAll(
  asked: Asked,
  tasks: readonly AuditTask[],
  what: string,
): Promise<AuditResult[]> {
  const { model, folder, plugins = [], explainer, workers = 1, finished, onProgress } = asked;
  const results = new Map<string, AuditResult>();
  for (const task of tasks) {
    const known = finished?.get(task.name);
    if (known) results.set(task.name, known);
  }
  const report = () =>
    onProgress?.({ task: what, done: results.size, total: tasks.length, unit: "tasks" });
  const keep = (task: AuditTask, result: AuditResult) => {
    results.set(task.name, result);
    finished?.add(task.name, result);
    report();
  };
  const open = tasks.filter(({ name }) => !results.has(name));
  report();
  if (folder === undefined || workers === 1 || open.length < 2) {
    for (const task of open) keep(task, await askModel(model, task, explainer));
  } else {
    const start = { model: shareModel(model) ?? folder, plugins, explainer };
    using pool = new WorkerPool<AuditStart, AuditTask, AuditResult>({
      worker: () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
      start,
      size: workers,
      startLimit: Infinity,
    });
    for await (const { task, result } of pool.run(open, { ordered: false })) keep(task, result);
  }
  return tasks.map(({ name }) => results.get(name)!);
}
