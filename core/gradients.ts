import type { DifferentiableModel, ScoresAndGradients, VectorInput } from "./model.ts";
import { wholeScores } from "./score_memory.ts";
import type { FloatArray } from "./tensor.ts";

/**
 * Gradients for several lists of weights, from one forward pass where the model has it.
 *
 * @param model The model.
 * @param input The point at which to differentiate.
 * @param weights For each gradient a weight for each score, shape [C].
 * @returns A gradient for each list of weights, shape [T, D].
 */
export async function gradientsAt<I extends VectorInput>(
  model: DifferentiableModel<I>,
  input: I,
  weights: readonly FloatArray[],
): Promise<readonly FloatArray[]> {
  if (model.scoresAndGradients) return (await model.scoresAndGradients(input, weights)).gradients;
  const gradients: FloatArray[] = [];
  for (const list of weights) gradients.push(await model.gradient(input, list));
  return gradients;
}

/**
 * Scores and gradients for several lists of weights, from one forward pass where the model has it.
 *
 * @param model The model.
 * @param input The point at which to differentiate.
 * @param weights For each gradient a weight for each score, shape [C].
 * @returns The scores, and a gradient for each list of weights.
 */
export async function gradientsOf<I extends VectorInput>(
  model: DifferentiableModel<I>,
  input: I,
  weights: readonly FloatArray[],
): Promise<ScoresAndGradients> {
  if (model.scoresAndGradients) return await model.scoresAndGradients(input, weights);
  const gradients = await gradientsAt(model, input, weights);
  return { scores: await wholeScores(model, input), gradients };
}
