// LRP of a word-CNN in one go for any number of classes: it needs of the convolution only what the
// two words of each winning window add to their filter.
import {
  type LedgerEntry,
  type OptionValues,
  type Pooling,
  poolWords,
  type Relevance,
  type Target,
  targetScore,
  zerosLike,
} from "@heatword/core";
import type { WordCnn, WordCnnInput, WordCnnTrace } from "@heatword/core/word-cnn";
import type { BiasMode } from "./propagate.ts";

/** What the ε-rule divides by, and what it hands out. */
interface Rule {
  readonly name: string;
  readonly epsilon: number;
  readonly bias: BiasMode;
}

/** The rule, where the options ask for one that has a short way. */
function ruleOf(options: OptionValues): Rule | undefined {
  const bias = options.bias as BiasMode;
  if (options.composite === "zero") return { name: "zero", epsilon: 0, bias };
  if (options.composite !== "epsilon") return undefined;
  return { name: "epsilon", epsilon: options.epsilon as number, bias };
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

/** The relevance of some classes: of words, of filters, and what biases and stabilisers took. */
interface ClassRelevance {
  /** Shape [classes, T]. */
  readonly words: Float64Array[];
  /** Shape [classes, F]. */
  readonly filters: Float64Array[];
  readonly convolution: Division;
  readonly dense: Division;
}

function relevanceOfClasses(
  model: WordCnn,
  trace: WordCnnTrace,
  length: number,
  classes: readonly number[],
  rule: Rule,
): ClassRelevance {
  const { denseWeights, denseBias, convolutionBias } = model.weights;
  const { preActivations, winners, first, second, scores } = trace;
  const count = model.filters;
  const all = model.classes.length;
  const wanted = classes.length;
  const share = rule.bias === "share";
  const dense = divide(scores, denseBias, rule);
  const convolution = divide(preActivations, convolutionBias, rule);
  const factors = Float64Array.from(classes, (c) => scores[c]! * dense.inverse[c]!);
  const shares = Float64Array.from(
    classes,
    (c) => share ? scores[c]! * (dense.bias[c]! + dense.stabilizer[c]!) / count : 0,
  );
  const filters = classes.map(() => new Float64Array(count));
  const sums = new Float64Array(length * wanted);
  for (let f = 0; f < count; f++) {
    const pooled = preActivations[f]! > 0 ? preActivations[f]! : 0;
    const rest = share ? (convolution.bias[f]! + convolution.stabilizer[f]!) / 2 : 0;
    const toFirst = first[f]! * convolution.inverse[f]! + rest;
    const toSecond = second[f]! * convolution.inverse[f]! + rest;
    const at = winners[f]! * wanted;
    for (let k = 0; k < wanted; k++) {
      const relevance = pooled * denseWeights[f * all + classes[k]!]! * factors[k]! + shares[k]!;
      filters[k]![f] = relevance;
      sums[at + k]! += relevance * toFirst;
      sums[at + wanted + k]! += relevance * toSecond;
    }
  }
  const words = classes.map((_, k) =>
    Float64Array.from({ length }, (_, t) => sums[t * wanted + k]!)
  );
  return { words, filters, convolution, dense };
}

const total = (values: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
};

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
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
 * @returns A relevance for each target; nothing when the options ask for another rule.
 */
export function explainWordCnn(
  explainer: string,
  model: WordCnn,
  input: WordCnnInput,
  targets: readonly Target[],
  options: OptionValues,
): Relevance[] | undefined {
  const rule = ruleOf(options);
  if (rule === undefined) return undefined;
  const trace = model.trace(input);
  const { scores, winners } = trace;
  // A contrast is the difference of what its two classes get.
  const classes = [
    ...new Set(targets.flatMap((t) => typeof t === "number" ? [t] : [t.of, t.against])),
  ];
  const explained = targets.map((target) => targetScore(target, scores));
  const found = relevanceOfClasses(model, trace, input.length, classes, rule);
  const pooling = options.pooling as Pooling;
  const share = rule.bias === "share";
  const names = model.layers.map(({ name }) => name);
  return targets.map((target, i) => {
    const [plus, minus] = typeof target === "number"
      ? [classes.indexOf(target), -1]
      : [classes.indexOf(target.of), classes.indexOf(target.against)];
    const combine = (of: (k: number) => Float64Array) =>
      minus < 0 ? of(plus) : of(plus).map((value, j) => value - of(minus)[j]!);
    const part = (of: (c: number) => number) =>
      of(classes[plus]!) - (minus < 0 ? 0 : of(classes[minus]!));
    const filters = combine((k) => found.filters[k]!);
    const words = combine((k) => found.words[k]!);
    const detailed = options.detail === "values" || pooling !== "sum";
    const elements = detailed &&
      elementsOf(model, input, winners, filters, found.convolution, share);
    const score = explained[i]!;
    const filterTotal = total(filters);
    const between = { received: filterTotal, passed: filterTotal, bias: 0, stabilizer: 0 };
    const ledger: LedgerEntry[] = [
      {
        layer: names[3]!,
        rule: rule.name,
        received: part((c) => scores[c]!),
        passed: filterTotal,
        bias: part((c) => scores[c]! * found.dense.bias[c]!),
        stabilizer: part((c) => scores[c]! * found.dense.stabilizer[c]!),
      },
      { layer: names[2]!, rule: model.layers[2]!.relevance, ...between },
      { layer: names[1]!, rule: model.layers[1]!.relevance, ...between },
      {
        layer: names[0]!,
        rule: rule.name,
        received: filterTotal,
        passed: total(words),
        bias: dot(filters, found.convolution.bias),
        stabilizer: dot(filters, found.convolution.stabilizer),
      },
    ];
    let values;
    if (elements && options.detail === "values") {
      values = zerosLike(input.vectors, elements.length);
      values.set(elements);
    }
    return {
      explainer,
      options,
      target,
      score,
      words: pooling === "sum"
        ? words
        : poolWords(elements as Float64Array, model.dimensions, pooling),
      pooling,
      ...(values && { values, dimensions: model.dimensions }),
      ...(share && pooling === "sum" && { expectedSum: score }),
      ledger,
    };
  });
}
