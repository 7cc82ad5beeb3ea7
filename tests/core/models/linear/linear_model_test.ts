import { Coalitions, type Document } from "@heatword/core";
import { checkModel } from "@heatword/core/check";
import { featureKinds, LinearModel, trainLinear } from "@heatword/core/linear";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  classes,
  madeDocuments,
  namedWeights,
  slowFeatures,
  slowScores,
  slowTfIdf,
} from "./_made.ts";

const documents = madeDocuments(30);
const model = trainLinear({ classes, documents, features: featureKinds, cost: 5 });
const weights = namedWeights(model);

function documentOf(words: readonly string[]): Document {
  return model.read(words.join(" "));
}

const texts = [
  ...documents.slice(0, 6).map(({ words }) => words),
  ["tree", "tree", "unheard", "tree", "oil"],
  ["xyz"],
];

Deno.test("a linear model scores texts as TF-IDF times weights does", () => {
  for (const words of texts) {
    const slow = slowScores(
      slowTfIdf(words, featureKinds, documents),
      weights,
      model.parameters.bias,
    );
    const scores = model.scores(model.encode(documentOf(words)));
    slow.forEach((score, c) => assertAlmostEquals(scores[c]!, score, 1e-5));
  }
});

/** What each word of a text adds, with each feature shared by its places and their words. */
function slowParts(words: readonly string[]): number[][] {
  const values = slowTfIdf(words, featureKinds, documents);
  const parts = words.map(() => classes.map(() => 0));
  for (const kind of featureKinds) {
    const all = slowFeatures(words, kind);
    words.forEach((_, t) => {
      const touching = kind === "pairs"
        ? slowFeatures(words.slice(Math.max(0, t - 1), t + 2), "pairs").map((name) => [name, 2])
        : slowFeatures([words[t]!], kind).map((name) => [name, 1]);
      for (const [name, shares] of touching as [string, number][]) {
        const value = values.get(`${kind} ${name}`) ?? 0;
        const count = all.filter((other) => other === name).length;
        classes.forEach((_, c) => {
          const weight = weights.get(`${kind} ${name}`)?.[c] ?? 0;
          parts[t]![c]! += value * weight / (count * shares);
        });
      }
    });
  }
  return parts;
}

Deno.test("a feature is shared by its places and their words, and goes with them", () => {
  for (const words of texts) {
    const input = model.encode(documentOf(words));
    const { bias } = model.parameters;
    const parts = slowParts(words);
    const sets = [[], [0], words.map((_, t) => t), words.flatMap((_, t) => t % 2 ? [t] : [])];
    const found = model.scores(input, Coalitions.without(input.length, sets));
    sets.forEach((set, m) => {
      const deleted = model.scores(model.withoutWords(input, set));
      classes.forEach((_, c) => {
        const expected = parts.reduce(
          (sum, part, t) => sum + (set.includes(t) ? 0 : part[c]!),
          bias[c]!,
        );
        assertAlmostEquals(found[m * 3 + c]!, expected, 1e-5);
        assertAlmostEquals(deleted[c]!, expected, 1e-5);
      });
    });
  }
});

Deno.test("a linear model tells which words it does not know", () => {
  const input = model.encode(documentOf(["Tree", "qqq", "oil"]));
  assertEquals(input.unknown, [1]);
  assertEquals(model.knownWords(input), ["tree", undefined, "oil"]);
  assertEquals(model.encode(documentOf(["tree"])).unknown, undefined);
  const empty = model.encode(documentOf([]));
  assertEquals([...model.scores(empty)], Array.from(model.parameters.bias, Number));
});

Deno.test("a linear model keeps what models promise", async () => {
  const { results } = await checkModel(model, { texts: texts.map((words) => words.join(" ")) });
  assertEquals(results.filter(({ status }) => status === "failed"), []);
  const skipped = results.filter(({ status }) => status === "skipped").map(({ name }) => name);
  assert(!skipped.some((name) => name.startsWith("shows layers")), skipped.join());
});

Deno.test("a linear model finds runs that are longer than those learned today", () => {
  const names = ["heel ", "wheels", "els"];
  const model = new LinearModel({
    classes: ["a", "b"],
    features: [{ kind: "characters", names }],
    idf: Float32Array.of(1, 2, 2),
    weights: Float32Array.of(0, 0, 1, 0, 0, 1),
    bias: Float32Array.of(0, 0),
  });
  const scores = [...model.scores(model.encode(model.read("Wheels")))];
  scores.forEach((score) => assertAlmostEquals(score, Math.SQRT1_2, 1e-7));
});

Deno.test("a linear model refuses what does not fit together", () => {
  const parameters = {
    classes: ["a", "b"],
    features: [{ kind: "words", names: ["x", "y"] }],
    idf: Float32Array.of(1, 1),
    weights: new Float32Array(4),
    bias: new Float32Array(2),
  } as const;
  const refuses = (other: Partial<ConstructorParameters<typeof LinearModel>[0]>, why: string) =>
    assertThrows(() => new LinearModel({ ...parameters, ...other }), RangeError, why);
  refuses({ features: [{ kind: "words", names: ["x", "x"] }] }, '"x" is twice among its words');
  refuses({ idf: Float32Array.of(1) }, "2 features have 1 frequencies");
  refuses({ weights: new Float32Array(3) }, "have 3 weights and 2 biases");
});
