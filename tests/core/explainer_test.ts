import {
  defineExplainer,
  defineModel,
  explain,
  explainAll,
  type Explainer,
  type Found,
  getExplainer,
  type Input,
  listExplainers,
  registerExplainer,
} from "@heatword/core";
import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";

const made = defineExplainer({
  name: "made",
  description: "Says the same of every word",
  citation: "nobody",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: { value: { type: "number", default: 1, description: "What it says" } },
  explain: ({ input, targets, options }) =>
    targets.map(() => ({ score: 0, words: new Float64Array(input.length).fill(options.value) })),
});

const model = defineModel({
  classes: ["one", "two"],
  encode: ({ tokens }): Input => ({ length: tokens.length }),
  withoutWords: (input) => input,
  score: () => new Float64Array(2),
});
const input: Input = { length: 2 };

Deno.test("registerExplainer() makes an explainer known by its name, once", () => {
  assertStrictEquals(registerExplainer(made), made);
  assertStrictEquals<unknown>(getExplainer("made"), made);
  registerExplainer(made);
  assertEquals<unknown>(listExplainers().filter(({ name }) => name === "made"), [made]);
  assertThrows(
    () => registerExplainer({ ...made }),
    TypeError,
    'Cannot register explainer "made": another one has that name',
  );
});

Deno.test("getExplainer() says the nearest known name", () => {
  registerExplainer(made);
  assertThrows(() => getExplainer("maid"), RangeError, 'did you mean "made"?');
});

Deno.test("defineExplainer() does not register", () => {
  const quiet = defineExplainer({ ...made, name: "quiet" });
  assertEquals(quiet.name, "quiet");
  assertThrows(() => getExplainer("quiet"), RangeError, 'Unknown explainer "quiet"');
});

const { tags } = made;
const option = made.options.value;
const malformed: readonly (readonly [unknown, string])[] = [
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

Deno.test("defineExplainer() and registerExplainer() refuse what is malformed and say what", () => {
  for (const [explainer, message] of malformed) {
    for (const act of [defineExplainer, registerExplainer]) {
      assertThrows(() => act(explainer as Explainer), TypeError, message);
    }
  }
});

Deno.test("an explainer of the old form, explain(model, input, …), is told the new one", () => {
  const old = {
    ...made,
    name: "old",
    explain: (_model: unknown, input: Input, target: number, options: unknown) => ({
      explainer: "old",
      options,
      target,
      score: 0,
      words: new Float64Array(input.length),
    }),
  };
  for (const act of [defineExplainer, registerExplainer]) {
    assertThrows(
      () => act(old as unknown as Explainer),
      TypeError,
      'Cannot take explainer "old": "explain" takes one object, { model, input, targets, options }, ' +
        "and gives a result per target",
    );
  }
  assertThrows(() => getExplainer("old"), RangeError, 'Unknown explainer "old"');
});

Deno.test("explain() checks options and passes all of them", async () => {
  assertEquals([...(await explain(made, model, input, 0)).words], [1, 1]);
  const three = await explain(made, model, input, 0, { value: "3" });
  assertEquals([...three.words], [3, 3]);
  assertEquals(three.options, { value: 3 });
  await assertRejects(
    async () => await explain(made, model, input, 0, { vlaue: 3 }),
    RangeError,
    '"value"',
  );
});

Deno.test("explain() refuses a model that cannot do what is needed", async () => {
  for (const needs of ["gradients", "layers"] as const) {
    const demanding = { ...made, name: `needs-${needs}`, tags: { ...made.tags, needs } };
    const says = async (limitation?: string) => {
      const limited = limitation === undefined ? model : { ...model, limitation };
      const error = await assertRejects(
        async () => await explain(demanding as unknown as Explainer, limited, input, 0),
        TypeError,
      );
      return error.message;
    };
    const message = `Explainer "needs-${needs}" needs ${needs}, which this model lacks`;
    const others = "; explainers that work with it: made";
    assertEquals(await says(), `${message}${others}`);
    assertEquals(await says("it is a stone"), `${message}: it is a stone${others}`);
  }
});

Deno.test("explainAll() asks once for all targets, and says whose the results are", async () => {
  const targets = [0, { of: 0, against: 1 }] as const;
  const asked: unknown[] = [];
  const many = defineExplainer({
    ...made,
    name: "many",
    async explain({ input, targets, options }) {
      asked.push([targets, options]);
      await Promise.resolve();
      return targets.map((_, i) => ({ score: i, words: new Float64Array(input.length).fill(i) }));
    },
  });
  assertEquals(await explainAll(many, model, input, targets), [
    { explainer: "many", options: { value: 1 }, target: 0, score: 0, words: Float64Array.of(0, 0) },
    {
      explainer: "many",
      options: { value: 1 },
      target: { of: 0, against: 1 },
      score: 1,
      words: Float64Array.of(1, 1),
    },
  ]);
  assertEquals(asked, [[targets, { value: 1 }]]);
});

Deno.test("explain() does not take an explainer's word for whose a result is", async () => {
  const found = { score: 0, words: new Float64Array(2), explainer: "other", target: 1, options: 7 };
  const posing = defineExplainer({ ...made, explain: () => [found as Found] });
  const { explainer, target, options } = await explain(posing, model, input, 0);
  assertEquals([explainer, target, options], ["made", 0, { value: 1 }]);
});

Deno.test("an explainer gets the signal, and who is told of progress", async () => {
  const { signal } = new AbortController();
  const onProgress = () => {};
  const got: unknown[] = [];
  const spy = defineExplainer({
    ...made,
    explain(question) {
      got.push(question.signal, question.onProgress, question.model, question.input);
      return made.explain(question);
    },
  });
  await explain(spy, model, input, 0, {}, { signal, onProgress });
  [signal, onProgress, model, input].forEach((part, i) => assertStrictEquals(got[i], part));
});

Deno.test("a signal that has come already keeps an explainer from being asked", async () => {
  let asked = false;
  const spy = defineExplainer({
    ...made,
    explain(question) {
      asked = true;
      return made.explain(question);
    },
  });
  const signal = AbortSignal.abort(new Error("too late"));
  const act = async () => await explain(spy, model, input, 0, {}, { signal });
  await assertRejects(act, Error, "too late");
  assertEquals(asked, false);
});

Deno.test("a signal that comes meanwhile takes the place of a result", async () => {
  const controller = new AbortController();
  const slow = defineExplainer({
    ...made,
    explain(question) {
      controller.abort(new Error("never mind"));
      return made.explain(question);
    },
  });
  const { signal } = controller;
  const act = async () => await explain(slow, model, input, 0, {}, { signal });
  await assertRejects(act, Error, "never mind");
});
