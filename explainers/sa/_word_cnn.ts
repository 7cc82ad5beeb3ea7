// Gradients of a word-CNN for any number of targets from one forward pass.
import { type FloatArray, type Target, targetWeights, zerosLike } from "@heatword/core";
import type { WordCnn, WordCnnInput } from "@heatword/core/word-cnn";

/** The scores, and the gradient of each target by the word vectors, shape [T, D]. */
export function wordCnnGradients(
  model: WordCnn,
  input: WordCnnInput,
  targets: readonly Target[],
): { scores: FloatArray; gradients: FloatArray[] } {
  const { preActivations, winners, scores } = model.trace(input);
  const { denseWeights } = model.weights;
  const classes = model.classes.length;
  const gradients = targets.map((target) => {
    const weights = targetWeights(target, classes);
    const used = [...weights.keys()].filter((c) => weights[c] !== 0);
    const slopes = zerosLike(preActivations, model.filters);
    for (let f = 0; f < model.filters; f++) {
      if (preActivations[f]! <= 0) continue;
      let slope = 0;
      for (const c of used) slope += weights[c]! * denseWeights[f * classes + c]!;
      slopes[f] = slope;
    }
    return model.spread(input.length, winners, slopes);
  });
  return { scores, gradients };
}
