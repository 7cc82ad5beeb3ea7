import {
  activationsOf,
  type Contributions,
  type Explainer,
  isBranches,
  isLinear,
  isMaxPooled,
  isMerge,
  isRecurrent,
  type Layer,
  type LayeredModel,
  layersOf,
  type LedgerEntry,
  type LinearLayer,
  poolWords,
  registerExplainer,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
  zerosLike,
} from "@heatword/core";
import { whereLaidOut } from "../_max_pooled.ts";
import { type LrpOptions, lrpOptions } from "./_options.ts";
import { explainMaxPooled } from "./_max_pooled.ts";
import { composites } from "./composites.ts";
import { propagate, type RuleOf, type Rules } from "./propagate.ts";
import { epsilonRule, zeroRule } from "./rule.ts";

/** The first layer with weights, or that of each branch; a recurrent layer has them too. */
function firstWithWeights(layers: readonly Layer[]): Layer[] {
  for (const layer of layers) {
    if (isLinear(layer) && !layer.weightless || isRecurrent(layer)) return [layer];
    const found = isBranches(layer) || isMerge(layer)
      ? layer.branches.flatMap(firstWithWeights)
      : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** The rule of each linear layer by the options. */
function ruleOf(layers: readonly Layer[], options: LrpOptions): RuleOf {
  const { composite, epsilon } = options;
  const apply = composites[composite];
  const pooled = composite === "zero" ? zeroRule : epsilonRule(epsilon);
  const first = new Set<Layer>(firstWithWeights(layers));
  return (layer: LinearLayer, outputShape) =>
    layer.weightless
      ? pooled
      : apply({ layer, first: first.has(layer), alongText: outputShape.length > 1 }, options);
}

/** All rules by the options. */
function rulesOf(layers: readonly Layer[], options: LrpOptions): Rules {
  const { composite, gates, bias } = options;
  const epsilon = composite === "zero" ? 0 : options.epsilon;
  return {
    ruleOf: ruleOf(layers, options),
    bias,
    stepsOf(layer) {
      if (isRecurrent(layer) && composite !== "zero" && !composite.startsWith("epsilon")) {
        throw new RangeError(
          `Cannot explain layer "${layer.name}" with the composite "${composite}": the steps of a ` +
            'recurrent layer take the ε-rule, as in "epsilon" and all composites that begin so, or ' +
            'that of "zero"',
        );
      }
      return { epsilon, gates };
    },
  };
}

/** What the words sum to: the score but for what biases keep. */
function expectation(score: number, ledger: readonly LedgerEntry[]) {
  const kept = ledger.reduce((sum, entry) => sum + (entry.kept ?? 0), 0);
  return kept === 0 ? { expectedSum: score } : { expectedSum: score - kept, keptByBiases: kept };
}

/** Takes the relevance of each target through all layers. */
function explainLayers(
  model: LayeredModel,
  input: VectorInput,
  targets: readonly Target[],
  options: LrpOptions,
): Contributions[] {
  const layers = layersOf(model, input);
  const values = activationsOf(model, input);
  const vectors = values[0]!;
  const scores = values.at(-1)!.data;
  const dimensions = vectors.shape[1]!;
  const { bias, pooling } = options;
  const rules = rulesOf(layers, options);
  return targets.map((target) => {
    const start = targetWeights(target, scores.length).map((weight, c) => weight * scores[c]!);
    const { relevance, ledger } = propagate(layers, values, start, rules);
    const score = targetScore(target, scores);
    const elements = zerosLike(vectors.data, relevance.length);
    elements.set(relevance);
    return {
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
 * const relevance = await explain(lrp, model, input, 1);
 * assertAlmostEquals(relevance.words[0]! + relevance.words[1]!, model.scores(input)[1]!, 1e-9);
 * ```
 */
export const lrp: Explainer = registerExplainer({
  name: "lrp",
  description: "Layer-wise relevance propagation: takes the score back through the layers",
  citation: "Bach et al. 2015, doi:10.1371/journal.pone.0130140; " +
    "for text: Arras et al. 2016, doi:10.18653/v1/W16-1601",
  tags: { needs: "layers", signed: true, conserves: "score", stochastic: false },
  options: lrpOptions,
  explain({ model, input, targets, options }) {
    const found = isMaxPooled(model)
      ? whereLaidOut(
        model,
        input,
        options,
        (laid, options) => explainMaxPooled(model, laid, targets, options),
      )
      : undefined;
    return found ?? explainLayers(model, input, targets, options);
  },
});
