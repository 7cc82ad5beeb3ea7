import { type Check, failCheck, relativeDifference } from "../checks.ts";
import type { FloatArray } from "../tensor.ts";
import type { ModelSubject } from "./_model_subject.ts";

/** Checks of scores, whatever they say. */
export const scoreChecks: readonly Check<ModelSubject>[] = [{
  name: "gives a finite score for each class, of any text",
  async run(subject) {
    for (const { name, input } of subject.trials) await subject.scores(input, name);
  },
}, {
  name: "gives the same text the same scores again",
  async run(subject) {
    const all = async () => {
      const found = [];
      // What is remembered of texts would be the same whatever the model does.
      subject.model.forget?.();
      for (const [name, text] of subject.texts) {
        found.push(await subject.scores(subject.encode(text, name), name));
      }
      return found;
    };
    const [once, again] = [await all(), await all()];
    subject.texts.forEach(([name], i) => {
      if (relativeDifference(once[i]!, again[i]!) !== 0) {
        failCheck(`a text ${name} gets other scores the second time`);
      }
    });
  },
}, {
  name: "scores texts that are asked for together as it scores each alone",
  async run(subject) {
    const { model, trials } = subject;
    const alone: FloatArray[] = [];
    model.forget?.();
    for (const { name, input } of trials) alone.push(await subject.scores(input, name));
    model.forget?.();
    const together = await Promise.all(
      trials.map(({ name, input }) => subject.scores(input, name)),
    );
    trials.forEach(({ name }, i) => {
      subject.same(alone[i]!, together[i]!, "scores together with others and alone differ", name);
    });
  },
}, {
  name: "gives scores away, and keeps none of them",
  async run(subject) {
    for (const { name, input } of subject.several) {
      const scores = await subject.scores(input, name);
      const kept = scores.slice();
      scores.fill(NaN);
      const again = await subject.scores(input, name);
      subject.same(kept, again, "writing into its scores changes later ones", name);
    }
  },
}, {
  name: "prepares for texts without changing their scores",
  skip: ({ model }) => model.prepare ? undefined : "it prepares for nothing",
  async run(subject) {
    const { model, trials } = subject;
    const before = [];
    for (const { name, input } of trials) before.push(await subject.scores(input, name));
    const anew = trials.map(({ name, text }) => subject.encode(text, name));
    model.prepare!(anew);
    for (const [i, { name }] of trials.entries()) {
      const after = await subject.scores(anew[i]!, name);
      subject.same(before[i]!, after, '"prepare" changes the scores', name);
    }
  },
}];
