/// <reference lib="deno.worker" />
import type { Model } from "@heatword/core";
import { joinModel, openModel } from "@heatword/core/models";
import {
  type DocumentEvaluation,
  evaluateDocument,
  type EvaluationPlan,
} from "@heatword/eval/corpus";
import { evaluatePanel } from "@heatword/eval/pca";
import { loadPlugin } from "@heatword/explainers";
import { toDocument } from "@heatword/datasets/corpus";
import type { WorkerReply, WorkerStart, WorkerTask } from "./pool.ts";

let model: Model;
let plan: EvaluationPlan;

async function begin(start: WorkerStart): Promise<WorkerReply> {
  for (const plugin of start.plugins) await loadPlugin(plugin);
  model = await (typeof start.model === "string" ? openModel(start.model) : joinModel(start.model));
  plan = start.plan;
  return { kind: "ready" };
}

async function work(task: WorkerTask): Promise<WorkerReply> {
  if (task.kind === "panel") {
    const { vectors, groups, groupCount, labels } = task;
    const panel = plan.panels![task.panel]!;
    const dimensions = vectors.length / groups.length;
    return {
      kind: "done",
      result: evaluatePanel(panel, vectors, dimensions, groups, groupCount, { labels }),
    };
  }
  const documents = task.documents.map(toDocument);
  model.prepare?.(documents.map((document) => model.encode(document)));
  const result: DocumentEvaluation[] = [];
  for (const [i, document] of documents.entries()) {
    const { label } = task.documents[i]!;
    result.push(await evaluateDocument(model, { document, label }, task.first + i, plan));
  }
  return { kind: "done", result };
}

self.onmessage = async ({ data }: MessageEvent<WorkerStart | WorkerTask>) => {
  try {
    self.postMessage(data.kind === "start" ? await begin(data) : await work(data));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ kind: "failed", message } satisfies WorkerReply);
  }
};
