import {
  activations,
  type BranchLayer,
  isBranches,
  isLinear,
  isRoute,
  type Layer,
  type LedgerEntry,
  type LinearLayer,
  type LinearMap,
  type Tensor,
} from "@heatword/core";
import { one, type Rule, type RulePart } from "./rule.ts";

/**
 * What becomes of the shares of relevance that stand for the bias and the stabiliser: `share` hands
 * them to the n inputs in equal parts, so that nothing is lost (Arras et al. 2016); `absorb` drops
 * them (LRP toolbox, Captum, Zennit's Epsilon); `ignore` drops the stabiliser's and leaves the bias
 * out of the denominator too (Zennit's Epsilon with `zero_params="bias"`).
 */
export type BiasMode = "share" | "absorb" | "ignore";

/** The names of all bias modes. */
export const biasModes: readonly BiasMode[] = ["share", "absorb", "ignore"];

/** Changed copies of a layer's weights, by the function that made them. */
const changedMaps = new WeakMap<LinearLayer, WeakMap<(w: number) => number, LinearMap>>();

function mapOf(layer: LinearLayer, change?: (w: number) => number): LinearMap {
  if (change === undefined) return layer.map();
  let maps = changedMaps.get(layer);
  if (maps === undefined) changedMaps.set(layer, maps = new WeakMap());
  let map = maps.get(change);
  if (map === undefined) maps.set(change, map = layer.map(change));
  return map;
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** One part at work: its changed inputs and maps, its denominators without s, its biases. */
function preparePart(
  layer: LinearLayer,
  part: RulePart,
  bias: BiasMode,
  input: Tensor,
  output: Tensor,
  relevance: Float64Array,
) {
  const data = Float64Array.from(input.data);
  const biases = new Float64Array(layer.bias.length);
  const terms = part.terms.map((term) => {
    if (bias !== "ignore") {
      layer.bias.forEach((b, j) => biases[j]! += term.bias ? term.bias(b) : b);
    }
    return { x: term.input ? data.map(term.input) : data, map: mapOf(layer, term.weight) };
  });
  const [first] = part.terms;
  const plain = part.terms.length === 1 && !first?.input && !first?.weight && !first?.bias;
  if (plain && bias !== "ignore") return { terms, biases, sums: output.data };
  const sums = new Float64Array(output.data.length);
  for (const { x, map } of terms) {
    const part = map.apply({ shape: input.shape, data: x }, relevance).data;
    for (let j = 0; j < sums.length; j++) sums[j]! += part[j]!;
  }
  for (let j = 0; j < sums.length; j++) sums[j]! += biases[j % biases.length]!;
  return { terms, biases, sums };
}

/**
 * Takes relevance through a linear layer by a rule.
 *
 * @param layer The layer.
 * @param rule The rule.
 * @param bias What becomes of the shares of bias and stabiliser.
 * @param input The input of the layer.
 * @param output What the layer made of it.
 * @param relevance The relevance of the outputs.
 * @returns The relevance of the inputs, in float64, and what became of it. Where a denominator is
 * exactly zero, nothing tells the inputs apart: the relevance counts as the stabiliser's.
 */
export function propagateLinear(
  layer: LinearLayer,
  rule: Rule,
  bias: BiasMode,
  input: Tensor,
  output: Tensor,
  relevance: Float64Array,
): { relevance: Float64Array; entry: LedgerEntry } {
  const { fanIn } = layer;
  const fanIns = layer.fanIns?.(input.shape);
  const channels = layer.bias.length;
  const passed = new Float64Array(input.data.length);
  const shares = new Float64Array(relevance.length);
  let biasTotal = 0;
  let stabilizerTotal = 0;
  for (const part of rule.parts) {
    const { terms, biases, sums } = preparePart(layer, part, bias, input, output, relevance);
    const quotients = new Float64Array(relevance.length);
    for (let j = 0; j < relevance.length; j++) {
      const received = part.factor * relevance[j]!;
      if (received === 0 || part.gate?.(output.data[j]!) === false) continue;
      const b = biases[j % channels]!;
      const z = sums[j]!;
      const s = z >= 0 ? rule.epsilon ?? 0 : -(rule.epsilon ?? 0);
      const divided = received / (z + s);
      const quotient = Number.isFinite(divided) ? divided : 0;
      const forBias = b * quotient;
      const forStabilizer = Number.isFinite(divided) ? s * quotient : received;
      quotients[j] = quotient;
      shares[j]! += (forBias + forStabilizer) / (fanIns?.[j] ?? fanIn);
      biasTotal += forBias;
      stabilizerTotal += forStabilizer;
    }
    for (const { x, map } of terms) {
      const back = map.transpose({ shape: output.shape, data: quotients }, input.shape).data;
      for (let i = 0; i < passed.length; i++) passed[i]! += x[i]! * back[i]!;
    }
  }
  if (bias === "share") {
    const ones = mapOf(layer, one);
    const back = ones.transpose({ shape: output.shape, data: shares }, input.shape).data;
    for (let i = 0; i < passed.length; i++) passed[i]! += back[i]!;
  }
  const entry = {
    layer: layer.name,
    rule: rule.name,
    received: total(relevance),
    passed: total(passed),
    bias: biasTotal,
    stabilizer: stabilizerTotal,
  };
  return { relevance: passed, entry };
}

/** Gives every linear layer of a network its rule. */
export type RuleOf = (layer: LinearLayer, outputShape: readonly number[]) => Rule;

/** Takes relevance through networks side by side: along each, and what arrives is added up. */
function propagateBranches(
  layer: BranchLayer,
  input: Tensor,
  relevance: Float64Array,
  ruleOf: RuleOf,
  bias: BiasMode,
): { relevance: Float64Array; entry: LedgerEntry } {
  const values = layer.branches.map((layers) => activations(layers, input));
  const parts = layer.split(relevance, values.map((list) => list.at(-1)!.shape));
  const below = new Float64Array(input.data.length);
  const branches = layer.branches.map((layers, b) => {
    const branch = propagate(layers, values[b]!, parts[b]!, ruleOf, bias);
    branch.relevance.forEach((value, i) => below[i]! += value);
    return branch.ledger;
  });
  const sumOf = (field: "bias" | "stabilizer") =>
    branches.flat().reduce((sum, entry) => sum + entry[field], 0);
  const entry = {
    layer: layer.name,
    rule: layer.relevance,
    received: total(relevance),
    passed: total(below),
    bias: sumOf("bias"),
    stabilizer: sumOf("stabilizer"),
    branches,
  };
  return { relevance: below, entry };
}

/**
 * Takes relevance from the outputs of a network to its input, layer by layer: through linear
 * layers by their rule, through activations unchanged, through pooling to the winner, along each of
 * several networks side by side.
 *
 * @param layers The layers, first to last.
 * @param values The input of every layer and, last, the output, as core's `activations` gives them.
 * @param start The relevance of the outputs.
 * @param ruleOf The rule of each linear layer.
 * @param bias What becomes of the shares of bias and stabiliser.
 * @returns The relevance of the input, in float64, and the ledger from the scores down.
 */
export function propagate(
  layers: readonly Layer[],
  values: readonly Tensor[],
  start: Float64Array,
  ruleOf: RuleOf,
  bias: BiasMode,
): { relevance: Float64Array; ledger: LedgerEntry[] } {
  let relevance = start;
  const ledger: LedgerEntry[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!;
    if (isLinear(layer)) {
      const rule = ruleOf(layer, values[i + 1]!.shape);
      const step = propagateLinear(layer, rule, bias, values[i]!, values[i + 1]!, relevance);
      relevance = step.relevance;
      ledger.push(step.entry);
      continue;
    }
    if (isBranches(layer)) {
      const step = propagateBranches(layer, values[i]!, relevance, ruleOf, bias);
      relevance = step.relevance;
      ledger.push(step.entry);
      continue;
    }
    const received = total(relevance);
    if (isRoute(layer)) {
      const below = new Float64Array(values[i]!.data.length);
      const sources = layer.sources(values[i]!);
      for (let j = 0; j < sources.length; j++) below[sources[j]!]! += relevance[j]!;
      relevance = below;
    }
    const { name, relevance: rule } = layer;
    ledger.push({ layer: name, rule, received, passed: total(relevance), bias: 0, stabilizer: 0 });
  }
  return { relevance, ledger };
}
