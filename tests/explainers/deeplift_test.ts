import {
  activations,
  conv1d,
  dense,
  explain,
  type Layer,
  maxOverTime,
  relu,
  type Target,
} from "@heatword/core";
import { wordCnnFromWeights } from "@heatword/core/word-cnn";
import { networkModel } from "@heatword/explainers/check";
import { deeplift } from "@heatword/explainers/deeplift";
import { gradientInput } from "@heatword/explainers/gradient-input";
import { assertAlmostEquals, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { layeredModel, type Net, vectorInput } from "./_model.ts";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const flat = (rows: number[][]) => Float64Array.from(rows.flat());

function modelOf(net: Net, between: readonly Layer[]) {
  return networkModel({
    classes: net.fcB.map((_, c) => `class ${c}`),
    layers: [
      conv1d(flat(net.convW), Float64Array.from(net.convB), 2),
      ...between,
      dense(flat(net.fcW), Float64Array.from(net.fcB)),
    ],
    dimensions: net.convW.length / 2,
    minLength: 2,
    vectorOf: () => undefined,
  });
}

/** Adds a number that depends on the position, so that the empty text's windows have a winner. */
const slope: Layer = {
  name: "slope",
  relevance: "identity",
  forward: ({ shape, data }) => ({
    shape,
    data: data.map((value, i) => value + Math.sin(3 * Math.floor(i / shape[1]!))),
  }),
  backward: (_, gradient) => gradient,
};

const networks: Record<string, readonly Layer[]> = {
  "max before ReLU": [maxOverTime(), relu()],
  "ReLU before max": [relu(), maxOverTime()],
  "winners that differ": [slope, maxOverTime(), relu()],
  "winners that differ after ReLU": [slope, relu(), maxOverTime()],
};

for (const [name, between] of Object.entries(networks)) {
  Deno.test(`deeplift sums to the difference from the empty text exactly: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnNetworks({ bias: 1 }),
        fc.constantFrom<Target>(0, { of: 1, against: 0 }),
        async ({ net, x }, target) => {
          const model = modelOf(net, between);
          const { words, expectedSum } = await explain(deeplift, model, vectorInput(x), target);
          assertAlmostEquals(sum(words), expectedSum!, 1e-9 * Math.max(1, Math.abs(expectedSum!)));
        },
      ),
      { numRuns: 300 },
    );
  });
}

Deno.test("deeplift gives a fall at max-pooling to the winner of the reference", async () => {
  // One number a word, one filter of width 1 that passes it on; the reference wins at position 1.
  const offset: Layer = {
    ...slope,
    forward: ({ shape, data }) => ({ shape, data: data.map((value, i) => value + i % 2) }),
  };
  const model = networkModel({
    classes: ["only"],
    layers: [
      conv1d(Float64Array.of(1), Float64Array.of(0), 1),
      offset,
      maxOverTime(),
      dense(Float64Array.of(1), Float64Array.of(0)),
    ],
    dimensions: 1,
    minLength: 1,
    vectorOf: () => undefined,
  });
  const run = async (first: number, second: number) => {
    const { words } = await explain(deeplift, model, vectorInput([[first], [second]]), 0);
    return [...words].map((value) => Number(value.toFixed(12)));
  };
  // The reference's values are 0 and 1, its maximum is 1.
  assertEquals(await run(3, 0), [2, 0]);
  assertEquals(await run(-1, -0.5), [0, -0.5]);
  assertEquals(await run(0.8, -4), [0, -0.2]);
});

Deno.test("deeplift is a chain of rescaled differences where one position wins", async () => {
  await fc.assert(
    fc.asyncProperty(drawnNetworks({ words: { min: 2, max: 2 } }), async ({ net, x }) => {
      const model = layeredModel(net);
      const input = vectorInput(x);
      const { values } = await explain(deeplift, model, input, 1);
      const z = activations(model.layers, model.layerInput(input))[1]!.data;
      const row = x.flat();
      row.forEach((xi, i) => {
        const multiplier = net.convB.reduce((total, b, f) => {
          const rescale = z[f] === b ? 0 : (Math.max(0, z[f]!) - Math.max(0, b)) / (z[f]! - b);
          return total + net.fcW[f]![1]! * rescale * net.convW[i]![f]!;
        }, 0);
        assertLess(Math.abs(values![i]! - multiplier * xi), 1e-9);
      });
    }),
  );
});

Deno.test("deeplift is gradient × input without biases", async () => {
  await fc.assert(
    fc.asyncProperty(drawnNetworks({ bias: 0 }), async ({ net, x }) => {
      const model = layeredModel(net);
      const one = (await explain(deeplift, model, vectorInput(x), 1)).values!;
      const other = (await explain(gradientInput, model, vectorInput(x), 1)).values!;
      // A filter that is below zero everywhere falls from 0 to 0, as its gradient says.
      other.forEach((value, i) => assertAlmostEquals(one[i]!, value, 1e-9));
    }),
  );
});

Deno.test("deeplift differs from gradient × input with biases", async () => {
  const net = { convW: [[1], [1]], convB: [1], fcW: [[1]], fcB: [0] };
  const model = layeredModel(net);
  const input = vectorInput([[-1], [-2]]);
  // The filter falls from 1 to −2, its output from 1 to 0: a third of each contribution counts.
  assertEquals([...(await explain(deeplift, model, input, 0)).words], [-1 / 3, -2 / 3]);
  assertNotEquals([...(await explain(gradientInput, model, input, 0)).words], [-1 / 3, -2 / 3]);
});

Deno.test("deeplift gives a filter that falls everywhere to the input's winner, which ties in the reference", async () => {
  const net = { convW: [[1], [1]], convB: [3], fcW: [[1]], fcB: [0] };
  // Windows of 0, 0.5 and 2.25; of the empty text all are 3.
  const input = vectorInput([[-1], [-2], [-0.5], [-0.25]]);
  const { words } = await explain(deeplift, layeredModel(net), input, 0);
  assertEquals([...words], [0, 0, -0.5, -0.25]);
});

Deno.test("deeplift hands on the derivative where a unit is as it is for the empty text", async () => {
  // Two words cancel in the only filter: z = 2 − 2 + b, as without words.
  const net: Net = { convW: [[1], [-1]], convB: [0.5], fcW: [[3, -1]], fcB: [0, 0] };
  const x = [[2], [2]];
  const wordCnn = wordCnnFromWeights({
    convolutionWeights: flat(net.convW),
    convolutionBias: Float64Array.from(net.convB),
    denseWeights: flat(net.fcW),
    denseBias: Float64Array.from(net.fcB),
  });
  const results = [
    await explain(deeplift, layeredModel(net), vectorInput(x), 0),
    await explain(deeplift, modelOf(net, [relu(), maxOverTime()]), vectorInput(x), 0),
    await explain(deeplift, wordCnn, wordCnn.inputFromVectors(flat(x)), 0),
  ];
  for (const { words, expectedSum } of results) {
    assertEquals([...words], [6, -6]);
    assertEquals(expectedSum, 0);
  }
  // Where the unit is off, nothing passes.
  const off = layeredModel({ ...net, convB: [-0.5] });
  assertEquals([...(await explain(deeplift, off, vectorInput(x), 0)).words].map(Math.abs), [0, 0]);
});
