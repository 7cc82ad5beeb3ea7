import {
  assertRelevance,
  type Input,
  poolWords,
  readOptions,
  type Relevance,
  relevanceFromJSON,
  relevanceToJSON,
  type Target,
  targetScore,
} from "@heatword/core";
import {
  type Check,
  difference,
  documentOf,
  fail,
  show,
  type Subject,
  targets,
} from "./_subject.ts";

function checkRelevance(
  subject: Subject,
  relevance: Relevance,
  target: Target,
  input: Input,
  text: string,
): void {
  try {
    assertRelevance(relevance, { explainer: subject.explainer.name, target, length: input.length });
  } catch (error) {
    fail(`${(error as Error).message} ${text}`);
  }
}

/** Checks of what an explanation holds, whatever it says. */
export const resultChecks: readonly Check[] = [{
  name: "gives a finite number for each word, of any text",
  run(subject) {
    for (const { relevance, target, input, text } of subject.trials) {
      checkRelevance(subject, relevance, target, input, text);
    }
  },
}, {
  name: "gives values of shape [T, D] that pool to the words",
  skip: ({ trials: [first] }) => first!.relevance.values ? undefined : "it gives words alone",
  run(subject) {
    for (const { relevance, input, text } of subject.trials) {
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
  name: "tells what it explained: name, options, target, score",
  run(subject) {
    for (const { relevance, model, input, target, text } of subject.trials) {
      const { explainer, options } = relevance;
      if (explainer !== subject.explainer.name) fail(`"explainer" is "${explainer}" ${text}`);
      const missing = Object.keys(subject.explainer.options).find((name) => !(name in options));
      if (missing !== undefined) fail(`"options" lacks "${missing}" ${text}`);
      if (JSON.stringify(relevance.target) !== JSON.stringify(target)) {
        fail(`"target" is ${JSON.stringify(relevance.target)} ${text}`);
      }
      const score = targetScore(target, model.scores(input));
      if (!(Math.abs(relevance.score - score) <= 1e-6 * Math.max(1, Math.abs(score)))) {
        fail(`"score" is ${show(relevance.score)} ${text}, the model says ${show(score)}`);
      }
    }
  },
}, {
  name: "survives being saved and read",
  run(subject) {
    for (const { relevance, text } of subject.trials) {
      const json = JSON.stringify(relevanceToJSON(relevance));
      const again = JSON.stringify(relevanceToJSON(relevanceFromJSON(JSON.parse(json))));
      if (json !== again || json.includes(":null")) fail(`the JSON loses something ${text}`);
    }
  },
}, {
  name: "explains several targets as it explains each",
  skip: ({ explainer: { explainAll } }) => explainAll ? undefined : "it has no explainAll",
  run(subject) {
    const { explainer } = subject;
    const options = readOptions(explainer.options);
    for (const { relevance, model, input, target, text } of subject.trials) {
      const together = explainer.explainAll!(model, input, targets, options);
      if (together.length !== targets.length) fail(`explainAll gives ${together.length} results`);
      if (difference(together[targets.indexOf(target)]!.words, relevance.words) > 1e-12) {
        fail(`explainAll and explain differ ${text}`);
      }
    }
  },
}, {
  name: "takes every choice and the least value of its options",
  skip: ({ explainer: { options } }) =>
    Object.keys(options).length > 0 ? undefined : "it has no options",
  run(subject) {
    const model = subject.models[0]!;
    const input = model.encode(documentOf(["the", "unknown", "ride", "was", "long"]));
    for (const [name, spec] of Object.entries(subject.explainer.options)) {
      const values = spec.type === "choice"
        ? spec.choices
        : spec.type === "boolean"
        ? [true, false]
        : [spec.min ?? spec.default];
      for (const value of values) {
        const relevance = subject.run(model, input, 1, { [name]: value });
        checkRelevance(subject, relevance, 1, input, `with option ${name}=${value}`);
        if (relevance.options[name] !== value) fail(`"options" does not say ${name}=${value}`);
      }
    }
  },
}];
