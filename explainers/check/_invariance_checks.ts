import {
  type Check,
  failCheck as fail,
  type LayeredModel,
  relativeDifference as difference,
  shortNumber as show,
  type VectorInput,
} from "@heatword/core";
import { miniModel } from "./network_model.ts";
import { documentOf, type Subject, texts } from "./_subject.ts";

const eight = texts["of eight words"]!;

/** An input with the vector of one word moved by a hair. */
function nudged(model: LayeredModel, input: VectorInput, position: number): VectorInput {
  const vectors = input.vectors.slice();
  vectors[position * input.dimensions]! += 1e-7;
  return model.withVectors(input, vectors);
}

/** Checks of what must not make a difference. */
export const invarianceChecks: readonly Check<Subject>[] = [{
  name: "leaves the input as it was",
  async run(subject) {
    for (const { model, input, target, text } of await subject.trials()) {
      const before = input.vectors.slice();
      await subject.run(model, input, target);
      if (difference(before, input.vectors) !== 0) fail(`the word vectors are changed ${text}`);
    }
  },
}, {
  name: "does not depend on the order of the classes",
  async run(subject) {
    const order = [2, 0, 1];
    const [one, other] = [miniModel({ seed: 3 }), miniModel({ seed: 3, classOrder: order })];
    for (const [now, old] of order.entries()) {
      const input = one.encode(documentOf(eight));
      const expected = (await subject.run(one, input, old)).words;
      const actual = (await subject.run(other, other.encode(documentOf(eight)), now)).words;
      if (difference(expected, actual) > 1e-6) {
        fail(`class ${old} gets other relevances when it stands at place ${now}`);
      }
    }
  },
}, {
  name: "does not depend on padding",
  skip: ({ explainer: { tags } }) =>
    tags.stochastic && !tags.ignoresDeleted
      ? "it samples, and does not promise 0 for deleted words"
      : undefined,
  async run(subject) {
    for (const model of subject.models) {
      // Two empty words end both texts, so that the padding makes no window that was not there.
      const words = [...eight, "unknown", "unknown"];
      const short = (await subject.run(model, model.encode(documentOf(words)), 1)).words;
      const padded = [...words, "unknown", "unknown", "unknown"];
      const long = (await subject.run(model, model.encode(documentOf(padded)), 1)).words;
      if (difference(short.subarray(0, 8), long.subarray(0, 8)) > 1e-6) {
        fail("empty words at the end change the relevances of the others");
      }
    }
  },
}, {
  name: "keeps repeated words apart",
  async run(subject) {
    for (const model of subject.models) {
      const input = model.encode(documentOf(texts["with repeated words"]!));
      const same = (await subject.run(model, input, 1)).words;
      const almost = (await subject.run(model, nudged(model, input, 2), 1)).words;
      const off = difference(same, almost);
      if (off > 1e-3) {
        fail(
          `a word gets another relevance when it differs from its repetition by a hair: the ` +
            `relevances change by ${show(100 * off)} %`,
        );
      }
    }
  },
}, {
  name: "agrees with itself in float32",
  async run(subject) {
    for (const model of subject.models) {
      const input = model.encode(documentOf(eight));
      const rounded = Float32Array.from(input.vectors);
      const single = await subject.run(model, model.withVectors(input, rounded), 1);
      const double = await subject.run(
        model,
        model.withVectors(input, Float64Array.from(rounded)),
        1,
      );
      if (difference(single.words, double.words) > 1e-3) {
        fail("an input in float32 gives other relevances than in float64");
      }
      if (double.values && !(double.values instanceof Float64Array)) {
        fail("the values of an input in float64 are not in float64");
      }
    }
  },
}];
