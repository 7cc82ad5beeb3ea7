import {
  type Contributions,
  type DifferentiableModel,
  type Explainer,
  type FloatArray,
  type Input,
  listExplainers,
  type Model,
  poolWords,
  type Question,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
} from "@heatword/core";
import "@heatword/explainers";
import {
  capabilityCard,
  checkExplainer,
  miniModel,
  type NetworkModel,
} from "@heatword/explainers/check";
import { gradientInput } from "@heatword/explainers/gradient-input";
import { lrp } from "@heatword/explainers/lrp";
import { occlusion } from "@heatword/explainers/occlusion";
import { random } from "@heatword/explainers/random";
import { sa } from "@heatword/explainers/sa";
import { sampledShapley } from "@heatword/explainers/sampled-shapley";
import { shapley } from "@heatword/explainers/shapley";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bruteForceShapley } from "./_black_box.ts";

/** Scores of one of the models of the kit, which answer at once. */
const scoresOf = (model: Model, input: Input) => model.scores(input) as FloatArray;

/** Slow ways to the same numbers. */
const references: Record<string, (model: Model, input: Input, target: Target) => number[]> = {
  shapley: shapleyOf,
  "kernel-shap": shapleyOf,
  occlusion: (model, input, target) => {
    const score = (gone: number[]) =>
      targetScore(target, scoresOf(model, model.withoutWords(input, gone)));
    return Array.from({ length: input.length }, (_, t) => score([]) - score([t]));
  },
  "gradient-input": (model, input, target) => {
    const { vectors, dimensions } = input as VectorInput;
    const at = (moved: Float64Array) =>
      targetScore(
        target,
        scoresOf(model, (model as DifferentiableModel).withVectors(input as VectorInput, moved)),
      );
    const h = 1e-7;
    return Array.from({ length: input.length }, (_, t) => {
      // The derivative along the word vector.
      const moved = (step: number) =>
        Float64Array.from(vectors, (x, i) => Math.floor(i / dimensions) === t ? x * (1 + step) : x);
      return (at(moved(h)) - at(moved(-h))) / (2 * h);
    });
  },
};

function shapleyOf(model: Model, input: Input, target: Target): number[] {
  return bruteForceShapley(input.length, (present) => {
    const gone = present.flatMap((there, t) => there ? [] : [t]);
    return targetScore(target, scoresOf(model, model.withoutWords(input, gone)));
  });
}

for (const explainer of listExplainers()) {
  Deno.test(`checkExplainer() finds nothing wrong with ${explainer.name}`, async () => {
    const reference = references[explainer.name];
    const { passed, results } = await checkExplainer(explainer, reference ? { reference } : {});
    assert(
      passed,
      results.filter(({ status }) => status === "failed").map(({ name, detail }) =>
        `${name}: ${detail}`
      ).join("\n"),
    );
  });
}

/** An explainer with one thing changed in what it gives for each target. */
function changed(
  explainer: Explainer,
  change: (
    found: Contributions,
    model: NetworkModel,
    input: VectorInput,
    target: Target,
  ) => Contributions,
): Explainer {
  return {
    ...explainer,
    async explain(question) {
      const { model, input, targets } = question;
      const found = await explainer.explain(question);
      return found.map((one, i) =>
        change(one, model as NetworkModel, input as VectorInput, targets[i]!)
      );
    },
  };
}

/** The same result with other word relevances. */
const withWords = (found: Contributions, words: ArrayLike<number>): Contributions => ({
  ...found,
  words: Float64Array.from(words),
});

let calls = 0;

