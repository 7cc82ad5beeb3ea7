// LRP of a word-CNN in one go for any number of classes: it needs of the convolution only what the
// two words of each winning window add to their filter.
import {
  type Found,
  type LedgerEntry,
  poolWords,
  type Target,
  targetScore,
  zerosLike,
} from "@heatword/core";
import type { LrpOptions } from "./_options.ts";
import type { WordCnn, WordCnnInput, WordCnnTrace } from "@heatword/core/word-cnn";
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

/** What one class got: words, and what biases and stabilisers took. */
interface ClassRelevance {
  /** Shape [T]. */
  readonly words: Float64Array;
  /** Sum over the filters. */
  readonly passed: number;
  /** The part of the filters' relevance that stands for their biases, and for their stabilisers. */
  readonly bias: number;
  readonly stabilizer: number;
}

/** The relevance of filters and words for all classes. */
interface AllRelevance {
  /** What class c got. */
  of(c: number): ClassRelevance;
  /** The relevance of each filter for class c. */
  filtersOf(c: number): Float64Array;
}

function relevanceOfAll(
  model: WordCnn,
  trace: WordCnnTrace,
  length: number,
  rule: Rule,
  [dense, convolution]: readonly [Division, Division],
): AllRelevance {
  const { preActivations, winners, first, second, scores } = trace;
  const count = model.filters;
  const classes = model.classes.length;
  const share = rule.bias === "share";
  const pooled = new Float64Array(count);
  const factors = new Float64Array(4 * count);
  for (let f = 0; f < count; f++) {
    if (preActivations[f]! > 0) pooled[f] = preActivations[f]!;
    const inverse = convolution.inverse[f]!;
    const [bias, stabilizer] = [convolution.bias[f]!, convolution.stabilizer[f]!];
    const rest = share ? (bias + stabilizer) / 2 : 0;
    factors[4 * f] = first[f]! * inverse + rest;
    factors[4 * f + 1] = second[f]! * inverse + rest;
    factors[4 * f + 2] = bias;
    factors[4 * f + 3] = stabilizer;
  }
  const scale = new Float64Array(classes);
  const offset = new Float64Array(classes);
  for (let c = 0; c < classes; c++) {
    scale[c] = scores[c]! * dense.inverse[c]!;
    if (share) offset[c] = scores[c]! * (dense.bias[c]! + dense.stabilizer[c]!) / count;
  }
  const { words, totals } = model.distribute(length, { pooled, winners, scale, offset, factors });
  return {
    of: (c) => ({
      words: words[c]!,
      passed: totals[c]!,
      bias: totals[classes + c]!,
      stabilizer: totals[2 * classes + c]!,
    }),
    filtersOf: (c) =>
      pooled.map((value, f) =>
        value * model.weights.denseWeights[f * classes + c]! * scale[c]! + offset[c]!
      ),
  };
}

/** A class by itself, or the difference of two. */
function combine(plus: ClassRelevance, minus?: ClassRelevance): ClassRelevance {
  if (minus === undefined) return plus;
  return {
    words: plus.words.map((value, t) => value - minus.words[t]!),
    passed: plus.passed - minus.passed,
    bias: plus.bias - minus.bias,
    stabilizer: plus.stabilizer - minus.stabilizer,
  };
}

const total = (values: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
};

/** The relevance of each number of each word, from that of the filters. */
function elementsOf(
  model: WordCnn,
  input: WordCnnInput,
  winners: Int32Array,
  filters: Float64Array,
  { inverse, bias, stabilizer }: Division,
  share: boolean,
): Float64Array {
  const { dimensions } = model;
  const back = model.spread(input.length, winners, filters.map((r, f) => r * inverse[f]!));
  const shares = new Float64Array(input.length);
  if (share) {
    for (let f = 0; f < filters.length; f++) {
      const each = filters[f]! * (bias[f]! + stabilizer[f]!) / (2 * dimensions);
      shares[winners[f]!]! += each;
      shares[winners[f]! + 1]! += each;
    }
  }
  const { vectors } = input;
  const elements = new Float64Array(vectors.length);
  for (let t = 0; t < input.length; t++) {
    for (let i = t * dimensions; i < (t + 1) * dimensions; i++) {
      elements[i] = vectors[i]! * back[i]! + shares[t]!;
    }
  }
  return elements;
}

/**
 * Explains a word-CNN by the ε-rule or the 0-rule.
 *
 * @returns What was found for each target; nothing when the options ask for another rule.
 */
export function explainWordCnn(
  model: WordCnn,
  input: WordCnnInput,
  targets: readonly Target[],
  options: LrpOptions,
): Found[] | undefined {
  const rule = ruleOf(options);
  if (rule === undefined) return undefined;
  const trace = model.trace(input);
  const { scores, winners } = trace;
  const explained = targets.map((target) => targetScore(target, scores));
  const { denseBias, convolutionBias } = model.weights;
  const dense = divide(scores, denseBias, rule);
  const convolution = divide(trace.preActivations, convolutionBias, rule);
  const { pooling } = options;
  const detailed = options.detail === "values" || pooling !== "sum";
  const found = relevanceOfAll(model, trace, input.length, rule, [dense, convolution]);
  const share = rule.bias === "share";
  const names = model.layers.map(({ name }) => name);
  return targets.map((target, i) => {
    const [of, against] = typeof target === "number"
      ? [target, undefined]
      : [target.of, target.against];
    // A contrast is the difference of what its two classes get.
    const result = combine(found.of(of), against === undefined ? against : found.of(against));
    const part = (values: ArrayLike<number>, times?: Float64Array) => {
      const at = (c: number) => values[c]! * (times?.[c] ?? 1);
      return at(of) - (against === undefined ? 0 : at(against));
    };
    let elements;
    if (detailed) {
      const filters = found.filtersOf(of);
      if (against !== undefined) {
        found.filtersOf(against).forEach((value, f) => filters[f]! -= value);
      }
      elements = elementsOf(model, input, winners, filters, convolution, share);
    }
    const score = explained[i]!;
    const between = { received: result.passed, passed: result.passed, bias: 0, stabilizer: 0 };
    const ledger: LedgerEntry[] = [
      {
        layer: names[3]!,
        rule: rule.name,
        received: part(scores),
        passed: result.passed,
        bias: part(scores, dense.bias),
        stabilizer: part(scores, dense.stabilizer),
      },
      { layer: names[2]!, rule: model.layers[2]!.relevance, ...between },
      { layer: names[1]!, rule: model.layers[1]!.relevance, ...between },
      {
        layer: names[0]!,
        rule: rule.name,
        received: result.passed,
        passed: total(result.words),
        bias: result.bias,
        stabilizer: result.stabilizer,
      },
    ];
    let values;
    if (elements && options.detail === "values") {
      values = zerosLike(input.vectors, elements.length);
      values.set(elements);
    }
    return {
      score,
      words: elements && pooling !== "sum"
        ? poolWords(elements, model.dimensions, pooling)
        : result.words,
      pooling,
      ...(values && { values, dimensions: model.dimensions }),
      ...(share && pooling === "sum" && { expectedSum: score }),
      ledger,
    };
  });
}
