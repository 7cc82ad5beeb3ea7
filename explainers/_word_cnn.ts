import { type FloatArray, type Target, targetScore, targetWeights } from "@heatword/core";
import type { WordCnn, WordCnnInput } from "@heatword/core/word-cnn";

/**
 * Takes multipliers from a word-CNN's outputs to its word vectors in one step: each filter's goes to
 * the two words that it won on, along its weights.
 *
 * @param model The model.
 * @param input The input.
 * @param target What is explained.
 * @param multiplier What stands for the derivative of ReLU at a filter, by what the two words that
 * it won on add to it and by its bias.
 * @returns The multipliers of the word vectors, shape [T, D], the score and that of the empty text.
 */
export function multipliersOf(
  model: WordCnn,
  input: WordCnnInput,
  target: Target,
  multiplier: (sum: number, bias: number) => number,
): { multipliers: FloatArray; score: number; emptyScore: number } {
  const { winners, first, second, scores } = model.trace(input);
  const { convolutionBias, denseWeights, denseBias } = model.weights;
  const classes = denseBias.length;
  const weights = targetWeights(target, classes);
  const coefficients = first.slice();
  let emptyScore = targetScore(target, denseBias);
  for (let f = 0; f < coefficients.length; f++) {
    let slope = 0;
    for (let c = 0; c < classes; c++) slope += weights[c]! * denseWeights[f * classes + c]!;
    const bias = convolutionBias[f]!;
    coefficients[f] = slope * multiplier(first[f]! + second[f]!, bias);
    emptyScore += slope * Math.max(0, bias);
  }
  const multipliers = model.spread(input.length, winners, coefficients);
  return { multipliers, score: targetScore(target, scores), emptyScore };
}

/**
 * How much of what the words add to a word-CNN's filter gets past ReLU: DeepLIFT's multiplier, and
 * the mean derivative of ReLU along the way from the empty text. The windows of a text scaled by α
 * have the values α · sum + bias, so that all tie at α = 0 and the same one wins from there on.
 *
 * @param sum What the words of the window that won add to the filter.
 * @param bias The filter's bias, its value for the empty text.
 * @returns Δ ReLU over Δ pre-activation; where they do not differ, the derivative.
 */
export function rescaledRelu(sum: number, bias: number): number {
  if (sum === 0) return bias > 0 ? 1 : 0;
  return (Math.max(0, sum + bias) - Math.max(0, bias)) / sum;
}
