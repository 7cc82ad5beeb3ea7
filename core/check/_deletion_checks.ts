import { type Check, failCheck } from "../checks.ts";
import { Coalitions } from "../coalitions.ts";
import type { Input } from "../model.ts";
import { Random } from "../random.ts";
import type { FloatArray } from "../tensor.ts";
import type { ModelSubject } from "./_model_subject.ts";

/** Sets of deleted words: none, all, each alone, all but one, growing ones, and drawn ones. */
function setsOf(length: number): number[][] {
  const all = [...Array(length).keys()];
  const random = new Random(1);
  const few = all.slice(0, 6);
  return [
    [],
    ...few.map((t) => [t]),
    ...few.map((t) => all.slice(0, t)),
    ...few.map((t) => all.filter((other) => other !== t)),
    ...few.map(() => all.filter(() => random.uniform() < 0.5)),
    all,
    [],
  ];
}

async function singly(subject: ModelSubject, input: Input, name: string, sets: number[][]) {
  const { model } = subject;
  const found: FloatArray[] = [];
  for (const set of sets) {
    found.push(await subject.scores(model.withoutWords(input, set), name));
  }
  return found.flatMap((row) => [...row]);
}

/** Checks of deleting words. */
export const deletionChecks: readonly Check<ModelSubject>[] = [{
  name: "deletes nothing where nothing is to be deleted",
  async run(subject) {
    const { model } = subject;
    for (const { name, input } of subject.trials) {
      const whole = await subject.scores(input, name);
      const none = await subject.scores(model.withoutWords(input, []), name);
      subject.same(whole, none, "deleting no word changes the scores", name);
      const coalition = await subject.scores(input, name, new Coalitions(input.length, 1));
      subject.same(whole, coalition, "the coalition of all words gets other scores", name);
    }
  },
}, {
  name: "keeps every position when words are deleted",
  run({ model, several }) {
    for (const { name, input } of several) {
      const { length } = model.withoutWords(input, [0]);
      if (length !== input.length) {
        failCheck(`a word deleted, "length" is ${length}, not ${input.length}, for a text ${name}`);
      }
    }
  },
}, {
  name: "leaves the input as it was when words are deleted",
  async run(subject) {
    const { model } = subject;
    for (const { name, input } of subject.several) {
      const all = [...Array(input.length).keys()];
      const before = await subject.scores(input, name);
      await subject.scores(model.withoutWords(input, all), name);
      await subject.scores(input, name, Coalitions.without(input.length, [all]));
      const after = await subject.scores(input, name);
      subject.same(before, after, "scores of the whole text change after deleting words", name);
    }
  },
}, {
  name: "deletes words together as one after the other",
  async run(subject) {
    const { model } = subject;
    for (const { name, input } of subject.several) {
      const together = await subject.scores(model.withoutWords(input, [0, 1]), name);
      const steps = model.withoutWords(model.withoutWords(input, [1]), [0]);
      const apart = await subject.scores(steps, name);
      subject.same(together, apart, "two words deleted in two steps give other scores", name);
      const again = await subject.scores(model.withoutWords(steps, [0, 1]), name);
      subject.same(together, again, "words deleted twice give other scores", name);
    }
  },
}, {
  name: "scores coalitions as it scores texts with words deleted",
  async run(subject) {
    for (const { name, input } of subject.several) {
      const sets = setsOf(input.length);
      const batch = await subject.scores(input, name, Coalitions.without(input.length, sets));
      subject.model.forget?.();
      const single = await singly(subject, input, name, sets);
      subject.same(batch, single, "scores of coalitions and of texts without words differ", name);
    }
  },
}, {
  name: "scores each coalition alone as it scores it among others",
  async run(subject) {
    for (const { name, input } of subject.several) {
      const sets = setsOf(input.length);
      const all = Coalitions.without(input.length, sets);
      subject.model.forget?.();
      const batch = await subject.scores(input, name, all);
      subject.model.forget?.();
      const alone: number[] = [];
      // Backwards, so that nothing that is left over from one fits the next.
      for (let m = all.size - 1; m >= 0; m--) {
        alone.unshift(...await subject.scores(input, name, all.slice(m, m + 1)));
      }
      subject.same(batch, alone, "scores of coalitions together and alone differ", name);
    }
  },
}];
