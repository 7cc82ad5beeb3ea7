import { type Document, explain, type FloatArray, getExplainer, type Model } from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import type { AuditResult, AuditTask, ExplainedDocument } from "./messages.ts";

/** A word gets nothing of what stands for no word: shares of biases are left out. */
function optionsOf(explainer: string): Record<string, unknown> {
  const { bias } = getExplainer(explainer).options;
  return bias?.type === "choice" && bias.choices.includes("absorb") ? { bias: "absorb" } : {};
}

async function explainDocument(
  model: Model,
  document: Document,
  explainer: string,
  target?: number,
): Promise<ExplainedDocument> {
  const input = model.encode(document);
  const predicted = predictedClass(await model.scores(input));
  const { words } = await explain(
    explainer,
    model,
    input,
    target ?? predicted,
    optionsOf(explainer),
  );
  return { predicted, relevance: [...words.subarray(0, document.tokens.length)] };
}

/** The score of a class less the largest of the others. */
function marginOf(scores: FloatArray, target: number): number {
  let others = -Infinity;
  scores.forEach((score, c) => others = c === target ? others : Math.max(others, score));
  return scores[target]! - others;
}

/** Does something for each of a list: at once where the model merges what it is asked at once. */
async function forEach<A, B>(
  model: Model,
  list: readonly A[],
  act: (item: A) => Promise<B>,
): Promise<B[]> {
  if (model.mergesBatches) return await Promise.all(list.map(act));
  const results: B[] = [];
  for (const item of list) results.push(await act(item));
  return results;
}

/** Does one task; the same in a worker and without one. */
export async function askModel(
  model: Model,
  task: AuditTask,
  explainer: string,
): Promise<AuditResult> {
  if ("documents" in task) {
    const explained = await forEach(
      model,
      task.documents,
      (document) => explainDocument(model, document, explainer, task.target),
    );
    return { explained };
  }
  const scored = await forEach(model, task.texts, async (text) => {
    const scores = await model.scores(model.encode(model.read(text)));
    return { predicted: predictedClass(scores), margin: marginOf(scores, task.target) };
  });
  return { scored };
}
