import type { Check } from "../checks.ts";
import type { LayeredModel, VectorInput } from "../model.ts";
import { activations, activationsOf, gradientOf, layersOf } from "../network.ts";
import type { ModelSubject } from "./_model_subject.ts";
import { noLayers, pointsOf, weightsOf } from "./_points.ts";

/** Checks of models that show their layers. */
export const layerChecks: readonly Check<ModelSubject>[] = [{
  name: "shows layers that give its scores",
  skip: noLayers,
  async run(subject) {
    const model = subject.model as LayeredModel;
    for (const trial of subject.trials) {
      const [name, input] = [trial.name, trial.input as VectorInput];
      const scores = await subject.scores(input, name);
      const values = activations(layersOf(model, input), model.layerInput(input));
      subject.same(values.at(-1)!.data, scores, "what the layers give is off the scores", name);
      for (const [i, { data }] of activationsOf(model, input).entries()) {
        const slow = values[i]?.data ?? [];
        subject.same(slow, data, `"activations" is off what enters layer ${i}`, name);
      }
    }
  },
}, {
  name: "shows layers that give its gradients",
  skip: noLayers,
  async run(subject) {
    const model = subject.model as LayeredModel;
    for (const { name, input } of pointsOf(subject)) {
      for (const weights of weightsOf(subject)) {
        const { data } = gradientOf(layersOf(model, input), model.layerInput(input), weights);
        const own = await model.gradient(input, weights);
        subject.same(data, own, "gradients of the layers are off its own", name);
      }
    }
  },
}];
