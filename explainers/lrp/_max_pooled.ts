// LRP of max-pooled convolutions in one go for any number of classes: it needs of them only what the
// words of each winning window add to their filter.
import {
  type Contributions,
  type Distributed,
  type MaxPooledModel,
  poolWords,
  type Target,
  targetScore,
  type VectorInput,
  type Winnings,
  zerosLike,
} from "@heatword/core";
import { total } from "./_flow.ts";
import { ledgerOf } from "./_max_pooled_ledger.ts";
import type { LrpOptions } from "./_options.ts";
import type { BiasMode } from "./propagate_linear.ts";

/** What the ε-rule divides by, and what it hands out. */
interface Rule {
  readonly name: string;
  readonly epsilon: number;
  readonly bias: BiasMode;
}

/** The rule, where the options ask for one that has a short way. */
function ruleOf({ composite, epsilon, bias }: LrpOptions): Rule | undefined {
  if (composite === "zero") return { name: "zero", epsilon: 0, bias };
  return composite === "epsilon" ? { name: "epsilon", epsilon, bias } : undefined;
}

/** How the relevance of each neuron of a layer is handed on: R/(z + s), and the shared rest. */
interface Division {
  /** 1/(z + s), or 0 where that is not finite. */
  readonly inverse: Float64Array;
  /** The part of a neuron's relevance that stands for its bias. */
  readonly bias: Float64Array;
  /** The part that stands for the stabiliser. */
  readonly stabilizer: Float64Array;
}

function divide(z: ArrayLike<number>, biases: ArrayLike<number>, rule: Rule): Division {
  const { epsilon, bias: mode } = rule;
  const inverse = new Float64Array(z.length);
  const bias = new Float64Array(z.length);
  const stabilizer = new Float64Array(z.length);
  for (let j = 0; j < z.length; j++) {
    const b = mode === "ignore" ? 0 : biases[j]!;
    const sum = mode === "ignore" ? z[j]! - biases[j]! : z[j]!;
    const s = sum >= 0 ? epsilon : -epsilon;
    const divided = 1 / (sum + s);
    if (Number.isFinite(divided)) {
      inverse[j] = divided;
      bias[j] = b * divided;
      stabilizer[j] = s * divided;
    } else stabilizer[j] = 1;
  }
  return { inverse, bias, stabilizer };
}

/** The relevance of filters and words for all classes. */
interface AllRelevance {
  /** What the words got, and what biases and stabilisers took, by convolution. */
  readonly convolutions: readonly Distributed[];
  /** The relevance of each filter for class c. */
  filtersOf(c: number): Float64Array;
}

function relevanceOfAll(
  { filterBank }: MaxPooledModel,
  winnings: Winnings,
  rule: Rule,
  [dense, convolution]: readonly [Division, Division],
): AllRelevance {
  const { widths, denseWeights, denseBias } = filterBank;
  const { preActivations, parts, scores, shareOut } = winnings;
  const count = widths.length;
  const classes = denseBias.length;
  const share = rule.bias === "share";
  const size = parts.length + 2;
  const factors = new Float64Array(size * count);
  const { inverse, bias, stabilizer } = convolution;
  parts.forEach((part, k) => {
    for (let f = 0; f < count; f++) {
      const width = widths[f]!;
      if (k >= width) continue;
      const rest = share ? (bias[f]! + stabilizer[f]!) / width : 0;
      factors[f * size + k] = part[f]! * inverse[f]! + rest;
    }
  });
  for (let f = 0; f < count; f++) {
    factors[f * size + size - 2] = bias[f]!;
    factors[f * size + size - 1] = stabilizer[f]!;
  }
  const scale = new Float64Array(classes);
  const offset = new Float64Array(classes);
  for (let c = 0; c < classes; c++) {
    scale[c] = scores[c]! * dense.inverse[c]!;
    if (share) offset[c] = scores[c]! * (dense.bias[c]! + dense.stabilizer[c]!) / count;
  }
  return {
    convolutions: shareOut({ scale, offset, factors }),
    filtersOf: (c) =>
      Float64Array.from(
        preActivations,
        (z, f) => (z > 0 ? z : 0) * denseWeights[f * classes + c]! * scale[c]! + offset[c]!,
      ),
  };
}

/** What reads off the number of a class, or the difference of those of two. */
function contrast(target: Target): (at: (c: number) => number) => number {
  if (typeof target === "number") return (at) => at(target);
  const { of, against } = target;
  return (at) => at(of) - at(against);
}

