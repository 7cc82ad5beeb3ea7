/// <reference lib="deno.worker" />
import { joinModel, openModel, type SharedModel } from "@heatword/core/models";
import { loadPlugin } from "@heatword/core/plugin";
import { serveTasks } from "@heatword/core/workers";
import "@heatword/explainers";
import { measureTask } from "./_measure_task.ts";
import type { TrustResult, TrustStart, TrustTask } from "./messages.ts";

/** Opens what was posted: a model whose memory is shared, or what `openModel` takes. */
const openGiven = (given: SharedModel | string) =>
  typeof given === "string" ? openModel(given) : joinModel(given);

serveTasks<TrustStart, TrustTask, TrustResult>(
  async ({ plugins, model: given, plan, ...copies }) => {
    for (const plugin of plugins) await loadPlugin(plugin);
    const model = await openGiven(given);
    const planted = copies.planted && await openGiven(copies.planted);
    const tuned = copies.tuned && await joinModel(copies.tuned);
    const models = { model, ...(planted && { planted }), ...(tuned && { tuned }) };
    return { work: (task) => measureTask(models, task, plan) };
  },
);
