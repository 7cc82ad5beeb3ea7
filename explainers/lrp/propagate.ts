import {
  activations,
  type BranchLayer,
  isBranches,
  isLinear,
  isMerge,
  isRecurrent,
  isRoute,
  type Layer,
  type LedgerEntry,
  type LinearLayer,
  type MergeLayer,
  type RouteLayer,
  type Tensor,
  zerosLike,
} from "@heatword/core";
import { type Flow, keptIn, type Step, total } from "./_flow.ts";
import { type SharedOut, shareOut } from "./_shared_branches.ts";
import { type BiasMode, propagateLinear } from "./propagate_linear.ts";
import { propagateRecurrent, type StepRules } from "./propagate_recurrent.ts";
import type { Rule } from "./rule.ts";

/** Gives every linear layer of a network its rule. */
export type RuleOf = (layer: LinearLayer, outputShape: readonly number[]) => Rule;

/** All rules for the layers of a network. */
export interface Rules {
  /** The rule of each linear layer. */
  readonly ruleOf: RuleOf;
  /** What becomes of the shares of bias and stabiliser. */
  readonly bias: BiasMode;
  /**
   * The rules for the steps of a recurrent layer, or for outputs of networks that are added or
   * multiplied.
   */
  readonly stepsOf: (layer: Layer) => StepRules;
}

/** What each branch gets of what is joined. */
function splitUp(layer: BranchLayer, outputs: readonly Tensor[], above: Flow): SharedOut {
  const shapes = outputs.map(({ shape }) => shape);
  const parts = layer.split(above.relevance, shapes);
  const flows = parts.map((relevance, b) => ({
    relevance,
    multipliers: () => layer.split(above.multipliers(), shapes)[b]!,
  }));
  return { flows, stabilizer: 0 };
}

/** Takes relevance through networks side by side: along each, and what arrives is added up. */
function propagateBranches(
  layer: BranchLayer | MergeLayer,
  input: Tensor,
  above: Flow,
  rules: Rules,
): Step {
  const { relevance } = above;
  const values = layer.branches.map((layers) => activations(layers, input));
  const outputs = values.map((list) => list.at(-1)!);
  const { flows: starts, stabilizer } = isBranches(layer)
    ? splitUp(layer, outputs, above)
    : shareOut(layer, outputs, above, rules.stepsOf(layer), rules.bias);
  const below = new Float64Array(input.data.length);
  const flows = layer.branches.map((layers, b) => {
    const flow = throughLayers(layers, values[b]!, starts[b]!, rules);
    flow.relevance.forEach((value, i) => below[i]! += value);
    return flow;
  });
  const branches = flows.map(({ ledger }) => ledger);
  const sumOf = (field: "bias" | "stabilizer" | "kept") =>
    branches.flat().reduce((sum, entry) => sum + (entry[field] ?? 0), 0);
  const entry = {
    layer: layer.name,
    rule: layer.relevance,
    received: total(relevance),
    passed: total(below),
    bias: sumOf("bias"),
    stabilizer: stabilizer + sumOf("stabilizer"),
    ...keptIn(sumOf("kept")),
    branches,
  };
  const together = () => {
    const sums = new Float64Array(below.length);
    for (const flow of flows) flow.multipliers().forEach((value, i) => sums[i]! += value);
    return sums;
  };
  return { relevance: below, multipliers: together, entry };
}

/**
 * Takes relevance through an activation: unchanged where f(0) = 0. Else, as for the sigmoid, what is
 * passed on is the share of f(x) − f(0), which has the sign of x; f(0) counts as a bias that no input
 * shares, and its share is kept.
 */
function propagateActivation(layer: Layer, input: Tensor, output: Tensor, above: Flow): Step {
  const { shape, data } = input;
  const atZero = layer.forward({ shape, data: zerosLike(data, data.length) }).data;
  const bent = atZero.some((value) => value !== 0);
  const received = total(above.relevance);
  let { relevance } = above;
  let kept = 0;
  if (bent) {
    const shares = above.multipliers().map((multiplier, i) => multiplier * atZero[i]!);
    relevance = relevance.map((value, i) => value - shares[i]!);
    kept = total(shares);
  }
  const entry = {
    layer: layer.name,
    rule: layer.relevance,
    received,
    passed: total(relevance),
    bias: kept,
    stabilizer: 0,
    ...keptIn(kept),
  };
  const multipliers = () =>
    above.multipliers().map((multiplier, i) => {
      const x = data[i]!;
      return x === 0 ? 0 : multiplier * (output.data[i]! - atZero[i]!) / x;
    });
  return { relevance, multipliers, entry };
}

/** Takes relevance back to the elements that outputs are copies of. */
function propagateRoute(layer: RouteLayer, input: Tensor, above: Flow): Step {
  const sources = layer.sources(input);
  const back = (values: Float64Array) => {
    const below = new Float64Array(input.data.length);
    for (let j = 0; j < sources.length; j++) below[sources[j]!]! += values[j]!;
    return below;
  };
  const received = total(above.relevance);
  const relevance = back(above.relevance);
  const { name, relevance: rule } = layer;
  const entry = { layer: name, rule, received, passed: total(relevance), bias: 0, stabilizer: 0 };
  return { relevance, multipliers: () => back(above.multipliers()), entry };
}

function throughLayers(
  layers: readonly Layer[],
  values: readonly Tensor[],
  start: Flow,
  rules: Rules,
): Flow & { ledger: LedgerEntry[] } {
  let flow = start;
  const ledger: LedgerEntry[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!;
    const [input, output] = [values[i]!, values[i + 1]!];
    const step: Step = isLinear(layer)
      ? propagateLinear(
        layer,
        rules.ruleOf(layer, output.shape),
        rules.bias,
        input,
        output,
        flow.relevance,
      )
      : isBranches(layer) || isMerge(layer)
      ? propagateBranches(layer, input, flow, rules)
      : isRecurrent(layer)
      ? propagateRecurrent(layer, rules.stepsOf(layer), rules.bias, input, flow)
      : isRoute(layer)
      ? propagateRoute(layer, input, flow)
      : propagateActivation(layer, input, output, flow);
    flow = step;
    ledger.push(step.entry);
  }
  return { ...flow, ledger };
}

/**
 * Takes relevance from the outputs of a network to its input, layer by layer: through linear
 * layers by their rule, through activations unchanged but for the share of their value at 0, through
 * pooling to the winner, along each of several networks side by side, and back through the steps of
 * recurrent layers.
 *
 * @param layers The layers, first to last.
 * @param values The input of every layer and, last, the output, as core's `activations` gives them.
 * @param start The relevance of the outputs.
 * @param rules The rules of all layers.
 * @returns The relevance of the input, in float64, and the ledger from the scores down.
 */
export function propagate(
  layers: readonly Layer[],
  values: readonly Tensor[],
  start: Float64Array,
  rules: Rules,
): { relevance: Float64Array; ledger: LedgerEntry[] } {
  const output = values.at(-1)!.data;
  const multipliers = () => start.map((value, c) => output[c] === 0 ? 0 : value / output[c]!);
  const flow = { relevance: start, multipliers };
  const { relevance, ledger } = throughLayers(layers, values, flow, rules);
  return { relevance, ledger };
}
