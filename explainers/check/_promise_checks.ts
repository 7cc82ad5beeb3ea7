import {
  type Check,
  conservationResidual,
  type Explainer,
  failCheck as fail,
  type Input,
  type Model,
  type OptionValues,
  relativeDifference as difference,
  relativeResidual,
  shortNumber as show,
  signedOf,
  targetScore,
  type VectorInput,
} from "@heatword/core";
import type { NetworkModel } from "./network_model.ts";
import { documentOf, type Subject, texts } from "./_subject.ts";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

/** A view of a model that shows no more than an explainer says it needs. */
function restricted(model: NetworkModel, needs: "scores" | "gradients"): Model {
  if (needs === "gradients") {
    const { layers: _, layerInput: __, ...differentiable } = model;
    return differentiable;
  }
  // Without vectors in sight the input is no more than a number of words.
  const hidden = new WeakMap<Input, VectorInput>();
  const hide = (input: VectorInput): Input => {
    const shown = { length: input.length };
    hidden.set(shown, input);
    return shown;
  };
  const find = (input: Input) => hidden.get(input) ?? fail("it makes up an input of its own");
  return {
    classes: model.classes,
    read: (text, about) => model.read(text, about),
    encode: (document) => hide(model.encode(document)),
    scores: (input, coalitions) => model.scores(find(input), coalitions),
    withoutWords: (input, positions) => hide(model.withoutWords(find(input), positions)),
  };
}

/** The options with which relevances have no sign, see {@linkcode signedOf}. */
function withoutSign(explainer: Explainer): OptionValues[] {
  const pooling = explainer.options.pooling;
  const all = pooling?.type === "choice"
    ? pooling.choices.map((name) => ({ pooling: name }))
    : [{}];
  return all.filter((options) => !signedOf(explainer, options));
}

/** Runs a check on the text of eight words, on each model. */
async function onEightWords(
  subject: Subject,
  check: (model: NetworkModel, input: VectorInput) => Promise<void>,
): Promise<void> {
  for (const model of subject.models) await check(model, model.encode(documentOf(eight)));
}

const eight = texts["of eight words"]!;

/** Checks of what an explainer promises by its tags. */
export const promiseChecks: readonly Check<Subject>[] = [{
  name: "sums to what it says it conserves",
  skip: ({ explainer: { tags } }) => tags.conserves ? undefined : "it does not promise a sum",
  async run(subject) {
    const { conserves, conservationTolerance = 1e-6 } = subject.explainer.tags;
    for (const { relevance, model, input, target, text } of await subject.trials()) {
      const { words, expectedSum } = relevance;
      const all = Array.from({ length: input.length }, (_, t) => t);
      const base = conserves === "score"
        ? 0
        : targetScore(target, model.scores(model.withoutWords(input, all)));
      const expected = targetScore(target, model.scores(input)) - base;
      const wanted = conserves === "score" ? "the score" : "the difference from the empty text";
      if (!(conservationResidual(relevance, expected) <= conservationTolerance)) {
        fail(`the sum is ${show(sum(words))}, ${wanted} is ${show(expected)} ${text}`);
      }
      if (expectedSum === undefined) fail(`"expectedSum" is missing ${text}`);
      if (!(relativeResidual(expectedSum, expected) <= 1e-6)) {
        fail(`"expectedSum" is ${show(expectedSum)}, ${wanted} is ${show(expected)} ${text}`);
      }
    }
  },
}, {
  name: "is never negative",
  skip: ({ explainer }) => withoutSign(explainer).length === 0 ? "it is signed" : undefined,
  async run(subject) {
    for (const options of withoutSign(subject.explainer)) {
      for (const { model, input, target, text } of await subject.trials()) {
        const { words } = await subject.run(model, input, target, options);
        const wrong = words.findIndex((value) => value < 0);
        const by = options.pooling === undefined ? "" : ` with option pooling=${options.pooling}`;
        if (wrong >= 0) {
          fail(`the relevance of word ${wrong} is ${show(words[wrong]!)} ${text}${by}`);
        }
      }
    }
  },
}, {
  name: "changes its sign with the question turned round",
  skip: ({ explainer: { tags } }) => tags.signed ? undefined : "it is not signed",
  async run(subject) {
    await onEightWords(subject, async (model, input) => {
      const one = (await subject.run(model, input, { of: 0, against: 1 })).words;
      const other = (await subject.run(model, input, { of: 1, against: 0 })).words;
      if (difference(one, other.map((value) => -value)) > 1e-6) {
        fail("what speaks for class 0 and not 1 must speak against class 1 and not 0");
      }
      if (!one.some((value) => value < 0) && !other.some((value) => value < 0)) {
        fail("no relevance is ever negative");
      }
    });
  },
}, {
  name: "gives the same bytes again",
  async run(subject) {
    await onEightWords(subject, async (model, input) => {
      const bytes = async () => {
        const { words, values } = await subject.run(model, input, 1);
        return [words, values ?? words].map((list) => new Uint8Array(list.buffer).join()).join();
      };
      if (await bytes() !== await bytes()) fail("two runs with the same options differ");
    });
  },
}, {
  name: "gives other numbers with another seed",
  skip: ({ explainer: { tags } }) => tags.stochastic ? undefined : "it does not sample",
  async run(subject) {
    const [model] = subject.models;
    // Long enough that not all subsets of its words can be had.
    const input = model!.encode(documentOf(Array.from({ length: 24 }, (_, i) => `word${i}`)));
    const one = await subject.run(model!, input, 1, { seed: 1 });
    const other = await subject.run(model!, input, 1, { seed: 2 });
    if (difference(one.words, other.words) === 0) fail("two seeds give the same relevances");
  },
}, {
  name: "gives a word that is deleted already exactly 0",
  skip: ({ explainer: { tags } }) => tags.ignoresDeleted ? undefined : "it does not promise that",
  async run(subject) {
    for (const model of subject.models) {
      const input = model.withoutWords(model.encode(documentOf(eight)), [2, 3, 7]);
      const { words } = await subject.run(model, input, 1);
      for (const t of [2, 3, 7]) {
        if (words[t] !== 0) fail(`the deleted word ${t} gets ${show(words[t]!)}`);
      }
    }
  },
}, {
  name: "asks of a model no more than it says",
  skip: ({ explainer: { tags } }) =>
    tags.needs === "layers" ? "it needs all that a model has" : undefined,
  async run(subject) {
    const { needs } = subject.explainer.tags;
    if (needs === "layers") return;
    const model = restricted(subject.models[0]!, needs);
    for (const [text, words] of Object.entries(texts)) {
      const input = model.encode(documentOf(words));
      try {
        await subject.run(model, input, 1);
      } catch (error) {
        fail(`a model with only ${needs} is not enough ${text}: ${(error as Error).message}`);
      }
    }
  },
}];
