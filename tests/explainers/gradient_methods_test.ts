import { explain } from "@heatword/core";
import { gaussLegendre } from "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { gradientInput } from "@heatword/explainers/gradient-input";
import { integratedGradients } from "@heatword/explainers/integrated-gradients";
import { sa } from "@heatword/explainers/sa";
import { smoothgrad } from "@heatword/explainers/smoothgrad";
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { layeredModel, vectorInput } from "./_model.ts";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

Deno.test("gaussLegendre() integrates polynomials up to degree 2n − 1 exactly", () => {
  for (const n of [1, 2, 3, 7, 20, 50, 100, 200]) {
    const { nodes, weights } = gaussLegendre(n);
    assertAlmostEquals(sum(weights), 1, 1e-13);
    for (const degree of [1, 2, n, 2 * n - 1].filter((d) => d < 2 * n)) {
      const integral = nodes.reduce((total, x, k) => total + weights[k]! * x ** degree, 0);
      assertAlmostEquals(integral, 1 / (degree + 1), 1e-13);
    }
    nodes.forEach((node, k) => {
      if (k > 0) assertGreater(node, nodes[k - 1]!);
      assertAlmostEquals(node, 1 - nodes[n - 1 - k]!, 1e-15);
    });
  }
});

Deno.test("gradient-input multiplies the derivatives with the word vectors", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]);
  const gradient = model.gradient(input, Float64Array.of(0, 0, 1));
  const { values, words } = await explain(gradientInput, model, input, 2);
  assertEquals(values, gradient.map((value, i) => value * input.vectors[i]!));
  assertAlmostEquals(words[1]!, sum(Float64Array.from(values!.subarray(5))), 1e-12);
});

Deno.test("integrated-gradients is gradient × input without biases", async () => {
  await fc.assert(
    fc.asyncProperty(drawnNetworks({ bias: 0 }), async ({ net, x }) => {
      const model = layeredModel(net);
      const input = vectorInput(x);
      const one = (await explain(integratedGradients, model, input, 1, { steps: 3 })).values!;
      const other = (await explain(gradientInput, model, input, 1)).values!;
      other.forEach((value, i) => assertAlmostEquals(one[i]!, value, 1e-10));
    }),
  );
});

Deno.test("integrated-gradients sums to the difference from the empty text, the nearer the more steps where they are all", async () => {
  const model = miniModel({ filters: 40 });
  const input = model.encode({
    text: "",
    tokens: "a b c d e f".split(" ").map((text) => ({ text, start: 0, end: 0 })),
  });
  const error = async (steps: number) => {
    const { words, expectedSum } = await explain(integratedGradients, model, input, 0, {
      steps,
      exact: false,
    });
    return Math.abs(sum(words) - expectedSum!);
  };
  assertLess(await error(5000), 1e-3);
  assertLess(await error(5000), await error(5));
});

Deno.test("smoothgrad without noise is sensitivity analysis", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [0, 1, 0, -1, 0]]);
  const one = await explain(smoothgrad, model, input, 1, { noise: 0 });
  const other = await explain(sa, model, input, 1);
  one.words.forEach((value, t) => assertAlmostEquals(value, other.words[t]!, 1e-10));
  one.values!.forEach((value, i) => assertAlmostEquals(value, other.values![i]!, 1e-10));
});

Deno.test("smoothgrad averages gradients over noise of the given size", async () => {
  // A score that is the sum of |x|: the mean gradient is 1 − 2·P(noise < −x), here of x = 1.
  const model = miniModel();
  const absolute = {
    ...model,
    classes: ["only"],
    scores: ({ vectors }: { vectors: Float64Array }) =>
      Float64Array.of(vectors.reduce((total, x) => total + Math.abs(x), 0)),
    gradient: ({ vectors }: { vectors: Float64Array }) => vectors.map(Math.sign),
    // deno-lint-ignore no-explicit-any
  } as any;
  const input = { length: 1, dimensions: 2, vectors: Float64Array.of(1, 0) };
  const options = { noise: 1, samples: 20_000, pooling: "l2" };
  const { values } = await explain(smoothgrad, absolute, input, 0, options);
  // P(normal < −1) = 0.158655…
  assertAlmostEquals(Math.sqrt(values![0]!), 1 - 2 * 0.158655, 0.02);
  assertAlmostEquals(Math.sqrt(values![1]!), 0, 0.02);
  // The range counts, not the largest number: from −3 to 0 the noise is three times as large.
  const below = { length: 1, dimensions: 2, vectors: Float64Array.of(-3, 0) };
  const other = (await explain(smoothgrad, absolute, below, 0, options)).values!;
  assertAlmostEquals(Math.sqrt(other[0]!), 1 - 2 * 0.158655, 0.02);
});

Deno.test("smoothgrad leaves deleted words deleted", async () => {
  const model = miniModel();
  const seen: Float64Array[] = [];
  const spied = {
    ...model,
    gradient(input: { vectors: Float64Array }, weights: Float64Array) {
      seen.push(input.vectors);
      return model.gradient(input as never, weights);
    },
  };
  const input = vectorInput([[1, 2, 3, 4, 5], [0, 0, 0, 0, 0], [0, 1, 0, -1, 0]]);
  await explain(smoothgrad, spied as never, input, 1, { samples: 3 });
  assertEquals(seen.length, 3);
  for (const vectors of seen) {
    assertEquals([...vectors.subarray(5, 10)], [0, 0, 0, 0, 0]);
    assertGreater(Math.abs(vectors[11]! - 1), 0);
  }
});
