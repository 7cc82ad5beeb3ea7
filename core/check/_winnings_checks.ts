import { type Check, failCheck } from "../checks.ts";
import { isMaxPooled, type MaxPooledModel } from "../max_pooled_model.ts";
import type { ModelSubject } from "./_model_subject.ts";
import { pointsOf, weightsOf } from "./_points.ts";

const noWinnings = ({ model }: ModelSubject) =>
  isMaxPooled(model) ? undefined : "it says nothing of filters";

/** The scores that follow from the pre-activations of the filters. */
function scoresFrom(
  { classes, filterBank: { denseWeights, denseBias } }: MaxPooledModel,
  preActivations: ArrayLike<number>,
): number[] {
  const C = classes.length;
  return classes.map((_, c) =>
    Array.from(preActivations).reduce(
      (sum, z, f) => sum + Math.max(0, z) * denseWeights[f * C + c]!,
      denseBias[c]!,
    )
  );
}

/** The largest pre-activation of each filter over all windows, by what each word adds to it. */
function maximaOf(
  { filterBank: { widths, bias } }: MaxPooledModel,
  wordParts: readonly Float64Array[],
  length: number,
): number[] {
  const F = widths.length;
  return Array.from(widths, (width, f) => {
    let max = -Infinity;
    for (let t = 0; t + width <= length; t++) {
      let z = bias[f]!;
      for (let k = 0; k < width; k++) z += wordParts[k]![(t + k) * F + f]!;
      max = Math.max(max, z);
    }
    return max;
  });
}

/** Checks of models that tell which window each of their filters won on. */
export const winningsChecks: readonly Check<ModelSubject>[] = [{
  name: "says what its filters won on, in agreement with its scores",
  skip: noWinnings,
  async run(subject) {
    const model = subject.model as MaxPooledModel;
    const { widths, bias } = model.filterBank;
    for (const { name, input: given } of pointsOf(subject)) {
      const input = model.laidOut?.(given)?.input ?? given;
      const { scores, preActivations, starts, parts } = model.winnings(input);
      subject.same(scores, await subject.scores(given, name), "its scores differ", name);
      const wrong = starts.findIndex((t, f) => t < 0 || t + widths[f]! > input.length);
      if (wrong >= 0) {
        failCheck(`filter ${wrong} won on word ${starts[wrong]}, outside of a text ${name}`);
      }
      const summed = Array.from(
        preActivations,
        (_, f) => parts.reduce((sum, part) => sum + part[f]!, bias[f]!),
      );
      const what = "pre-activations of filters and their parts differ";
      subject.same(preActivations, summed, what, name);
      const above = scoresFrom(model, preActivations);
      subject.same(scores, above, "scores and pre-activations of filters differ", name);
      const maxima = maximaOf(model, model.wordParts(input), input.length);
      subject.same(preActivations, maxima, '"wordParts" gives other windows the largest sum', name);
    }
  },
}, {
  name: "pulls back through the windows that won as its gradients do",
  skip: noWinnings,
  async run(subject) {
    const model = subject.model as MaxPooledModel;
    const { denseWeights } = model.filterBank;
    const C = model.classes.length;
    for (const { name, input: given } of pointsOf(subject)) {
      const input = model.laidOut?.(given)?.input ?? given;
      const { preActivations, pullBack } = model.winnings(input);
      for (const weights of weightsOf(subject)) {
        const slopes = Float64Array.from(
          preActivations,
          (z, f) =>
            z > 0
              ? weights.reduce((sum, weight, c) => sum + weight * denseWeights[f * C + c]!, 0)
              : 0,
        );
        const gradient = await model.gradient(input, weights);
        subject.same(pullBack(slopes), gradient, '"pullBack" is off the gradients', name);
      }
    }
  },
}];