/** For each check an explainer that breaks it. */
const broken: Record<string, Explainer> = {
  "is well formed": { ...occlusion, name: "Not A Name" },
  "gives a finite number for each word, of any text": changed(
    occlusion,
    (found, _, { vectors }) =>
      // Divides by the largest number of the text: 0/0 for a text without a known word.
      withWords(
        found,
        found.words.map((w) => w / Math.max(0, ...vectors)),
      ),
  ),
  "gives values of shape [T, D] that pool to the words": changed(
    gradientInput,
    (found) => withWords(found, found.words.map((w) => 2 * w)),
  ),
  "gives the score that it explained": changed(
    occlusion,
    // The score of another class.
    (found, model, input) => ({ ...found, score: model.scores(input)[0]! }),
  ),
  "survives being saved and read": changed(
    occlusion,
    (found) => ({ ...found, expectedSum: NaN }),
  ),
  "explains several targets as it explains each": {
    ...occlusion,
    // The first target stands for all.
    explain: (question) => {
      const { targets } = question;
      return occlusion.explain({ ...question, targets: targets.map(() => targets[0]!) });
    },
  },
  "takes every choice and the least value of its options": {
    ...sa,
    explain(question) {
      if (question.options.pooling === "max-norm") throw new Error("max-norm is not done yet");
      return sa.explain(question);
    },
  },
  "sums to what it says it conserves": changed(
    lrp,
    (found) => withWords(found, found.words.map((w) => 1.01 * w)),
  ),
  "is never negative": {
    ...gradientInput,
    tags: { ...gradientInput.tags, signed: false },
  },
  "changes its sign with the question turned round": {
    ...sa,
    tags: { ...sa.tags, signed: true },
  },
  "gives the same bytes again": changed(
    occlusion,
    (found) => withWords(found, found.words.map((w) => w + 1e-13 * (calls++ % 7))),
  ),
  "gives other numbers with another seed": {
    ...random,
    explain: (question) =>
      random.explain({ ...question, options: { ...question.options, seed: 1 } }),
  },
  "gives a word that is deleted already exactly 0": {
    ...lrp,
    tags: { ...lrp.tags, ignoresDeleted: true },
  },
  "asks of a model no more than it says": {
    ...gradientInput,
    tags: { ...gradientInput.tags, needs: "scores" },
  },
  "leaves the input as it was": changed(occlusion, (found, _, { vectors }) => {
    if (vectors.length > 0) vectors[0]! += 1e-12;
    return found;
  }),
  "does not depend on the order of the classes": changed(
    gradientInput,
    // Explains the class at the first place, whatever was asked for; but tells the score asked for.
    (found, model, input) => {
      const gradient = model.gradient(input, targetWeights(0, model.classes.length));
      const values = gradient.map((g, i) => g * input.vectors[i]!);
      const words = poolWords(values, input.dimensions, "sum");
      return { ...found, values, words };
    },
  ),
  "does not depend on padding": changed(
    occlusion,
    (found, _, { length }) => withWords(found, found.words.map((w) => w / length)),
  ),
  "keeps repeated words apart": changed(occlusion, (found, _, { vectors, dimensions }) => {
    // Gives every word the sum over its repetitions.
    const keys = [...found.words.keys()].map((t) =>
      vectors.slice(t * dimensions, (t + 1) * dimensions).join()
    );
    return withWords(
      found,
      keys.map((key) =>
        keys.reduce((sum, other, t) => other === key ? sum + found.words[t]! : sum, 0)
      ),
    );
  }),
  "agrees with itself in float32": changed(
    occlusion,
    (found, _, { vectors }) =>
      vectors instanceof Float32Array ? withWords(found, found.words.map((w) => w + 0.01)) : found,
  ),
};

for (const [name, explainer] of Object.entries(broken)) {
  Deno.test(`checkExplainer() catches an explainer that breaks: ${name}`, async () => {
    const { passed, results } = await checkExplainer(explainer);
    const result = results.find((candidate) => candidate.name === name);
    assertEquals(result?.status, "failed", JSON.stringify(results));
    assert(result!.detail!.length > 0);
    assertEquals(passed, false);
  });
}

