// What the compiler refuses in an explainer; each mistake is also made, to see what comes of it.
import { defineExplainer, defineModel, explain, type Input } from "@heatword/core";
import { miniModel } from "@heatword/explainers/check";
import { assertEquals, assertRejects } from "@std/assert";

const about = { name: "made", description: "", citation: "" };
const tags = { signed: true, conserves: false, stochastic: false } as const;
const nothing = { score: 0, words: new Float64Array(2) };
const model = miniModel();
const input = model.encode(model.read("red sky"));
const options = {
  pooling: { type: "choice", default: "sum", choices: ["sum", "l1"], description: "" },
  rounds: { type: "number", default: 3, description: "" },
  fast: { type: "boolean", default: true, description: "" },
} as const;

Deno.test("a misspelt choice does not compile", async () => {
  const explainer = defineExplainer({
    ...about,
    tags: { ...tags, needs: "scores" },
    options,
    explain: ({ options, targets }) => {
      // @ts-expect-error There is no choice "summ".
      const score = options.pooling === "summ" ? 1 : 0;
      return targets.map(() => ({ ...nothing, score }));
    },
  });
  assertEquals((await explain(explainer, model, input, 0)).score, 0);
});

Deno.test("an unknown option does not compile", async () => {
  const seen: unknown[] = [];
  const explainer = defineExplainer({
    ...about,
    tags: { ...tags, needs: "scores" },
    options,
    explain: ({ options, targets }) => {
      // @ts-expect-error The option is called "rounds".
      seen.push(options.ronds);
      return targets.map(() => nothing);
    },
  });
  await explain(explainer, model, input, 0);
  assertEquals(seen, [undefined]);
});

Deno.test("the values of options have the types of their options", async () => {
  const explainer = defineExplainer({
    ...about,
    tags: { ...tags, needs: "scores" },
    options,
    explain: ({ options: { pooling, rounds, fast }, targets }) => {
      const [choice, number, flag]: ["sum" | "l1", number, boolean] = [pooling, rounds, fast];
      // @ts-expect-error A flag is not a number.
      const wrong: number = fast;
      // @ts-expect-error A number is not a string.
      const other: string = rounds;
      assertEquals([choice, number, flag, wrong, other], ["sum", 3, true, true, 3]);
      return targets.map(() => nothing);
    },
  });
  await explain(explainer, model, input, 0);
});

Deno.test("an explainer that needs scores cannot ask for gradients or layers", async () => {
  // Only scores can be had of this one.
  const closed = defineModel({
    classes: ["one"],
    encode: (): Input => ({ length: 2 }),
    withoutWords: (input) => input,
    score: () => new Float64Array(1),
  });
  const blind = defineExplainer({
    ...about,
    tags: { ...tags, needs: "scores" },
    options: {},
    explain: async ({ model, input, targets }) => {
      // @ts-expect-error Nothing says that the input has vectors.
      assertEquals(input.vectors, undefined);
      // @ts-expect-error Nothing says that the model shows layers.
      assertEquals(model.layers, undefined);
      // @ts-expect-error Nothing says that the model gives gradients.
      await model.gradient(input, new Float64Array(1));
      return targets.map(() => nothing);
    },
  });
  await assertRejects(
    async () => await explain(blind, closed, closed.encode(closed.read("red sky")), 0),
    TypeError,
    "model.gradient is not a function",
  );
});

Deno.test("an explainer that needs gradients has them, but no layers", async () => {
  const explainer = defineExplainer({
    ...about,
    tags: { ...tags, needs: "gradients" },
    options: {},
    explain: async ({ model, input, targets }) => {
      const gradient = await model.gradient(input, new Float64Array(model.classes.length));
      assertEquals(gradient, new Float64Array(input.vectors.length));
      // @ts-expect-error It did not say that it needs layers.
      const { length } = model.layers;
      return targets.map(() => ({ ...nothing, score: length }));
    },
  });
  assertEquals((await explain(explainer, model, input, 0)).score, 4);
});

Deno.test("an explainer that needs layers has gradients too", async () => {
  const explainer = defineExplainer({
    ...about,
    tags: { ...tags, needs: "layers" },
    options: {},
    explain: async ({ model, input, targets }) => {
      const gradient = await model.gradient(input, new Float64Array(model.classes.length));
      assertEquals(model.layerInput(input).data.length, gradient.length);
      return targets.map(() => ({ ...nothing, score: model.layers.length }));
    },
  });
  assertEquals((await explain(explainer, model, input, 0)).score, 4);
});

Deno.test("a result without words, or one alone, does not compile", async () => {
  const wordless = defineExplainer({
    ...about,
    tags: { ...tags, needs: "scores" },
    options: {},
    // @ts-expect-error "words" is missing.
    explain: ({ targets }) => targets.map(() => ({ score: 0 })),
  });
  const lonely = defineExplainer({
    ...about,
    tags: { ...tags, needs: "scores" },
    options: {},
    // @ts-expect-error There must be a list.
    explain: () => nothing,
  });
  for (const explainer of [wordless, lonely]) {
    await assertRejects(async () => await explain(explainer, model, input, 0), TypeError);
  }
});
