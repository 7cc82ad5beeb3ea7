/// <reference lib="deno.worker" />
import { endCommands, joinModel, openModel } from "@heatword/core/models";
import { loadPlugin } from "@heatword/core/plugin";
import { serveTasks } from "@heatword/core/workers";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import type { EvaluationStart, EvaluationTask, EvaluationTaskResult } from "./_messages.ts";
import { workAt } from "./_work.ts";

let close: (() => void | Promise<void>) | undefined;

serveTasks<EvaluationStart, EvaluationTask, EvaluationTaskResult>(
  async (start) => {
    for (const plugin of start.plugins) await loadPlugin(plugin);
    const model = typeof start.model === "string"
      ? await openModel(start.model)
      : await joinModel(start.model);
    if (model.close) close = () => model.close!();
    return {
      work: (task) => workAt(model, start.plan, task),
      holds: close !== undefined,
    };
  },
  () => [],
  async () => {
    await close?.();
    await endCommands();
  },
);
