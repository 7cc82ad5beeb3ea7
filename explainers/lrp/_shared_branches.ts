import type { MergeLayer, Tensor } from "@heatword/core";
import type { Flow } from "./_flow.ts";
import { gatePart } from "./product_rule.ts";
import type { BiasMode } from "./propagate_linear.ts";
import type { StepRules } from "./propagate_recurrent.ts";

/** What each of several networks gets of what they make together. */
export interface SharedOut {
  /** What arrives at the output of each branch. */
  readonly flows: readonly Flow[];
  /** What of it stood for the stabiliser. */
  readonly stabilizer: number;
}

/** Of a product both are signals: the gates' rule shares it out, but half where a gate gets nothing. */
function shareProduct(outputs: readonly Tensor[], above: Flow, { gates }: StepRules): SharedOut {
  const rule = gates === "all" ? "half" : gates;
  const [a, b] = outputs as [Tensor, Tensor];
  const parts = Float64Array.from(a.data, (value, i) => gatePart(rule, value, b.data[i]!));
  const flows = [parts, parts.map((part) => 1 - part)].map((own, branch): Flow => {
    const { data } = outputs[branch]!;
    const relevance = above.relevance.map((value, i) => value * own[i]!);
    const multipliers = () => relevance.map((value, i) => data[i] === 0 ? 0 : value / data[i]!);
    return { relevance, multipliers };
  });
  return { flows, stabilizer: 0 };
}

/** Of a sum or a mean each gets what it adds, by the ε-rule. */
function shareSum(
  { operation }: MergeLayer,
  outputs: readonly Tensor[],
  above: Flow,
  { epsilon }: StepRules,
  bias: BiasMode,
): SharedOut {
  const count = outputs.length;
  const weight = operation === "average" ? 1 / count : 1;
  const quotients = new Float64Array(above.relevance.length);
  const shares = new Float64Array(above.relevance.length);
  let stabilizer = 0;
  above.relevance.forEach((received, i) => {
    const z = outputs.reduce((sum, { data }) => sum + data[i]!, 0) * weight;
    const s = z >= 0 ? epsilon : -epsilon;
    const divided = received / (z + s);
    const isFinite = Number.isFinite(divided);
    const forStabilizer = isFinite ? s * divided : received;
    quotients[i] = isFinite ? weight * divided : 0;
    stabilizer += forStabilizer;
    if (bias === "share") shares[i] = forStabilizer / count;
  });
  const flows = outputs.map(({ data }): Flow => ({
    relevance: quotients.map((quotient, i) => data[i]! * quotient + shares[i]!),
    multipliers: () => quotients.slice(),
  }));
  return { flows, stabilizer };
}

/**
 * Shares out what arrives at the output of a merge among its branches.
 *
 * @param layer The merge.
 * @param outputs The outputs of its branches.
 * @param above What arrives.
 * @param rules The rules.
 * @param bias What becomes of the shares of the stabiliser.
 * @returns What each gets.
 */
export function shareOut(
  layer: MergeLayer,
  outputs: readonly Tensor[],
  above: Flow,
  rules: StepRules,
  bias: BiasMode,
): SharedOut {
  return layer.operation === "product"
    ? shareProduct(outputs, above, rules)
    : shareSum(layer, outputs, above, rules, bias);
}
