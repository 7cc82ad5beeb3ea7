import type { Model } from "@heatword/core";
import { toDocument } from "@heatword/datasets/corpus";
import {
  type DocumentEvaluation,
  evaluateDocument,
  type EvaluationPlan,
} from "@heatword/eval/corpus";
import { evaluatePanel, type PanelResult } from "@heatword/eval/pca";
import type {
  DocumentsTask,
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

/**
 * Does a task.
 *
 * @param model The model.
 * @param plan What to evaluate.
 * @param task The task.
 * @returns Its result.
 */
export async function workAt(
  model: Model,
  plan: EvaluationPlan,
  task: EvaluationTask,
): Promise<EvaluationTaskResult> {
  return task.kind === "panel" ? panel(plan, task) : await evaluate(model, plan, task);
}
