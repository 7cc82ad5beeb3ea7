// Integrated gradients: exact where the layers are linear between kinks, and held to sums of many
// thousand gradients; elsewhere within what the tag promises.
import {
  averageOverTime,
  averagePool1d,
  conv1d,
  dense,
  type DifferentiableModel,
  explain,
  flatten,
  type Layer,
  type LayeredModel,
  maxOverTime,
  maxPool1d,
  type Model,
  parallel,
  Random,
  relu,
  type RouteLayer,
  sigmoid,
  tanh,
} from "@heatword/core";
import { wordCnnFromWeights } from "@heatword/core/word-cnn";
import { networkModel } from "@heatword/explainers/check";
import { integratedGradients } from "@heatword/explainers/integrated-gradients";
import "@heatword/explainers/deeplift";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";

const f64 = (...values: number[]) => Float64Array.from(values);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

const modelOf = (layers: readonly Layer[], dimensions: number): LayeredModel =>
  networkModel({
    classes: ["up", "down"],
    layers,
    dimensions,
    minLength: 1,
    vectorOf: () => undefined,
  });

const inputOf = (vectors: Float64Array, dimensions: number) => ({
  length: vectors.length / dimensions,
  dimensions,
  vectors,
});

type Made = LayeredModel;

/** x · the mean of the gradient at the middles of many equal parts of the way. */
async function riemann(model: Made, x: Float64Array, dimensions: number, parts: number) {
  const mean = new Float64Array(x.length);
  for (let k = 0; k < parts; k++) {
    const point = inputOf(x.map((value) => value * (k + 0.5) / parts), dimensions);
    const gradient = await model.gradient(point, f64(1, 0));
    gradient.forEach((value, i) => mean[i]! += value / parts);
  }
  return mean.map((value, i) => value * x[i]!);
}

Deno.test("integrated-gradients is exact at a kink", async () => {
  // up = max(0, 10 · first − 8.92): 0 until 0.892 of the way, and 10 · (1 − 0.892) from there.
  const weights = {
    convolutionWeights: f64(10, 0),
    convolutionBias: f64(-8.92),
    denseWeights: f64(1, -1),
    denseBias: f64(0, 0),
  };
  const layered = modelOf([
    conv1d(weights.convolutionWeights, weights.convolutionBias, 2),
    maxOverTime(),
    relu(),
    dense(weights.denseWeights, weights.denseBias),
  ], 1);
  const wordCnn = wordCnnFromWeights(weights);
  const x = f64(1, 0.1);
  for (const [model, input] of [[layered, inputOf(x, 1)], [wordCnn, wordCnn.inputFromVectors(x)]]) {
    const { words, expectedSum } = await explain(
      integratedGradients,
      model as Model,
      input as never,
      0,
    );
    assertAlmostEquals(words[0]!, 1.08, 1e-12);
    assertEquals(words[1], 0);
    assertAlmostEquals(expectedSum!, 1.08, 1e-12);
    // Fifty points miss the kink.
    const fixed = await explain(integratedGradients, model as Model, input as never, 0, {
      exact: false,
    });
    assertLess(0.05, Math.abs(sum(fixed.words) - 1.08));
  }
});

/** Drawn networks that are linear between kinks, of many kinds. */
function drawn(seed: number): { layers: Layer[]; dimensions: number; x: Float64Array } {
  const random = new Random(seed);
  const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const dimensions = 1 + random.below(3);
  const length = 2 + random.below(6);
  const filters = 2 + random.below(3);
  const convolution = (from: number, width: number) =>
    conv1d(draw(width * from * filters), draw(filters), width, "convolution", {
      padding: "same",
      stride: 1 + random.below(2),
    });
  const kind = random.below(6);
  const start = [convolution(dimensions, 2), relu()];
  const deep = [...start, convolution(filters, 3), maxOverTime(), relu()];
  const layers: Layer[] = kind === 0
    ? [convolution(dimensions, 2), maxOverTime(), relu()]
    : kind === 1
    ? [...start, averageOverTime()]
    : kind === 2
    ? deep
    : kind === 3
    ? [...start, maxPool1d(2, { padding: "same" }), convolution(filters, 2), relu(), maxOverTime()]
    : kind === 4
    ? [parallel([deep, [convolution(dimensions, 3), maxOverTime()], [...start, averageOverTime()]])]
    : [
      ...start,
      averagePool1d(2, { stride: 1, padding: "same" }),
      maxOverTime(),
      dense(draw(filters * filters), draw(filters)),
      relu(),
    ];
  const width = kind === 4 ? 3 * filters : filters;
  layers.push(dense(draw(2 * width), draw(2)));
  return { layers, dimensions, x: draw(length * dimensions) };
}

