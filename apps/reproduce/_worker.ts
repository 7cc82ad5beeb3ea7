/// <reference lib="deno.worker" />
import type { Model } from "@heatword/core";
import { joinWordCnn, loadWordCnn, WordCnn } from "@heatword/core/word-cnn";
import { evaluateDocument, type EvaluationPlan } from "@heatword/eval/corpus";
import { loadPlugin } from "@heatword/explainers";
import { toDocument } from "./_corpus.ts";
import type { WorkerReply, WorkerStart, WorkerTask } from "./_pool.ts";

let model: Model;
let plan: EvaluationPlan;

async function begin(start: WorkerStart): Promise<WorkerReply> {
  for (const plugin of start.plugins) await loadPlugin(plugin);
  model = typeof start.model === "string"
    ? (await loadWordCnn(start.model)).model
    : joinWordCnn(start.model);
  plan = start.plan;
  return { kind: "ready" };
}

function evaluate({ first, documents }: WorkerTask): WorkerReply {
  const labelledDocuments = documents.map((compact) => ({
    document: toDocument(compact),
    label: compact.label,
  }));
  if (model instanceof WordCnn) {
    const network = model;
    network.prepare(labelledDocuments.map(({ document }) => network.encode(document)));
  }
  const evaluations = labelledDocuments.map((labelled, i) => {
    return evaluateDocument(model, labelled, first + i, plan);
  });
  return { kind: "done", first, evaluations };
}

self.onmessage = async ({ data }: MessageEvent<WorkerStart | WorkerTask>) => {
  try {
    self.postMessage("plan" in data ? await begin(data) : evaluate(data));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ kind: "failed", message } satisfies WorkerReply);
  }
};
