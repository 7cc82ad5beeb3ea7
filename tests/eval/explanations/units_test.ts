import {
  Coalitions,
  defineExplainer,
  defineModel,
  type Document,
  explain,
  getExplainer,
  groupUnits,
  type Input,
  type Model,
  type Unit,
} from "@heatword/core";
import { modelFromFunction } from "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import { unitsOf } from "@heatword/datasets/units";
import {
  assertUnits,
  type ConfiguredExplainer,
  explainDocument,
  type Grouping,
  takesUnits,
} from "@heatword/eval/explanations";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { additiveModel, bruteForceShapley } from "../../explainers/_black_box.ts";

const configured = (name: string, options = {}): ConfiguredExplainer => ({
  explainer: getExplainer(name),
  options,
});

/** Groups of the sizes given, of words that are one letter each. */
function grouping(sizes: readonly number[]): Grouping {
  return {
    name: "group",
    split: ({ tokens }) => {
      let from = 0;
      return sizes.map((size): Unit => {
        const to = from + size;
        const unit = { start: tokens[from]!.start, end: tokens[to - 1]!.end, from, to };
        from = to;
        return unit;
      });
    },
  };
}

const lettersOf = (count: number): Document => ({
  text: "a ".repeat(count),
  tokens: Array.from({ length: count }, (_, t) => ({ text: "a", start: 2 * t, end: 2 * t + 1 })),
});

const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 24, maxLength: 24 });

/** Methods that find out exactly what an additive model adds up. */
const exact: ConfiguredExplainer[] = [
  configured("occlusion"),
  configured("sampled-shapley", { permutations: 3 }),
  configured("kernel-shap"),
  configured("shapley"),
];

