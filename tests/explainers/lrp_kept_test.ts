// Relevance that stands for biases and on no word: windows in a gap between words, and activations
// that are not 0 at 0. It is kept and told, so that words and what is kept sum to the score.
import {
  averageOverTime,
  conv1d,
  type Conv1dOptions,
  dense,
  explain,
  flatten,
  getExplainer,
  type Layer,
  type LayeredModel,
  maxOverTime,
  maxPool1d,
  parallel,
  Random,
  relu,
  sigmoid,
  tanh,
} from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";
import { composites } from "@heatword/explainers/lrp";
import "@heatword/explainers/deeplift";
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { explainDocument } from "@heatword/eval/explanations";
import { render } from "@heatword/eval/render";

const f64 = (...values: number[]) => Float64Array.from(values);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function modelOf(layers: readonly Layer[], dimensions: number, minLength = 1): LayeredModel {
  const values: Record<string, number> = { a: 1, b: 2, c: -3 };
  return networkModel({
    classes: ["up", "down"],
    layers,
    dimensions,
    minLength,
    vectorOf: (word) => new Float64Array(dimensions).fill(values[word] ?? 0),
  });
}

function documentOf(text: string) {
  const tokens = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return { text, tokens };
}

const inputOf = (vectors: Float64Array, dimensions: number) => ({
  length: vectors.length / dimensions,
  dimensions,
  vectors,
});

const gap: Conv1dOptions = { dilation: 4, padding: "same" };

Deno.test("lrp keeps what stands on a window that no word is in, and says so", async () => {
  // Place t of the convolution sees the words t − 2 and t + 2.
  const model = modelOf([
    conv1d(f64(1, 1), f64(0.5), 2, "gap", gap),
    maxOverTime(),
    relu(),
    dense(f64(1, -1), f64(0, 0)),
  ], 1);
  for (
    const [text, score, words, kept] of [
      ["a", 0.5, [0], 0.5],
      ["a b", 0.5, [0, 0], 0.5],
      ["a b a", 1.5, [0, 0, 1.5], undefined],
    ] as const
  ) {
    const found = await explain("lrp", model, model.encode(documentOf(text)), 0);
    assertAlmostEquals(found.score, score, 1e-12);
    found.words.forEach((value, t) => assertAlmostEquals(value, words[t]!, 1e-12, text));
    if (kept === undefined) assert(!("keptByBiases" in found), text);
    else assertAlmostEquals(found.keptByBiases!, kept, 1e-12, text);
    assertAlmostEquals(found.expectedSum!, score - (kept ?? 0), 1e-12, text);
  }
  // Absorbed is absorbed, whether there are words or not.
  const absorbed = await explain("lrp", model, model.encode(documentOf("a b")), 0, {
    bias: "absorb",
  });
  assertEquals([absorbed.keptByBiases, absorbed.expectedSum], [undefined, undefined]);
});

Deno.test("lrp shares σ(z) − ½ out and keeps ½", async () => {
  // on = σ(b − a), with a = 2 and b = 1.
  const model = modelOf([
    flatten(),
    dense(f64(-1, 1), f64(0), "hidden"),
    sigmoid(),
    dense(f64(1, -1), f64(0, 0)),
  ], 1);
  const { score, words, keptByBiases, expectedSum, ledger } = await explain(
    "lrp",
    model,
    inputOf(f64(2, 1), 1),
    0,
    { epsilon: 0 },
  );
  const h = 1 / (1 + Math.E);
  assertAlmostEquals(score, h, 1e-12);
  assertAlmostEquals(words[0]!, 2 * (h - 0.5), 1e-12);
  assertAlmostEquals(words[1]!, 0.5 - h, 1e-12);
  assertAlmostEquals(keptByBiases!, 0.5, 1e-12);
  assertAlmostEquals(expectedSum!, h - 0.5, 1e-12);
  const entry = ledger!.find(({ layer }) => layer === "sigmoid")!;
  for (const value of [entry.kept!, entry.bias]) assertAlmostEquals(value, 0.5, 1e-12);
  assertAlmostEquals(entry.received - entry.passed, 0.5, 1e-12);
});

// Of numbers near the least that there are, quotients overflow, and there is no answer.
const numbers = (length: number) =>
  fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values, (x) => Math.abs(x) < 1e-100 ? 0 : x));

const stable = (z: number, epsilon: number) => z + (z >= 0 ? epsilon : -epsilon);

Deno.test("lrp through sigmoid units equals the definition in plain loops", async () => {
  const [words, dimensions, units] = [3, 2, 4];
  const inputs = words * dimensions;
  await fc.assert(fc.asyncProperty(
    numbers(inputs),
    numbers(inputs * units),
    numbers(units),
    numbers(units * 2),
    numbers(2),
    fc.constantFrom("share", "absorb"),
    async (x, w, b, v, c, bias) => {
      const epsilon = 0.01;
      const layers = [flatten(), dense(w, b), sigmoid(), dense(v, c)];
      const found = await explain("lrp", modelOf(layers, dimensions), inputOf(x, dimensions), 1, {
        bias,
      });
      const z = Float64Array.from({ length: units }, (_, j) => {
        return b[j]! + sum(x.map((value, i) => value * w[i * units + j]!));
      });
      const h = z.map((value) => 1 / (1 + Math.exp(-value)));
      const y = c[1]! + sum(h.map((value, j) => value * v[2 * j + 1]!));
      const quotient = y / stable(y, epsilon);
      const share = bias === "share" ? 1 : 0;
      const relevance = new Float64Array(inputs);
      let kept = 0;
      for (let j = 0; j < units; j++) {
        // ½ · v is what the unit adds whatever its inputs are.
        kept += 0.5 * v[2 * j + 1]! * quotient;
        const own = (h[j]! - 0.5) * v[2 * j + 1]! * quotient +
          share * (c[1]! + stable(y, epsilon) - y) / units * quotient;
        const below = own / stable(z[j]!, epsilon);
        for (let i = 0; i < inputs; i++) {
          relevance[i]! += x[i]! * w[i * units + j]! * below +
            share * (b[j]! + stable(z[j]!, epsilon) - z[j]!) / inputs * below;
        }
      }
      const scale = Math.max(1, ...relevance.map(Math.abs));
      found.values!.forEach((value, i) => {
        assertAlmostEquals(value, relevance[i]!, 1e-9 * scale);
      });
      if (bias === "absorb") assertEquals(found.keptByBiases, undefined);
      else {
        assertAlmostEquals(found.keptByBiases ?? 0, kept, 1e-9);
        assertAlmostEquals(sum(found.words) + kept, found.score, 1e-9 * scale);
      }
    },
  ));
});

