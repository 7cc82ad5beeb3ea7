// Whether relevances are shown with a sign goes by tag and options.
import {
  defineExplainer,
  defineModel,
  type Explainer,
  type FloatArray,
  getExplainer,
  type VectorInput,
} from "@heatword/core";
import { render } from "@heatword/eval/render";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { explainDocument } from "@heatword/eval/explanations";

const document = {
  text: "good bad",
  tokens: [{ text: "good", start: 0, end: 4 }, { text: "bad", start: 5, end: 8 }],
};
const slopes = [-3, 1];

/** The mean over the words of −3 times their first number and 1 times their second. */
const model = defineModel({
  classes: ["up", "down"],
  encode: (): VectorInput => {
    return { length: 2, dimensions: 2, vectors: new Float64Array([3, 1, 1, 2]) };
  },
  score({ vectors, length }: VectorInput) {
    const sum = [...vectors].reduce((total, x, i) => total + x * slopes[i % 2]!, 0);
    return new Float64Array([sum / length, -sum / length]);
  },
  gradient: ({ vectors, length }: VectorInput, weights: FloatArray) =>
    Float64Array.from(vectors, (_, i) => (weights[0]! - weights[1]!) * slopes[i % 2]! / length),
  withVectors: (input: VectorInput, vectors: FloatArray) => ({ ...input, vectors }),
  withoutWords(input: VectorInput, positions) {
    const vectors = input.vectors.slice();
    for (const t of positions) vectors.fill(0, 2 * t, 2 * t + 2);
    return { ...input, vectors };
  },
});

const found = async (explainer: Explainer, options: Record<string, string> = {}) =>
  await explainDocument(model, document, {
    explainers: [{ explainer, options }],
    targets: ["up"],
  });

const expected = { "sum": -1, "squared-l2": 2.5, "l2": Math.sqrt(2.5), "l1": 2, "max-norm": 1.5 };

for (const name of ["sa", "smoothgrad"]) {
  for (const [pooling, value] of Object.entries(expected)) {
    Deno.test(`${name} with pooling=${pooling} is shown ${value < 0 ? "with" : "without"} sign`, async () => {
      const explanations = await found(getExplainer(name), { pooling });
      const [{ relevance, signed }] = explanations as [typeof explanations[0]];
      relevance.forEach((word) => assertAlmostEquals(word, value, 1e-9));
      assertEquals(signed, value < 0);
      assertEquals(JSON.parse(await render("json", explanations)).signed, value < 0);
      const terminal = await render("terminal", explanations);
      const html = await render("html", explanations);
      assertEquals(terminal.includes("for or against is not told"), value > 0);
      assertEquals(terminal.includes("against\n"), value < 0);
      assertEquals(html.includes("Words against"), value < 0);
    });
  }
}

Deno.test("a signed method pooled by a norm is shown without sign", async () => {
  const gradientInput = getExplainer("gradient-input");
  for (const [pooling, sign] of [["sum", true], ["l2", false], ["max-norm", false]] as const) {
    const explanations = await found(gradientInput, { pooling });
    assertEquals(explanations[0]!.signed, sign);
    const terminal = await render("terminal", explanations);
    assertEquals(terminal.includes("for or against is not told"), !sign);
  }
});

Deno.test("nothing is said to be against by a method without sign, whatever it gives", async () => {
  const explainer = defineExplainer({
    name: "made",
    description: "",
    citation: "",
    tags: { needs: "scores", signed: false, conserves: false, stochastic: false },
    options: {},
    explain: ({ input: { length }, targets }) =>
      targets.map(() => ({ score: 0, words: new Float64Array(length).fill(-1) })),
  });
  const explanations = await found(explainer);
  for (const format of ["terminal", "html", "svg"] as const) {
    const text = (await render(format, explanations)).replace("for or against is not told", "");
    assert(!/against/i.test(text), `${format}: ${text}`);
  }
});
