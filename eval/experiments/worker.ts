/// <reference lib="deno.worker" />
import type { Model } from "@heatword/core";
import { joinModel, openModel } from "@heatword/core/models";
import { loadPlugin } from "@heatword/core/plugin";
import { serveTasks } from "@heatword/core/workers";
import {
  type DocumentEvaluation,
  evaluateDocument,
  type EvaluationPlan,
} from "@heatword/eval/corpus";
import { evaluatePanel, type PanelResult } from "@heatword/eval/pca";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { toDocument } from "@heatword/datasets/corpus";
import type {
  DocumentsTask,
  EvaluationStart,
  EvaluationTask,
  EvaluationTaskResult,
  PanelTask,
} from "./_messages.ts";

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
  const documents = task.documents.map((document) =>
    document.text === undefined ? toDocument(document) : model.read(document.text)
  );
  model.prepare?.(documents.map((document) => model.encode(document)));
  const result: DocumentEvaluation[] = [];
  for (const [i, document] of documents.entries()) {
    const { label } = task.documents[i]!;
    result.push(await evaluateDocument(model, { document, label }, task.first + i, plan));
  }
  return result;
}

serveTasks<EvaluationStart, EvaluationTask, EvaluationTaskResult>(async (start) => {
  for (const plugin of start.plugins) await loadPlugin(plugin);
  const model = typeof start.model === "string"
    ? await openModel(start.model)
    : await joinModel(start.model);
  return {
    work: (task) =>
      task.kind === "panel" ? panel(start.plan, task) : evaluate(model, start.plan, task),
  };
});
