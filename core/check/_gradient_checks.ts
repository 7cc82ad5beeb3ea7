import { type Check, failCheck, relativeDifference } from "../checks.ts";
import { gradientsOf } from "../gradients.ts";
import { type DifferentiableModel, isVectorInput, type VectorInput } from "../model.ts";
import { compareSlopes } from "./_compare_slopes.ts";
import type { ModelSubject } from "./_model_subject.ts";
import { noGradients, pointsOf, weightsOf } from "./_points.ts";

/** Checks of models whose words are vectors. */
export const gradientChecks: readonly Check<ModelSubject>[] = [{
  name: "deletes a word by the zero vector",
  skip: ({ several }) =>
    several.every(({ input }) => isVectorInput(input)) ? undefined : "its words are not vectors",
  run({ model, several }) {
    for (const { name, input } of several) {
      const { dimensions, vectors } = input as VectorInput;
      if (vectors.length !== input.length * dimensions) {
        failCheck(`"vectors" has ${vectors.length} numbers, not [T, D], for a text ${name}`);
      }
      const expected = vectors.slice().fill(0, dimensions, 2 * dimensions);
      const actual = (model.withoutWords(input, [1]) as VectorInput).vectors;
      if (relativeDifference(expected, actual) !== 0) {
        failCheck(
          `with word 1 deleted the vectors are others than with zeros there, for a text ${name}`,
        );
      }
    }
  },
}, {
  name: "moves to the point that it is asked to",
  skip: noGradients,
  async run(subject) {
    const model = subject.model as DifferentiableModel;
    for (const { name, input } of subject.several) {
      const vectors = (input as VectorInput).vectors.slice();
      const there = model.withVectors(input as VectorInput, vectors);
      if (relativeDifference(there.vectors, vectors) !== 0) {
        failCheck(`"withVectors" gives other vectors than it got, for a text ${name}`);
      }
      const [one, other] = [await subject.scores(input, name), await subject.scores(there, name)];
      subject.same(one, other, "scores at the same point differ", name);
    }
  },
}, {
  name: "has the gradients that differences of scores show",
  skip: noGradients,
  async run(subject) {
    let compared = 0;
    for (const point of pointsOf(subject)) {
      for (const weights of weightsOf(subject)) {
        compared += await compareSlopes(subject, point, weights);
      }
    }
    if (compared === 0) failCheck("its scores bend in every direction that was tried");
  },
}, {
  name: "gives several gradients as it gives each",
  skip: (subject) =>
    noGradients(subject) ??
      ((subject.model as DifferentiableModel).scoresAndGradients ? undefined : "it gives only one"),
  async run(subject) {
    const model = subject.model as DifferentiableModel;
    const weights = weightsOf(subject);
    for (const { name, input } of pointsOf(subject)) {
      const { scores, gradients } = await gradientsOf(model, input, weights);
      subject.same(scores, await subject.scores(input, name), "its scores differ", name);
      for (const [i, list] of weights.entries()) {
        const one = await model.gradient(input, list);
        subject.same(gradients[i] ?? [], one, "gradients together and alone differ", name);
      }
    }
  },
}];
