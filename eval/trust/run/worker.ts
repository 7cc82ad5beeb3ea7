/// <reference lib="deno.worker" />
import { joinModel, openModel } from "@heatword/core/models";
import { loadPlugin } from "@heatword/core/plugin";
import { serveTasks } from "@heatword/core/workers";
import "@heatword/explainers";
import { measureTask } from "./_measure_task.ts";
import type { TrustResult, TrustStart, TrustTask } from "./messages.ts";

serveTasks<TrustStart, TrustTask, TrustResult>(
  async ({ plugins, model: given, plan, ...copies }) => {
    for (const plugin of plugins) await loadPlugin(plugin);
    const model = typeof given === "string" ? await openModel(given) : await joinModel(given);
    const planted = copies.planted && await joinModel(copies.planted);
    const tuned = copies.tuned && await joinModel(copies.tuned);
    const models = { model, ...(planted && { planted }), ...(tuned && { tuned }) };
    return { work: (task) => measureTask(models, task, plan) };
  },
);