Deno.test("integrated-gradients of networks that are linear between kinks is exact", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const { layers, dimensions, x } = drawn(seed);
      const model = modelOf(layers, dimensions);
      const { values, words, expectedSum } = await explain(
        integratedGradients,
        model,
        inputOf(x, dimensions),
        0,
      );
      assertAlmostEquals(sum(words), expectedSum!, 1e-9 * Math.max(1, Math.abs(expectedSum!)));
      const parts = 1500;
      const slow = await riemann(model, x, dimensions, parts);
      const scale = Math.max(1, ...slow.map(Math.abs));
      // Each kink spoils one of the parts.
      values!.forEach((value, i) => assertAlmostEquals(value, slow[i]!, 60 * scale / parts));
    }),
    { numRuns: 40 },
  );
});

Deno.test("integrated-gradients is the limit of sums of gradients", async () => {
  for (const seed of [3, 5]) {
    const { layers, dimensions, x } = drawn(seed);
    const model = modelOf(layers, dimensions);
    const { values } = await explain(integratedGradients, model, inputOf(x, dimensions), 0);
    const slow = await riemann(model, x, dimensions, 50_000);
    const scale = Math.max(1, ...slow.map(Math.abs));
    values!.forEach((value, i) => assertAlmostEquals(value, slow[i]!, 5e-4 * scale));
  }
});

Deno.test("integrated-gradients of a convolution, maximum, ReLU and dense layer is DeepLIFT", async () => {
  await fc.assert(fc.asyncProperty(fc.nat(), async (seed) => {
    const random = new Random(seed);
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
    const branch = (width: number) => [
      conv1d(draw(width * 2 * 4), draw(4), width),
      maxOverTime(),
      relu(),
    ];
    const model = modelOf(
      [parallel([branch(1), branch(2), branch(3)]), dense(draw(24), draw(2))],
      2,
    );
    const input = inputOf(draw(2 * (3 + random.below(6))), 2);
    const target = { of: 1, against: 0 };
    const one = (await explain(integratedGradients, model, input, target)).values!;
    const other = (await explain("deeplift", model, input, target)).values!;
    one.forEach((value, i) => assertAlmostEquals(value, other[i]!, 1e-9));
  }));
});

/** What shows no layers. */
function withoutLayers(model: LayeredModel): DifferentiableModel & Model {
  const { layers: _, layerInput: __, ...rest } = model;
  return rest as unknown as DifferentiableModel & Model;
}

const minOverTime = (): RouteLayer => {
  const max = maxOverTime("min");
  const turned = ({ shape, data }: { shape: readonly number[]; data: Float64Array }) => ({
    shape,
    data: data.map((value) => -value),
  });
  return {
    ...max,
    sources: (input) => max.sources(turned(input as never)),
    forward: (input) => turned(max.forward(turned(input as never)) as never),
    backward: (input, gradient) => max.backward(turned(input as never), gradient),
  };
};

Deno.test("integrated-gradients keeps within 1 % where it cannot be exact", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom("sigmoid", "tanh", "gradients", "min"),
      async (seed, kind) => {
        const random = new Random(seed);
        const draw = (count: number, scale = 1) =>
          Float64Array.from({ length: count }, () => scale * random.normal());
        const bend = kind === "sigmoid" ? [sigmoid()] : kind === "tanh" ? [tanh()] : [];
        const model = modelOf([
          conv1d(draw(2 * 2 * 6, 3), draw(6, 3), 2),
          relu(),
          ...bend,
          ...(kind === "min"
            ? [conv1d(draw(2 * 6 * 6), draw(6), 2), minOverTime()]
            : [maxOverTime()]),
          dense(draw(12, 5), draw(2)),
        ], 2);
        const shown: Model = kind === "gradients" ? withoutLayers(model) : model;
        const input = inputOf(draw(20), 2);
        const { words, expectedSum } = await explain(integratedGradients, shown, input, 0, {
          steps: 4,
        });
        const allowed = integratedGradients.tags.conservationTolerance! *
          Math.max(1, Math.abs(expectedSum!));
        assertLess(Math.abs(sum(words) - expectedSum!), allowed + 1e-12);
      },
    ),
  );
  assertEquals(integratedGradients.tags.conservationTolerance, 0.01);
});

Deno.test("integrated-gradients goes by quadrature where there are more kinks than it is worth", async () => {
  // 60 units a word and as many again behind them, on a text of 60 words.
  const random = new Random(1);
  const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal() / 9);
  const model = modelOf([
    conv1d(draw(3 * 60), draw(60), 1),
    relu(),
    conv1d(draw(60 * 60), draw(60), 1),
    relu(),
    flatten(),
    dense(draw(60 * 60 * 2), draw(2)),
  ], 3);
  const { words, expectedSum } = await explain(
    integratedGradients,
    model,
    inputOf(draw(180), 3),
    0,
    { steps: 10 },
  );
  assertLess(Math.abs(sum(words) - expectedSum!), 0.01 * Math.max(1, Math.abs(expectedSum!)));
});
