/// <reference lib="deno.worker" />
import { joinModel, openModel } from "@heatword/core/models";
import { loadPlugin } from "@heatword/core/plugin";
import { serveTasks } from "@heatword/core/workers";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { askModel } from "./_ask_model.ts";
import type { AuditResult, AuditStart, AuditTask } from "./messages.ts";

serveTasks<AuditStart, AuditTask, AuditResult>(async ({ plugins, model: given, explainer }) => {
  for (const plugin of plugins) await loadPlugin(plugin);
  const model = typeof given === "string" ? await openModel(given) : await joinModel(given);
  return { work: (task) => askModel(model, task, explainer) };
});
