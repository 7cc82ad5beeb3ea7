/// <reference lib="deno.worker" />
import type { Model } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { joinWordCnn } from "@heatword/core/word-cnn";
import { serveTasks } from "@heatword/core/workers";
import {
  type DocumentEvaluation,
  evaluateDocument,
  type EvaluationPlan,
} from "@heatword/eval/corpus";
import { evaluatePanel, type PanelResult } from "@heatword/eval/pca";
import { loadPlugin } from "@heatword/explainers";
import { toDocument } from "@heatword/datasets/corpus";
import type { DocumentsTask, EvaluationStart, EvaluationTask, PanelTask } from "./_messages.ts";

function panel(plan: EvaluationPlan, task: PanelTask): PanelResult {
  const { vectors, groups, groupCount, labels } = task;
  const dimensions = vectors.length / groups.length;
  return evaluatePanel(plan.panels![task.panel]!, vectors, dimensions, groups, groupCount, {
    labels,
  });
}

async function evaluate(
  model: Model,
  plan: EvaluationPlan,
  task: DocumentsTask,
): Promise<DocumentEvaluation[]> {
  const documents = task.documents.map(toDocument);
  model.prepare?.(documents.map((document) => model.encode(document)));
  const result: DocumentEvaluation[] = [];
  for (const [i, document] of documents.entries()) {
    const { label } = task.documents[i]!;
    result.push(await evaluateDocument(model, { document, label }, task.first + i, plan));
  }
  return result;
}

serveTasks(async (start: EvaluationStart) => {
  for (const plugin of start.plugins) await loadPlugin(plugin);
  const model: Model = typeof start.model === "string"
    ? await openModel(start.model)
    : joinWordCnn(start.model);
  return (task: EvaluationTask) =>
    task.kind === "panel" ? panel(start.plan, task) : evaluate(model, start.plan, task);
});
