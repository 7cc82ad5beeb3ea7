import {
  assertFound,
  type Check,
  failCheck as fail,
  type Input,
  poolWords,
  relativeDifference as difference,
  relativeResidual,
  type Relevance,
  relevanceFromJSON,
  relevanceToJSON,
  shortNumber as show,
  targetScore,
  trialValues,
} from "@heatword/core";
import { documentOf, type Subject, targets } from "./_subject.ts";

function checkRelevance(
  { explainer }: Subject,
  relevance: Relevance,
  input: Input,
  text: string,
): void {
  try {
    assertFound(relevance, { explainer: explainer.name, length: input.length });
  } catch (error) {
    fail(`${(error as Error).message} ${text}`);
  }
}

/** Checks of what an explanation holds, whatever it says. */
export const resultChecks: readonly Check<Subject>[] = [{
  name: "gives a finite number for each word, of any text",
  async run(subject) {
    for (const { relevance, input, text } of await subject.trials()) {
      checkRelevance(subject, relevance, input, text);
    }
  },
}, {
  name: "gives values of shape [T, D] that pool to the words",
  async skip(subject) {
    const [first] = await subject.trials();
    return first!.relevance.values ? undefined : "it gives words alone";
  },
  async run(subject) {
    for (const { relevance, input, text } of await subject.trials()) {
      const { values, dimensions, pooling, words } = relevance;
      if (values === undefined) fail(`there are no values ${text}, but for another text there are`);
      if (dimensions !== input.dimensions) fail(`"dimensions" is ${dimensions} ${text}`);
      if (values.length !== input.length * dimensions) {
        fail(`"values" has ${values.length} numbers ${text}, not ${input.length * dimensions}`);
      }
      if (pooling === undefined) fail(`there are values ${text} but no "pooling"`);
      // Of a pooling other than the sum the values may be what was pooled or their squares.
      const pooled = poolWords(values, dimensions, pooling);
      const squares = poolWords(values.map((v) => Math.sqrt(Math.abs(v))), dimensions, pooling);
      const off = Math.min(
        difference(pooled, words),
        pooling === "sum" ? Infinity : difference(squares, words),
      );
      if (off > 1e-6) fail(`the values do not pool to the words by ${pooling} ${text}`);
    }
  },
}, {
  name: "gives the score that it explained",
  async run(subject) {
    for (const { relevance, model, input, target, text } of await subject.trials()) {
      const score = targetScore(target, model.scores(input));
      if (!(relativeResidual(relevance.score, score) <= 1e-6)) {
        fail(`"score" is ${show(relevance.score)} ${text}, the model says ${show(score)}`);
      }
    }
  },
}, {
  name: "survives being saved and read",
  async run(subject) {
    for (const { relevance, text } of await subject.trials()) {
      const json = JSON.stringify(relevanceToJSON(relevance));
      const again = JSON.stringify(relevanceToJSON(relevanceFromJSON(JSON.parse(json))));
      if (json !== again || json.includes(":null")) fail(`the JSON loses something ${text}`);
    }
  },
}, {
  name: "explains several targets as it explains each",
  async run(subject) {
    for (const { relevance, model, input, target, text } of await subject.trials()) {
      const together = await subject.runAll(model, input, targets);
      if (difference(together[targets.indexOf(target)]!.words, relevance.words) > 1e-12) {
        fail(`several targets together and one by one differ ${text}`);
      }
    }
  },
}, {
  name: "takes every choice and the least value of its options",
  skip: ({ explainer: { options } }) =>
    Object.keys(options).length > 0 ? undefined : "it has no options",
  async run(subject) {
    const model = subject.models[0]!;
    const input = model.encode(documentOf(["the", "unknown", "ride", "was", "long"]));
    for (const [name, spec] of Object.entries(subject.explainer.options)) {
      for (const value of trialValues(spec)) {
        const relevance = await subject.run(model, input, 1, { [name]: value });
        checkRelevance(subject, relevance, input, `with option ${name}=${value}`);
      }
    }
  },
}];
