import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import {
  explain,
  explainAll,
  type Explainer,
  getExplainer,
  type Input,
  listExplainers,
  type Model,
  recomputingPerturbation,
  register,
} from "@heatword/core";

const made: Explainer = {
  name: "made",
  description: "Says the same of every word",
  citation: "nobody",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: { value: { type: "number", default: 1, description: "What it says" } },
  explain: (_model, input, target, options) => ({
    explainer: "made",
    options,
    target,
    score: 0,
    words: new Float64Array(input.length).fill(options.value as number),
  }),
};

const model: Model = {
  classes: ["one"],
  encode: ({ tokens }) => ({ length: tokens.length }),
  scores: () => new Float64Array(1),
  withoutWords: (input) => input,
  perturb: (input) => recomputingPerturbation(model, input),
};
const input: Input = { length: 2 };

Deno.test("register() makes an explainer known by its name, once", () => {
  assertStrictEquals(register(made), made);
  assertStrictEquals(getExplainer("made"), made);
  register(made);
  assertEquals(listExplainers().filter(({ name }) => name === "made"), [made]);
  assertThrows(
    () => register({ ...made }),
    TypeError,
    'Cannot register explainer "made": another one has that name',
  );
});

Deno.test("getExplainer() says the nearest known name", () => {
  register(made);
  assertThrows(() => getExplainer("maid"), RangeError, 'did you mean "made"?');
});

Deno.test("register() refuses what is malformed and says what", () => {
  const tags = made.tags;
  const option = made.options.value!;
  const cases: [unknown, string][] = [
    [null, "without a name: it is not an object"],
    [{ ...made, name: 3 }, '"name" must be a string'],
    [{ ...made, name: "Bad Name" }, '"name" takes a-z, 0-9 and hyphens'],
    [{ ...made, explain: "no" }, '"explain" must be a function'],
    [{ ...made, description: undefined }, '"description" must be a string'],
    [{ ...made, citation: undefined }, '"citation" must be a string'],
    [{ ...made, tags: undefined }, '"tags" must be an object'],
    [{ ...made, tags: { ...tags, needs: "luck" } }, '"tags.needs" must be'],
    [{ ...made, tags: { ...tags, signed: "yes" } }, '"tags.signed" must be'],
    [{ ...made, tags: { ...tags, stochastic: 0 } }, '"tags.stochastic" must be'],
    [{ ...made, tags: { ...tags, conserves: true } }, '"tags.conserves" must be'],
    [{ ...made, options: null }, '"options" must be an object'],
    [{ ...made, tags: { ...tags, stochastic: true } }, 'needs an option "seed"'],
    [{ ...made, options: { value: { ...option, min: 2 } } }, "a default is not allowed"],
  ];
  for (const [explainer, message] of cases) {
    assertThrows(() => register(explainer as Explainer), TypeError, message);
  }
});

Deno.test("explain() checks options and passes all of them", async () => {
  assertEquals([...(await explain(made, model, input, 0)).words], [1, 1]);
  assertEquals((await explain(made, model, input, 0, { value: "3" })).options, { value: 3 });
  await assertRejects(
    async () => await explain(made, model, input, 0, { vlaue: 3 }),
    RangeError,
    '"value"',
  );
});

Deno.test("explain() refuses a model that cannot do what is needed", async () => {
  for (const needs of ["gradients", "layers"] as const) {
    const demanding = { ...made, name: `needs-${needs}`, tags: { ...made.tags, needs } };
    await assertRejects(
      async () => await explain(demanding, model, input, 0),
      TypeError,
      `Explainer "needs-${needs}" needs ${needs}, which this model lacks`,
    );
  }
});

Deno.test("explainAll() takes an explainer's own way for several targets, or asks one by one", async () => {
  const one = await explainAll(made, model, input, [0, { of: 0, against: 1 }]);
  assertEquals(one.map(({ target }) => target), [0, { of: 0, against: 1 }]);
  let called = false;
  const many: Explainer = {
    ...made,
    name: "many",
    explainAll(model, input, targets, options) {
      called = true;
      return targets.map((target) => ({
        ...made.explain(model, input, target, options),
        explainer: "many",
      }));
    },
  };
  assertEquals((await explainAll(many, model, input, [0])).length, 1);
  assert(called);
});
