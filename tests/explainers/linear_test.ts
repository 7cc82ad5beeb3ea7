// Of a linear model there is one right answer, and every method that promises it must give it.
import { explain, getExplainer, listExplainers, reasonAgainst } from "@heatword/core";
import { featureKinds, trainLinear } from "@heatword/core/linear";
import "@heatword/explainers";
import { assert, assertAlmostEquals } from "@std/assert";
import { bruteForceShapley } from "./_black_box.ts";
import { classes, madeDocuments } from "../core/models/linear/_made.ts";

const model = trainLinear({
  classes,
  documents: madeDocuments(30),
  features: featureKinds,
  cost: 20,
});
const input = model.encode(model.read("oil of the tree is unheard oil"));
const bias = model.parameters.bias;

/** Shapley values by their definition, over all sets of the words. */
function bruteForce(target: number): number[] {
  return bruteForceShapley(input.length, (present) => {
    const gone = [...present.keys()].filter((t) => !present[t]);
    return model.scores(model.withoutWords(input, gone))[target]!;
  });
}

const exact = { epsilon: 0, bias: "absorb" } as const;
const methods = {
  shapley: {},
  lrp: exact,
  "gradient-input": {},
  "integrated-gradients": {},
  deeplift: {},
  occlusion: {},
  "sampled-shapley": { seed: 1 },
} as const;

for (const [name, options] of Object.entries(methods)) {
  Deno.test(`${name} gives the Shapley values of a linear model`, async () => {
    for (const target of classes.keys()) {
      const { words } = await explain(getExplainer(name), model, input, target, options);
      const expected = bruteForce(target);
      expected.forEach((value, t) => assertAlmostEquals(words[t]!, value, 1e-9));
    }
  });
}

Deno.test("they sum to the score without its bias, and with it where LRP shares it out", async () => {
  const scores = model.scores(input);
  for (const target of classes.keys()) {
    const sum = async (name: string, options = {}) => {
      const found = await explain(getExplainer(name), model, input, target, options);
      return found.words.reduce((total, value) => total + value, 0);
    };
    assertAlmostEquals(await sum("shapley"), scores[target]! - bias[target]!, 1e-9);
    assertAlmostEquals(await sum("lrp"), scores[target]!, 1e-9);
  }
});

Deno.test("every explainer explains a linear model, a contrast of two classes too", async () => {
  for (const explainer of listExplainers()) {
    assert(reasonAgainst(explainer, model) === undefined, explainer.name);
    for (const target of [1, { of: 0, against: 2 }]) {
      const options = explainer.tags.stochastic ? { seed: 1 } : {};
      const { words } = await explain(explainer, model, input, target, options);
      assert(words.length === input.length && words.some((value) => value !== 0), explainer.name);
    }
  }
});

Deno.test("sensitivity differs from word to word", async () => {
  const { words } = await explain(getExplainer("sa"), model, input, 0);
  const known = [...words].filter((value) => value !== 0);
  assert(new Set(known.map((value) => value.toPrecision(6))).size > 2, known.join());
});