Deno.test("checkExplainer() catches an explainer that differs from its reference", async () => {
  const reference = (model: Model, input: Input, target: Target) =>
    shapleyOf(model, input, target).map((value) => 1.001 * value);
  const { results } = await checkExplainer(shapley, { reference });
  const result = results.at(-1)!;
  assertEquals([result.name, result.status], ["agrees with a slow reference", "failed"]);
  assertEquals((await checkExplainer(shapley, { reference, tolerance: 0.01 })).passed, true);
});

Deno.test("checkExplainer() has a broken explainer for each of its checks", async () => {
  const names = (await checkExplainer(occlusion)).results.map(({ name }) => name);
  assertEquals([...Object.keys(broken), "agrees with a slow reference"].sort(), names.sort());
});

Deno.test("checkExplainer() survives an explainer that always fails", async () => {
  const explainer: Explainer = {
    ...occlusion,
    explain() {
      throw new Error("not today");
    },
  };
  const { passed, results } = await checkExplainer(explainer);
  assertEquals(passed, false);
  assertEquals(results.filter(({ detail }) => detail === "not today").length > 5, true);
  // deno-lint-ignore no-explicit-any
  assertEquals((await checkExplainer(null as any)).results.map(({ status }) => status), ["failed"]);
});

/** An explainer that answers in another way. */
const answering = (explain: (question: Question) => unknown): Explainer => ({
  ...occlusion,
  explain: (question) => explain(question) as Contributions[],
});

Deno.test("checkExplainer() says what is not a list of a result for each target", async () => {
  const found = ({ input }: Question) => ({ score: 0, words: new Float64Array(input.length) });
  const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), 5));
  const cases: [(question: Question) => unknown, string][] = [
    [found, "it returned no array of results"],
    [() => undefined, "it returned no array of results"],
    [async (question) => await Promise.resolve(found(question)), "it returned no array of results"],
    [(question) => [found(question), found(question)], "it returned 2 results for 1 targets"],
    [() => [], "it returned 0 results for 1 targets"],
    [({ targets }) => targets.map(late), "it returned a promise in its list of results"],
    [() => Promise.reject(new Error("not today")), "not today"],
  ];
  for (const [explain, message] of cases) {
    const { passed, results } = await checkExplainer(answering(explain));
    const first = results.find(({ status }) => status === "failed");
    assertEquals(passed, false);
    assertStringIncludes(first!.detail!, message);
  }
  // A rejection that nobody takes would fail this test.
  await new Promise((resolve) => setTimeout(resolve, 20));
});

Deno.test("checkExplainer() takes an explainer that answers at once, or later", async () => {
  const explain = shapley.explain;
  const later = {
    ...shapley,
    name: "later",
    explain: async (question: Question) => {
      await Promise.resolve();
      return await explain(question);
    },
  };
  const [one, other] = [await checkExplainer(shapley), await checkExplainer(later)];
  assertEquals(other.results, one.results);
  assertEquals(other.passed, true);
});

Deno.test("capabilityCard() shows tags, options and checks", async () => {
  const card = capabilityCard(await checkExplainer(sampledShapley));
  assertMatch(card, /^sampled-shapley: conforms$/m);
  assertMatch(card, /needs: +scores$/m);
  assertMatch(card, /permutations=25: .+ \(a whole number from 2 to 10000000\)$/m);
  assertStringIncludes(card, "✓ sums to what it says it conserves");
  assertStringIncludes(card, "– is never negative: it is signed");
  const failed = capabilityCard(await checkExplainer(broken["is never negative"]!));
  assertMatch(failed, /^gradient-input: does not conform$/m);
  assertMatch(failed, /✗ is never negative: the relevance of word \d is -/);
});

Deno.test("miniModel() can have its classes in another order", () => {
  const [one, other] = [miniModel(), miniModel({ classOrder: [1, 2, 0] })];
  assertEquals(other.classes, ["class 1", "class 2", "class 0"]);
  const document = { text: "a", tokens: [{ text: "a", start: 0, end: 1 }] };
  const [s, r] = [one, other].map((model) => [...model.scores(model.encode(document))]);
  assertEquals(r, [s![1], s![2], s![0]]);
});