Deno.test("of an additive model, a group has the sum of what its words have", async () => {
  await fc.assert(
    fc.asyncProperty(sizes, values, async (sizes, values) => {
      const count = sizes.reduce((sum, size) => sum + size, 0);
      const coefficients = values.slice(0, count);
      const { model } = additiveModel(coefficients);
      const document = lettersOf(count);
      const request = { explainers: exact, targets: ["class 0"], grouping: grouping(sizes) };
      for (const found of await explainDocument(model, document, request)) {
        let from = 0;
        assertEquals(found.units!.length, sizes.length);
        found.units!.forEach(({ relevance }, u) => {
          const words = coefficients.slice(from, from += sizes[u]!);
          assertAlmostEquals(relevance, words.reduce((sum, word) => sum + word, 0), 1e-9);
        });
        assert(found.tokens.every((token) => !("relevance" in token)), "no word has a relevance");
        assertEquals([found.unit, found.unitsAreSums], ["group", undefined]);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("grouping each word for itself changes no number", async () => {
  const model = miniModel();
  const document = model.read("red greenish blue as sky");
  const alone: Grouping = { name: "word", split: (document) => unitsOf(document, "word") };
  const names = [
    "lrp",
    "deeplift",
    "occlusion",
    "lime",
    "kernel-shap",
    "sampled-shapley",
    "random",
  ];
  const request = { explainers: names.map((name) => configured(name)), targets: ["all"] };
  const words = await explainDocument(model, document, request);
  const units = await explainDocument(model, document, { ...request, grouping: alone });
  assertEquals(units.map(({ relevance }) => relevance), words.map(({ relevance }) => relevance));
  assertEquals(
    units.map(({ standardErrors }) => standardErrors),
    words.map(({ standardErrors }) => standardErrors),
  );
  assertEquals(units.map(({ scores }) => scores), words.map(({ scores }) => scores));
});

Deno.test("of methods that go through the layers, a group has the sum of its words, where that means something", async () => {
  const model = miniModel();
  const document = model.read("red greenish blue as sky");
  for (
    const explainer of ["lrp", "deeplift", "integrated-gradients"].map((name) => configured(name))
  ) {
    const request = { explainers: [explainer], targets: ["all"] };
    const words = await explainDocument(model, document, request);
    const units = await explainDocument(model, document, {
      ...request,
      grouping: grouping([2, 3]),
    });
    units.forEach(({ relevance, conservation, unitsAreSums }, k) => {
      const [a, b, c, d, e] = words[k]!.relevance;
      assertEquals(relevance, [a! + b!, c! + d! + e!]);
      assertAlmostEquals(conservation!.sum, words[k]!.conservation!.sum, 1e-12);
      assertEquals(unitsAreSums, true);
    });
  }
  const refused = [configured("sa"), configured("gradient-input"), configured("smoothgrad")];
  for (const one of [...refused, configured("lrp", { pooling: "l2" })]) {
    assertEquals(takesUnits(one.explainer, one.options), false);
    const request = { explainers: [one], targets: [], grouping: grouping([2, 3]) };
    await assertRejects(
      () => explainDocument(model, document, request),
      TypeError,
      `Explainer "${one.explainer.name}" gives no relevance to a unit`,
    );
  }
  assertThrows(
    () => assertUnits(refused, "sentence"),
    TypeError,
    "explainers that do: lrp, integrated-gradients, deeplift, occlusion, lime, kernel-shap",
  );
});

Deno.test("exact Shapley values of groups are those of the definition, of any model", async () => {
  const words = [3, -1, 2, 0.5, 4, -2, 1];
  const of = (present: readonly boolean[]) => {
    const there = words.filter((_, t) => present[t]);
    return there.reduce((sum, value) => sum + value, 0) * there.length +
      (present[0] && present[5] ? 7 : 0);
  };
  const score = (input: Input & { readonly gone: readonly number[] }) =>
    Float64Array.of(of(words.map((_, t) => !input.gone.includes(t))), 0);
  const model = defineModel({
    classes: ["a", "b"],
    encode: () => ({ length: words.length, gone: [] as number[] }),
    withoutWords: (input, positions) => ({ ...input, gone: [...input.gone, ...positions] }),
    score,
  }) as Model;
  const sizes = [2, 1, 3, 1];
  const members = sizes.flatMap((size, u) => new Array<number>(size).fill(u));
  const expected = bruteForceShapley(4, (present) => of(members.map((u) => present[u]!)));
  const request = {
    explainers: [configured("shapley")],
    targets: ["a"],
    grouping: grouping(sizes),
  };
  const [found] = await explainDocument(model, lettersOf(7), request);
  found!.relevance.forEach((value, u) => assertAlmostEquals(value, expected[u]!, 1e-12));
  assertAlmostEquals(found!.conservation!.error, 0, 1e-12);
  const many = { ...request, grouping: grouping(new Array(17).fill(1)) };
  const { model: long } = additiveModel(new Array(17).fill(1));
  await assertRejects(
    () => explainDocument(long, lettersOf(17), { ...many, targets: [] }),
    RangeError,
    "Cannot find exact Shapley values of 17 units, only of 16 at most",
  );
});

Deno.test("a group is deleted by deleting its words, and groups of deleted words get nothing", async () => {
  const asked: number[][] = [];
  const model = defineModel({
    classes: ["a", "b"],
    encode: () => ({ length: 6, dimensions: 1, vectors: Float64Array.of(1, 2, 0, 0, 5, 0) }),
    withoutWords: (input, positions) => {
      const gone = [...positions];
      asked.push(gone);
      const vectors = input.vectors.map((value, t) => gone.includes(t) ? 0 : value);
      return { ...input, vectors };
    },
    score: ({ vectors }) => Float64Array.of(vectors.reduce((sum, value) => sum + value, 0), 0),
  });
  const { split } = grouping([2, 2, 1]);
  const byGroup = groupUnits(model as unknown as Model, split);
  const input = byGroup.encode(lettersOf(6));
  assertEquals([...(await explain("occlusion", byGroup, input, 0)).words], [3, 0, 5]);
  assertEquals(asked.toSorted(), [[], [0, 1], [4]], "the second group has no word that is there");
  const without = byGroup.withoutWords(input, [0]);
  assertEquals([...await byGroup.scores(without)], [5, 0]);
  const both = await byGroup.scores(input, Coalitions.without(3, [[2], [0, 1, 2]]));
  assertEquals([...both], [3, 0, 0, 0]);
});

Deno.test("a model of whole texts loses all that a sentence spans, or a mask for each word", async () => {
  const seen: string[] = [];
  const predict = (texts: readonly string[]) => {
    seen.push(...texts);
    return texts.map((text) => [text.length, 1]);
  };
  const sentences: Grouping = {
    name: "sentence",
    split: (document) => unitsOf(document, "sentence"),
  };
  const request = { explainers: [configured("occlusion")], targets: [], grouping: sentences };
  const text = "Go (home), now! It is late. Bye.";
  const definition = { classes: ["a", "b"], outputs: "logits", predict } as const;
  const model = await modelFromFunction(definition) as Model;
  const [found] = await explainDocument(model, model.read(text), request);
  assertEquals(seen, [
    text,
    "It is late. Bye.",
    "Go (home), now! Bye.",
    "Go (home), now! It is late.",
  ]);
  assertEquals(found!.units, [
    { start: 0, end: 15, relevance: 16 },
    { start: 16, end: 27, relevance: 12 },
    { start: 28, end: 32, relevance: 5 },
  ]);
  seen.length = 0;
  const masked = await modelFromFunction({ ...definition, deletion: { replace: "_" } }) as Model;
  await explainDocument(masked, masked.read(text), request);
  assertEquals(seen.slice(1, 3), ["_ (_), _! It is late. Bye.", "Go (home), now! _ _ _. Bye."]);
});

Deno.test("each text is scored once for groups, too, and batches are full", async () => {
  const batches: (readonly string[])[] = [];
  const model = await modelFromFunction({
    classes: ["a", "b"],
    outputs: "logits",
    batchSize: 8,
    predict: (texts) => {
      batches.push(texts);
      return texts.map((text) => [text.length, 1]);
    },
  }) as Model;
  const text = "One a. Two bb. Three ccc. Four dddd. Five eeeee.";
  const sentences: Grouping = {
    name: "sentence",
    split: (document) => unitsOf(document, "sentence"),
  };
  const names = ["occlusion", "lime", "kernel-shap", "sampled-shapley", "shapley", "random"];
  const explainers = names.map((name) => configured(name));
  await explainDocument(model, model.read(text), {
    explainers,
    targets: ["all"],
    grouping: sentences,
  });
  const texts = batches.flat();
  assertEquals([texts.length, new Set(texts).size], [32, 32]);
});

Deno.test("an explainer of one's own may treat groups in its own way", async () => {
  const own = defineExplainer({
    name: "own",
    description: "Numbers the words; of groups it says how many there are",
    citation: "none",
    tags: { needs: "layers", signed: true, conserves: false, stochastic: false },
    options: {},
    explain: ({ input, targets }) =>
      targets.map(() => ({ score: 0, words: new Float64Array(input.length).map((_, t) => t) })),
    explainUnits: ({ input, targets }) =>
      targets.map(() => ({ score: 0, words: new Float64Array(input.length).fill(input.length) })),
  });
  const { model } = additiveModel([1, 2, 3]);
  const explainers = [{ explainer: own as never, options: {} }];
  const request = { explainers, targets: [], grouping: grouping([1, 2]) };
  const [found] = await explainDocument(model, lettersOf(3), request);
  assertEquals(found!.relevance, [2, 2]);
});
