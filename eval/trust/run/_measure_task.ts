import type { Model } from "@heatword/core";
import { measureHybrid } from "../hybrids/measure_hybrid.ts";
import { measureText } from "../texts/measure_text.ts";
import type { TrustPlan } from "../texts/trust_plan.ts";
import type { TrustResult, TrustTask } from "./messages.ts";

/** Does one task; the same in a worker and without one. */
export async function measureTask(
  model: Model,
  { index, document, hybrid }: TrustTask,
  plan: TrustPlan,
  tuned?: Model,
): Promise<TrustResult> {
  return hybrid === undefined
    ? { kind: "text", figures: await measureText(model, document, index, plan, tuned) }
    : { kind: "hybrid", figures: await measureHybrid(model, hybrid, document, index, plan) };
}