/** ln(1 + eˣ), which is ln 2 at 0: a layer that is not core's. */
const softplus = (): Layer => ({
  ...tanh("softplus"),
  forward: ({ shape, data }) => ({ shape, data: data.map((x) => Math.log1p(Math.exp(x))) }),
  backward: (input, { shape, data }) => ({
    shape,
    data: data.map((value, i) => value / (1 + Math.exp(-input.data[i]!))),
  }),
});
/** 1 − x, which is 1 at 0 and has values of either sign. */
const less = (): Layer => ({
  ...tanh("less"),
  forward: ({ shape, data }) => ({ shape, data: data.map((x) => 1 - x) }),
  backward: (_, { shape, data }) => ({ shape, data: data.map((value) => -value) }),
});

for (const [name, activation] of Object.entries({ sigmoid, tanh, softplus, less })) {
  Deno.test(`lrp without biases and stabiliser is DeepLIFT, whatever f(0) is: ${name}`, async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), async (seed) => {
      const random = new Random(seed);
      const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
      const model = modelOf([
        conv1d(draw(2 * 2 * 3), new Float64Array(3), 2, "convolution"),
        activation(),
        averageOverTime(),
        dense(draw(6), new Float64Array(2)),
      ], 2);
      const input = inputOf(draw(8), 2);
      const lrp = await explain("lrp", model, input, 0, { epsilon: 0 });
      const deeplift = await explain("deeplift", model, input, 0);
      // Where contributions cancel, LRP divides by what is left of them.
      const scale = Math.max(1, ...lrp.ledger!.map(({ received }) => 1 / Math.abs(received)));
      lrp.values!.forEach((value, i) => {
        assertAlmostEquals(value, deeplift.values![i]!, 1e-9 * scale);
      });
      assertAlmostEquals(lrp.expectedSum!, deeplift.expectedSum!, 1e-9 * scale);
      const [empty] = await model.scores(model.withoutWords(input, [0, 1, 2, 3]));
      assertAlmostEquals(lrp.keptByBiases ?? 0, empty!, 1e-9 * scale);
    }));
  });
}

Deno.test("words and what biases keep sum to the score, with every composite", async () => {
  await fc.assert(fc.asyncProperty(
    fc.integer({ min: 1, max: 5 }).chain((words) => numbers(2 * words)),
    numbers(2 * 2 * 3),
    numbers(3),
    numbers(12),
    numbers(2),
    fc.constantFrom(...Object.keys(composites)),
    fc.constantFrom(sigmoid, softplus, less, relu),
    async (x, w, b, v, c, composite, activation) => {
      const model = modelOf([
        conv1d(w, b, 2, "gap", gap),
        activation(),
        maxPool1d(2, { padding: "same" }),
        parallel([[maxOverTime()], [averageOverTime(), tanh()]]),
        dense(v, c),
      ], 2);
      const found = await explain("lrp", model, inputOf(x, 2), { of: 0, against: 1 }, {
        composite,
      });
      const { words, score, expectedSum, keptByBiases = 0, ledger } = found;
      const scale = Math.max(
        1,
        Math.abs(keptByBiases),
        ...words.map(Math.abs),
        ...ledger!.map(({ passed }) => Math.abs(passed)),
      );
      assertAlmostEquals(sum(words) + keptByBiases, score, 1e-8 * scale);
      assertAlmostEquals(expectedSum! + keptByBiases, score, 1e-8 * scale);
      for (const { received, passed, kept = 0 } of ledger!) {
        assertAlmostEquals(received - passed, kept, 1e-8 * scale);
      }
      assert(found.words.every(Number.isFinite));
    },
  ));
});

Deno.test("an explanation says what biases keep, in every format and in the ledger", async () => {
  const model = modelOf([
    conv1d(f64(1, 1), f64(0.5), 2, "gap", gap),
    maxOverTime(),
    relu(),
    dense(f64(1, -1), f64(0, 0)),
  ], 1);
  const request = {
    explainers: [{ explainer: getExplainer("lrp"), options: {} }],
    targets: ["up"],
    ledger: true,
  };
  const [explanation] = await explainDocument(model, documentOf("a b"), request);
  assertEquals(explanation!.conservation, { sum: 0, expected: 0, error: 0, keptByBiases: 0.5 });
  for (const format of ["terminal", "html"] as const) {
    const text = await render(format, [explanation!]);
    assertStringIncludes(text, "kept by biases, on no word: 0.5", format);
    assertStringIncludes(text.toLowerCase(), "kept", format);
  }
  const [usual] = await explainDocument(model, documentOf("a b a"), request);
  assert(!("keptByBiases" in usual!.conservation!));
  assert(!(await render("html", [usual!])).includes("ept"), "no word of what is not kept");
});