/** What the words got of a class, which may be `words` itself, or the difference of two. */
function contrastOf(target: Target, words: readonly Float64Array[], mayKeep: boolean) {
  if (typeof target === "number") return mayKeep ? words[target]! : words[target]!.slice();
  const own = words[target.of]!.slice();
  const other = words[target.against]!;
  for (let t = 0; t < own.length; t++) own[t]! -= other[t]!;
  return own;
}

/** The relevance of each number of each word, from that of the filters. */
function elementsOf(
  { filterBank: { widths } }: MaxPooledModel,
  input: VectorInput,
  { starts, pullBack }: Winnings,
  filters: Float64Array,
  { inverse, bias, stabilizer }: Division,
  share: boolean,
): Float64Array {
  const { dimensions, vectors } = input;
  const back = pullBack(filters.map((r, f) => r * inverse[f]!));
  const shares = new Float64Array(input.length);
  if (share) {
    for (let f = 0; f < filters.length; f++) {
      const width = widths[f]!;
      const each = filters[f]! * (bias[f]! + stabilizer[f]!) / (width * dimensions);
      for (let t = starts[f]!; t < starts[f]! + width; t++) shares[t]! += each;
    }
  }
  const elements = new Float64Array(vectors.length);
  for (let t = 0; t < input.length; t++) {
    for (let i = t * dimensions; i < (t + 1) * dimensions; i++) {
      elements[i] = vectors[i]! * back[i]! + shares[t]!;
    }
  }
  return elements;
}

/**
 * Explains a max-pooled model by the ε-rule or the 0-rule.
 *
 * @returns What was found for each target; nothing when the options ask for another rule.
 */
export function explainMaxPooled(
  model: MaxPooledModel,
  input: VectorInput,
  targets: readonly Target[],
  options: LrpOptions,
): Contributions[] | undefined {
  const rule = ruleOf(options);
  if (rule === undefined) return undefined;
  const winnings = model.winnings(input);
  const { scores } = winnings;
  const explained = targets.map((target) => targetScore(target, scores));
  const dense = divide(scores, model.filterBank.denseBias, rule);
  const convolution = divide(winnings.preActivations, model.filterBank.bias, rule);
  const { pooling } = options;
  const detailed = options.detail === "values" || pooling !== "sum";
  const all = relevanceOfAll(model, winnings, rule, [dense, convolution]);
  const classes = scores.length;
  const share = rule.bias === "share";
  return targets.map((target, i) => {
    // A contrast is the difference of what its two classes get.
    const read = contrast(target);
    // What several convolutions gave is added up below; no two targets share their words.
    const mayKeep = all.convolutions.length === 1 && targets.indexOf(target) === i;
    const convolutions = all.convolutions.map(({ words: ofAll, totals }) => {
      const own = contrastOf(target, ofAll, mayKeep);
      const [received, bias, stabilizer] = [0, 1, 2].map((row) =>
        read((c) => totals[row * classes + c]!)
      ) as [number, number, number];
      return { words: own, entry: { received, passed: total(own), bias, stabilizer } };
    });
    const { words } = convolutions[0]!;
    for (const { words: further } of convolutions.slice(1)) {
      for (let t = 0; t < words.length; t++) words[t]! += further[t]!;
    }
    let elements;
    if (detailed) {
      const filters = all.filtersOf(typeof target === "number" ? target : target.of);
      if (typeof target !== "number") {
        all.filtersOf(target.against).forEach((value, f) => filters[f]! -= value);
      }
      elements = elementsOf(model, input, winnings, filters, convolution, share);
    }
    const score = explained[i]!;
    const ledger = ledgerOf(model.layers, rule.name, convolutions.map(({ entry }) => entry), {
      received: read((c) => scores[c]!),
      bias: read((c) => scores[c]! * dense.bias[c]!),
      stabilizer: read((c) => scores[c]! * dense.stabilizer[c]!),
    });
    let values;
    if (elements && options.detail === "values") {
      values = zerosLike(input.vectors, elements.length);
      values.set(elements);
    }
    return {
      score,
      words: elements && pooling !== "sum" ? poolWords(elements, input.dimensions, pooling) : words,
      pooling,
      ...(values && { values, dimensions: input.dimensions }),
      ...(share && pooling === "sum" && { expectedSum: score }),
      ledger,
    };
  });
}
