import type { Model } from "@heatword/core";
import { measureHybrid } from "../hybrids/measure_hybrid.ts";
import { measurePlanted } from "../shortcuts/measure_planted.ts";
import { measureText } from "../texts/measure_text.ts";
import type { TrustPlan } from "../texts/trust_plan.ts";
import type { TrustResult, TrustTask } from "./messages.ts";

/** The models of a run: the one that is measured, and copies of it that some measures need. */
export interface TrustModels {
  /** The model. */
  readonly model: Model;
  /** A copy that has seen texts with words missing, where the model itself has not. */
  readonly tuned?: Model;
  /** One that was trained on texts with shortcuts. */
  readonly planted?: Model;
}

/** Does one task; the same in a worker and without one. */
export async function measureTask(
  { model, tuned, planted }: TrustModels,
  task: TrustTask,
  plan: TrustPlan,
): Promise<TrustResult> {
  const { index, document } = task;
  if (task.hybrid) {
    const figures = await measureHybrid(model, task.hybrid, document, index, plan);
    return { kind: "hybrid", figures };
  }
  if (task.planted) {
    const figures = await measurePlanted(planted!, task.planted, document, index, plan);
    return { kind: "planted", figures };
  }
  const figures = await measureText(model, document, index, plan, tuned && { tuned });
  return { kind: "text", figures };
}
