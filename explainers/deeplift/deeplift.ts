import {
  activations,
  activationsOf,
  type BranchLayer,
  type Explainer,
  type FloatArray,
  isBranches,
  isLinear,
  isMaxPooled,
  isMerge,
  isRecurrent,
  isRoute,
  type Layer,
  type LayeredModel,
  layersOf,
  type MaxPooledModel,
  type MergeLayer,
  registerExplainer,
  type RouteLayer,
  type Target,
  targetScore,
  targetWeights,
  type Tensor,
  type VectorInput,
  zerosLike,
} from "@heatword/core";
import { type ElementOptions, poolElements, timesVectors } from "../_define.ts";
import { multipliersOf, rescaledRelu, whereLaidOut } from "../_max_pooled.ts";
import { detailOption, poolingOption } from "../_options.ts";
import { recurrentMultipliers } from "./_recurrent.ts";

/** A layer at the input and at the reference. */
interface Passage {
  readonly input: Tensor;
  readonly reference: Tensor;
  readonly output: Tensor;
  readonly referenceOutput: Tensor;
}

/** Rescale rule for element-wise functions: Δy/Δx, the derivative where they do not differ. */
function rescale(layer: Layer, passage: Passage, multipliers: Float64Array): Float64Array {
  const { input, reference, output, referenceOutput } = passage;
  const derivative = layer.backward(input, { shape: output.shape, data: multipliers }).data;
  return multipliers.map((multiplier, i) => {
    const difference = input.data[i]! - reference.data[i]!;
    if (difference === 0) return derivative[i]!;
    return multiplier * (output.data[i]! - referenceOutput.data[i]!) / difference;
  });
}

/**
 * Pooling: y − y⁰ goes to the winner of the input where y ≥ y⁰ and to the winner of the reference
 * where y < y⁰. Then the part of its own difference that a winner hands on is from 0 to 1, and the
 * contributions sum to y − y⁰ though the winners differ. Where the winner of one side is among the
 * winners of the other too, it takes all.
 */
function routed(layer: RouteLayer, passage: Passage, multipliers: Float64Array): Float64Array {
  const { input, reference, output, referenceOutput } = passage;
  const own = layer.sources(input);
  const other = layer.sources(reference);
  const below = new Float64Array(input.data.length);
  for (let j = 0; j < multipliers.length; j++) {
    const change = output.data[j]! - referenceOutput.data[j]!;
    const [winner, rival, rivals, max] = change >= 0
      ? [own[j]!, other[j]!, input.data, output.data[j]!]
      : [other[j]!, own[j]!, reference.data, referenceOutput.data[j]!];
    const source = rivals[rival] === max ? rival : winner;
    const difference = input.data[source]! - reference.data[source]!;
    // Without a difference at the winner y equals y⁰: what is handed on is its derivative.
    below[source]! += multipliers[j]! * (difference === 0 ? 1 : change / difference);
  }
  return below;
}

/** Multipliers of the input from those of the output. */
function backThrough(layer: Layer, passage: Passage, multipliers: Float64Array): Float64Array {
  if (isBranches(layer) || isMerge(layer)) return alongBranches(layer, passage, multipliers);
  if (isRecurrent(layer)) {
    return recurrentMultipliers(layer, passage.input, passage.reference, multipliers);
  }
  if (isRoute(layer)) return routed(layer, passage, multipliers);
  if (!isLinear(layer)) return rescale(layer, passage, multipliers);
  const output = { shape: passage.output.shape, data: multipliers };
  return Float64Array.from(layer.map().transpose(output, passage.input.shape).data);
}

/** The multipliers of the outputs of each branch that are joined, added or multiplied. */
function splitUp(
  layer: BranchLayer | MergeLayer,
  outputs: readonly Tensor[],
  references: readonly Tensor[],
  multipliers: Float64Array,
): readonly Float64Array[] {
  if (isBranches(layer)) return layer.split(multipliers, outputs.map(({ shape }) => shape));
  return outputs.map((_, b) =>
    multipliers.map((multiplier, i) => {
      if (layer.operation === "sum") return multiplier;
      if (layer.operation === "average") return multiplier / outputs.length;
      // Of a product each gets what the other is on average, in the text and in the reference.
      return multiplier * (outputs[1 - b]!.data[i]! + references[1 - b]!.data[i]!) / 2;
    })
  );
}

