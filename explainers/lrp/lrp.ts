import {
  activationsOf,
  type Explainer,
  type Input,
  isBranches,
  isLinear,
  type Layer,
  type LayeredModel,
  type LedgerEntry,
  type LinearLayer,
  type Model,
  type OptionValues,
  type Pooling,
  poolWords,
  register,
  type Relevance,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
  zerosLike,
} from "@heatword/core";
import { WordCnn, type WordCnnInput } from "@heatword/core/word-cnn";
import { detailOption, poolingOption } from "../_options.ts";
import { explainWordCnn } from "./_word_cnn.ts";
import { composites } from "./composites.ts";
import { propagate, type RuleOf } from "./propagate.ts";
import { type BiasMode, biasModes } from "./propagate_linear.ts";
import { epsilonRule, zeroRule } from "./rule.ts";

/** The first linear layer with weights, or that of each branch. */
function firstLinear(layers: readonly Layer[]): LinearLayer[] {
  for (const layer of layers) {
    if (isLinear(layer) && !layer.weightless) return [layer];
    const found = isBranches(layer) ? layer.branches.flatMap(firstLinear) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** The rule of each linear layer by the options. */
function ruleOf(model: LayeredModel, options: OptionValues): RuleOf {
  const composite = composites[options.composite as string]!;
  const parameters = {
    epsilon: options.epsilon as number,
    gamma: options.gamma as number,
    alpha: options.alpha as number,
  };
  const pooled = options.composite === "zero" ? zeroRule : epsilonRule(parameters.epsilon);
  const first = new Set(firstLinear(model.layers));
  return (layer: LinearLayer, outputShape) =>
    layer.weightless ? pooled : composite(
      { layer, first: first.has(layer), alongText: outputShape.length > 1 },
      parameters,
    );
}

/** What the words sum to: the score but for what biases keep. */
function expectation(score: number, ledger: readonly LedgerEntry[]) {
  const kept = ledger.reduce((sum, entry) => sum + (entry.kept ?? 0), 0);
  return kept === 0 ? { expectedSum: score } : { expectedSum: score - kept, keptByBiases: kept };
}

function explainAll(
  model: Model,
  input: Input,
  targets: readonly Target[],
  options: OptionValues,
): Relevance[] {
  if (model instanceof WordCnn) {
    const found = explainWordCnn(lrp.name, model, input as WordCnnInput, targets, options);
    if (found) return found;
  }
  const layered = model as LayeredModel;
  const { layers } = layered;
  const values = activationsOf(layered, input as VectorInput);
  const vectors = values[0]!;
  const scores = values.at(-1)!.data;
  const dimensions = vectors.shape[1]!;
  const bias = options.bias as BiasMode;
  const pooling = options.pooling as Pooling;
  const rules = ruleOf(layered, options);
  return targets.map((target) => {
    const start = targetWeights(target, scores.length).map((weight, c) => weight * scores[c]!);
    const { relevance, ledger } = propagate(layers, values, start, rules, bias);
    const score = targetScore(target, scores);
    const elements = zerosLike(vectors.data, relevance.length);
    elements.set(relevance);
    return {
      explainer: lrp.name,
      options,
      target,
      score,
      words: poolWords(relevance, dimensions, pooling),
      pooling,
      ...(options.detail === "values" && { values: elements, dimensions }),
      ...(bias === "share" && pooling === "sum" && expectation(score, ledger)),
      ledger,
    };
  });
}

/**
 * Layer-wise relevance propagation: takes the score back through the layers to the word vectors, at
 * each layer in proportion to what every input contributed. With the default options exactly the
 * method of Arras et al. 2016: the ε-rule with bias and stabiliser shared out, so that the
 * relevances sum to the score; a word's relevance is the sum over its vector. For a contrast the
 * start is +f_A at one class and −f_B at the other.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { lrp } from "@heatword/explainers/lrp";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({
 *   text: "red green blue",
 *   tokens: [{ text: "red", start: 0, end: 3 }, { text: "green", start: 4, end: 9 }],
 * });
 * const relevance = explain(lrp, model, input, 1);
 * assertAlmostEquals(relevance.words[0]! + relevance.words[1]!, model.scores(input)[1]!, 1e-9);
 * ```
 */
export const lrp: Explainer = register({
  name: "lrp",
  description: "Layer-wise relevance propagation: takes the score back through the layers",
  citation: "Bach et al. 2015, doi:10.1371/journal.pone.0130140; " +
    "for text: Arras et al. 2016, doi:10.18653/v1/W16-1601",
  tags: { needs: "layers", signed: true, conserves: "score", stochastic: false },
  options: {
    composite: {
      type: "choice",
      default: "epsilon",
      choices: Object.keys(composites),
      description: "Which rule each linear layer gets",
    },
    epsilon: {
      type: "number",
      default: 0.01,
      min: 0,
      description: "Size of the stabiliser of the ε-rule",
    },
    bias: {
      type: "choice",
      default: "share",
      choices: biasModes,
      description: "What becomes of the shares of biases and stabiliser: shared out among the " +
        "inputs, absorbed, or absorbed with the bias ignored altogether",
    },
    gamma: { type: "number", default: 0.25, min: 0, description: "Factor of the γ-rule" },
    alpha: {
      type: "number",
      default: 2,
      min: 1,
      description: "Factor α of the αβ-rule; β is α − 1",
    },
    pooling: poolingOption("sum"),
    detail: detailOption,
  },
  explain: (model, input, target, options) => explainAll(model, input, [target], options)[0]!,
  explainAll,
});
