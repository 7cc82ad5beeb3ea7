import {
  type DifferentiableModel,
  type Explainer,
  type Input,
  listExplainers,
  type Model,
  poolWords,
  type Relevance,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
} from "@heatword/core";
import "@heatword/explainers";
import { capabilityCard, checkExplainer, miniModel } from "@heatword/explainers/check";
import { gradientInput } from "@heatword/explainers/gradient-input";
import { lrp } from "@heatword/explainers/lrp";
import { occlusion } from "@heatword/explainers/occlusion";
import { random } from "@heatword/explainers/random";
import { sa } from "@heatword/explainers/sa";
import { sampledShapley } from "@heatword/explainers/sampled-shapley";
import { shapley } from "@heatword/explainers/shapley";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bruteForceShapley } from "./_black_box.ts";

/** Slow ways to the same numbers. */
const references: Record<string, (model: Model, input: Input, target: Target) => number[]> = {
  shapley: (model, input, target) => shapleyOf(model, input, target),
  "kernel-shap": (model, input, target) => shapleyOf(model, input, target),
  occlusion: (model, input, target) => {
    const score = (gone: number[]) =>
      targetScore(target, model.scores(model.withoutWords(input, gone)));
    return Array.from({ length: input.length }, (_, t) => score([]) - score([t]));
  },
  "gradient-input": (model, input, target) => {
    const { vectors, dimensions } = input as VectorInput;
    const at = (moved: Float64Array) =>
      targetScore(
        target,
        model.scores((model as DifferentiableModel).withVectors(
          input as VectorInput,
          moved,
        )),
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
    return targetScore(target, model.scores(model.withoutWords(input, gone)));
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

/** An explainer with one thing changed in what it gives. */
function changed(
  explainer: Explainer,
  change: (relevance: Relevance, model: Model, input: VectorInput, target: Target) => Relevance,
): Explainer {
  const { explainAll: _, ...rest } = explainer;
  return {
    ...rest,
    explain: (model, input, target, options) =>
      change(explainer.explain(model, input, target, options), model, input as VectorInput, target),
  };
}

/** The same relevance with other word relevances. */
const withWords = (relevance: Relevance, words: ArrayLike<number>): Relevance => ({
  ...relevance,
  words: Float64Array.from(words),
});

let calls = 0;

/** For each check an explainer that breaks it. */
const broken: Record<string, Explainer> = {
  "is well formed": { ...occlusion, name: "Not A Name" },
  "gives a finite number for each word, of any text": changed(
    occlusion,
    (relevance, _, { vectors }) =>
      // Divides by the largest number of the text: 0/0 for a text without a known word.
      withWords(
        relevance,
        relevance.words.map((w) => w / Math.max(0, ...vectors)),
      ),
  ),
  "gives values of shape [T, D] that pool to the words": changed(
    gradientInput,
    (relevance) => withWords(relevance, relevance.words.map((w) => 2 * w)),
  ),
  "tells what it explained: name, options, target, score": changed(
    occlusion,
    // The score of another class.
    (relevance, model, input) => ({ ...relevance, score: model.scores(input)[0]! }),
  ),
  "survives being saved and read": changed(
    occlusion,
    (relevance) => ({ ...relevance, expectedSum: NaN }),
  ),
  "explains several targets as it explains each": {
    ...occlusion,
    explainAll: (model, input, targets, options) =>
      targets.map(() => occlusion.explain(model, input, targets[0]!, options)),
  },
  "takes every choice and the least value of its options": {
    ...sa,
    explain(model, input, target, options) {
      if (options.pooling === "max-norm") throw new Error("max-norm is not done yet");
      return sa.explain(model, input, target, options);
    },
  },
  "sums to what it says it conserves": {
    ...changed(lrp, (relevance) => withWords(relevance, relevance.words.map((w) => 1.01 * w))),
    tags: lrp.tags,
  },
  "is never negative": { ...gradientInput, tags: { ...gradientInput.tags, signed: false } },
  "changes its sign with the question turned round": {
    ...sa,
    tags: { ...sa.tags, signed: true },
  },
  "gives the same bytes again": changed(
    occlusion,
    (relevance) => withWords(relevance, relevance.words.map((w) => w + 1e-13 * (calls++ % 7))),
  ),
  "gives other numbers with another seed": {
    ...random,
    explain: (model, input, target, options) => ({
      ...random.explain(model, input, target, { ...options, seed: 1 }),
      options,
    }),
  },
  "gives a word that is deleted already exactly 0": {
    ...lrp,
    tags: { ...lrp.tags, ignoresDeleted: true },
  },
  "asks of a model no more than it says": {
    ...gradientInput,
    tags: { ...gradientInput.tags, needs: "scores" },
  },
  "leaves the input as it was": changed(occlusion, (relevance, _, { vectors }) => {
    if (vectors.length > 0) vectors[0]! += 1e-12;
    return relevance;
  }),
  "does not depend on the order of the classes": changed(
    gradientInput,
    // Explains the class at the first place, whatever was asked for; but tells the score asked for.
    (relevance, model, input) => {
      const gradient = (model as DifferentiableModel).gradient(
        input,
        targetWeights(0, model.classes.length),
      );
      const values = gradient.map((g, i) => g * input.vectors[i]!);
      const words = poolWords(values, input.dimensions, "sum");
      return { ...relevance, values, words };
    },
  ),
  "does not depend on padding": changed(
    occlusion,
    (relevance, _, { length }) => withWords(relevance, relevance.words.map((w) => w / length)),
  ),
  "keeps repeated words apart": changed(occlusion, (relevance, _, { vectors, dimensions }) => {
    // Gives every word the sum over its repetitions.
    const keys = [...relevance.words.keys()].map((t) =>
      vectors.slice(t * dimensions, (t + 1) * dimensions).join()
    );
    return withWords(
      relevance,
      keys.map((key) =>
        keys.reduce((sum, other, t) => other === key ? sum + relevance.words[t]! : sum, 0)
      ),
    );
  }),
  "agrees with itself in float32": changed(
    occlusion,
    (relevance, _, { vectors }) =>
      vectors instanceof Float32Array
        ? withWords(relevance, relevance.words.map((w) => w + 0.01))
        : relevance,
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