/** Networks side by side: multipliers go along each, and are added up. */
function alongBranches(
  layer: BranchLayer | MergeLayer,
  { input, reference }: Passage,
  multipliers: Float64Array,
): Float64Array {
  const runs = layer.branches.map((layers) => activations(layers, input));
  const references = layer.branches.map((layers) => activations(layers, reference));
  const [outputs, others] = [runs, references].map((all) => all.map((values) => values.at(-1)!));
  const parts = splitUp(layer, outputs!, others!, multipliers);
  const sum = new Float64Array(input.data.length);
  layer.branches.forEach((layers, b) => {
    const back = throughLayers(layers, runs[b]!, references[b]!, parts[b]!);
    back.forEach((value, i) => sum[i]! += value);
  });
  return sum;
}

/** Multipliers of the input of the first layer from those of the output of the last. */
function throughLayers(
  layers: readonly Layer[],
  values: readonly Tensor[],
  references: readonly Tensor[],
  multipliers: Float64Array,
): Float64Array {
  return layers.reduceRight((above, layer, i) => {
    const passage = {
      input: values[i]!,
      reference: references[i]!,
      output: values[i + 1]!,
      referenceOutput: references[i + 1]!,
    };
    return backThrough(layer, passage, above);
  }, multipliers);
}

/** What was found for a target. */
interface Contributions {
  readonly elements: FloatArray;
  readonly score: number;
  readonly emptyScore: number;
}

/** Contributions by the layers of any model. */
function contributions(model: LayeredModel, input: VectorInput): (target: Target) => Contributions {
  const everyWord = Array.from({ length: input.length }, (_, t) => t);
  const values = activationsOf(model, input);
  const references = activationsOf(model, model.withoutWords(input, everyWord));
  const vectors = values[0]!.data;
  const empty = references[0]!.data;
  const scores = values.at(-1)!.data;
  return (target) => {
    const weights = targetWeights(target, scores.length);
    const multipliers = throughLayers(layersOf(model, input), values, references, weights);
    const elements = zerosLike(vectors, vectors.length);
    for (let i = 0; i < elements.length; i++) {
      elements[i] = multipliers[i]! * (vectors[i]! - empty[i]!);
    }
    return {
      elements,
      score: targetScore(target, scores),
      emptyScore: targetScore(target, references.at(-1)!.data),
    };
  };
}

/** The same for a max-pooled model, from one forward pass. */
function contributionsOfPooled(
  model: MaxPooledModel,
  input: VectorInput,
): (target: Target) => Contributions {
  const find = multipliersOf(model, input, rescaledRelu);
  return (target) => {
    const { multipliers, ...scores } = find(target);
    return { elements: timesVectors(input.vectors, multipliers), ...scores };
  };
}

/**
 * DeepLIFT with the rescale rule, from the empty text (zero vectors): R_d = m_d · (x_d − 0), with
 * multipliers m taken back through the layers from differences of activations in place of
 * derivatives. The relevances sum to f(x) − f(0) exactly, at max-pooling and at the products of
 * recurrent cells too, which give each factor what the other is on average.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { deeplift } from "@heatword/explainers/deeplift";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, expectedSum } = await explain(deeplift, model, input, 0);
 * assertAlmostEquals(words[0]! + words[1]!, expectedSum!, 1e-12);
 * ```
 */
export const deeplift: Explainer = registerExplainer({
  name: "deeplift",
  description: "DeepLIFT (rescale): differences from the empty text, taken back through the layers",
  citation: "Shrikumar et al. 2017, arXiv:1704.02685; " +
    "max-pooling by both winners: Lundberg and Lee 2017, arXiv:1705.07874",
  tags: {
    needs: "layers",
    signed: true,
    conserves: "difference",
    ignoresDeleted: true,
    stochastic: false,
  },
  options: { pooling: poolingOption("sum"), detail: detailOption },
  explain({ model, input, targets, options }) {
    const all = (
      find: (target: Target) => Contributions,
      { dimensions }: VectorInput,
      options: ElementOptions,
    ) =>
      targets.map((target) => {
        const { elements, score, emptyScore } = find(target);
        const expectedSum = score - emptyScore;
        return poolElements({ score, elements, dimensions, expectedSum }, options);
      });
    return isMaxPooled(model)
      ? whereLaidOut(
        model,
        input,
        options,
        (laid, options) => all(contributionsOfPooled(model, laid), laid, options),
      )
      : all(contributions(model, input), input, options);
  },
});
