import type { FloatArray, LedgerEntry, LinearLayer, LinearMap, Tensor } from "@heatword/core";
import { keptIn, total } from "./_flow.ts";
import { constantOne } from "./_constant_one.ts";
import type { Rule, RulePart, RuleTerm } from "./rule.ts";

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

/** What a term makes of an input, over the input; 0 where it does not go by it. */
function proportion({ input }: RuleTerm, x: number): number {
  if (input === undefined) return 1;
  return input === constantOne || x === 0 ? 0 : input(x) / x;
}

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
    return { term, x: term.input ? data.map(term.input) : data, map: mapOf(layer, term.weight) };
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
 * @returns The relevance of the inputs, in float64; what of it is in proportion to an input, over the
 * input; and what became of it. Where a denominator is
 * exactly zero, nothing tells the inputs apart: the relevance counts as the stabiliser's. What should
 * be shared out among the inputs of an output that has none, as a window in a gap between words, is
 * kept.
 */
export function propagateLinear(
  layer: LinearLayer,
  rule: Rule,
  bias: BiasMode,
  input: Tensor,
  output: Tensor,
  relevance: Float64Array,
): { relevance: Float64Array; multipliers: () => Float64Array; entry: LedgerEntry } {
  const { fanIn } = layer;
  const fanIns = layer.fanIns?.(input.shape);
  const channels = layer.bias.length;
  const passed = new Float64Array(input.data.length);
  const shares = new Float64Array(relevance.length);
  let biasTotal = 0;
  let stabilizerTotal = 0;
  let kept = 0;
  const backs: { term: RuleTerm; back: FloatArray }[] = [];
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
      const inputs = fanIns?.[j] ?? fanIn;
      if (inputs > 0) shares[j]! += (forBias + forStabilizer) / inputs;
      else if (bias === "share") kept += forBias + forStabilizer;
      biasTotal += forBias;
      stabilizerTotal += forStabilizer;
    }
    for (const { term, x, map } of terms) {
      const back = map.transpose({ shape: output.shape, data: quotients }, input.shape).data;
      for (let i = 0; i < passed.length; i++) passed[i]! += x[i]! * back[i]!;
      backs.push({ term, back });
    }
  }
  if (bias === "share") {
    const ones = mapOf(layer, constantOne);
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
    ...keptIn(kept),
  };
  const multipliers = () => {
    const sums = new Float64Array(passed.length);
    for (const { term, back } of backs) {
      for (let i = 0; i < sums.length; i++) sums[i]! += proportion(term, input.data[i]!) * back[i]!;
    }
    return sums;
  };
  return { relevance: passed, multipliers, entry };
}
