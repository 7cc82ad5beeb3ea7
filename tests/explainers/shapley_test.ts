import {
  conv1d,
  defineModel,
  dense,
  explain,
  explainAll,
  flatten,
  type Layer,
  maxOverTime,
  relu,
  type Target,
  targetScore,
  type VectorInput,
} from "@heatword/core";
import { gaussLegendre } from "@heatword/explainers";
import { miniModel, networkModel } from "@heatword/explainers/check";
import { shapley } from "@heatword/explainers/shapley";
import { assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { bruteForceShapley } from "./_black_box.ts";
import { layeredModel, type Net, vectorInput } from "./_model.ts";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

/** The score of some words by plain loops over the weights. */
function slowScore({ convW, convB, fcW, fcB }: Net, x: number[][], weights: number[]): number {
  const dimensions = x[0]!.length;
  const hidden = convB.map((b, f) => {
    let max = 0;
    for (let t = 0; t + 1 < x.length; t++) {
      let z = b;
      for (let d = 0; d < dimensions; d++) {
        z += x[t]![d]! * convW[d]![f]! + x[t + 1]![d]! * convW[dimensions + d]![f]!;
      }
      max = Math.max(max, z);
    }
    return max;
  });
  return fcB.reduce((total, b, c) => {
    const score = hidden.reduce((z, h, f) => z + h * fcW[f]![c]!, b);
    return total + weights[c]! * score;
  }, 0);
}

function bruteForce(net: Net, x: number[][], weights: number[]): number[] {
  return bruteForceShapley(
    x.length,
    (present) => slowScore(net, x.map((row, t) => present[t] ? row : row.map(() => 0)), weights),
  );
}

async function checkAgainstBruteForce(
  words: { min: number; max: number },
  bias: number,
  runs: number,
) {
  await fc.assert(
    fc.asyncProperty(drawnNetworks({ words, bias }), fc.boolean(), async ({ net, x }, contrast) => {
      const weights = net.fcB.map((_, c) => c === 1 ? 1 : c === 0 && contrast ? -1 : 0);
      const target: Target = contrast ? { of: 1, against: 0 } : 1;
      const expected = bruteForce(net, x, weights);
      const { words } = await explain(shapley, layeredModel(net), vectorInput(x), target);
      expected.forEach((value, t) => assertLess(Math.abs(words[t]! - value), 1e-9));
    }),
    { numRuns: runs },
  );
}

Deno.test("shapley equals brute force over all subsets of few words", async () => {
  await checkAgainstBruteForce({ min: 2, max: 6 }, 0.5, 300);
});

Deno.test("shapley equals brute force with large biases of either sign", async () => {
  await checkAgainstBruteForce({ min: 2, max: 5 }, 5, 200);
  await checkAgainstBruteForce({ min: 2, max: 5 }, 0, 100);
});

Deno.test("shapley equals brute force over all subsets of eleven words", async () => {
  await checkAgainstBruteForce({ min: 11, max: 11 }, 0.5, 10);
});

/** Shapley values of one filter by a forward and a backward pass for each threshold and node. */
function plainFilter(b: number, first: number[], second: number[]): number[] {
  const length = first.length;
  const value = (t: number, left: number, right: number) =>
    b + left * first[t]! + right * second[t + 1]!;
  const thresholds = [...Array(length - 1).keys()]
    .flatMap((t) => [value(t, 0, 0), value(t, 0, 1), value(t, 1, 0), value(t, 1, 1)])
    .filter((v) => v > 0).sort((one, other) => one - other);
  const { nodes, weights } = gaussLegendre(Math.ceil(length / 2));
  const phi = new Array<number>(length).fill(0);
  nodes.forEach((p, k) => {
    const chance = [1 - p, p];
    let below = 0;
    for (const threshold of thresholds) {
      const allowed = (t: number, left: number, right: number) =>
        value(t, left, right) > below ? 0 : 1;
      // ahead[t][s]: the chance that windows before t are allowed with word t in state s (without
      // the chance of s itself); behind[t][s] likewise for the windows from t on.
      const ahead = [[1, 1]];
      const behind: number[][] = [];
      behind[length - 1] = [1, 1];
      for (let t = 1; t < length; t++) {
        ahead[t] = [0, 1].map((s) =>
          [0, 1].reduce((z, r) => z + ahead[t - 1]![r]! * chance[r]! * allowed(t - 1, r, s), 0)
        );
      }
      for (let t = length - 2; t >= 0; t--) {
        behind[t] = [0, 1].map((s) =>
          [0, 1].reduce((z, r) => z + behind[t + 1]![r]! * chance[r]! * allowed(t, s, r), 0)
        );
      }
      for (let t = 0; t < length; t++) {
        const given = (s: number) => ahead[t]![s]! * behind[t]![s]!;
        phi[t]! += weights[k]! * (threshold - below) * (given(0) - given(1));
      }
      below = threshold;
    }
  });
  return phi;
}

/** Above 77 words there are fewer nodes than a polynomial of their number needs in general. */
const lengths = [[40, 5], [100, 1]] as const;

for (const [length, numRuns] of lengths) {
  Deno.test(`shapley equals a plain forward-backward computation for ${length} words`, async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnNetworks({ words: { min: length, max: length } }),
        async ({ net, x }) => {
          const dimensions = x[0]!.length;
          const expected = new Array<number>(x.length).fill(0);
          net.convB.forEach((b, f) => {
            const part = (row: number[], k: number) =>
              row.reduce((z, value, d) => z + value * net.convW[k * dimensions + d]![f]!, 0);
            const phi = plainFilter(b, x.map((row) => part(row, 0)), x.map((row) => part(row, 1)));
            phi.forEach((value, t) => expected[t]! += value * net.fcW[f]![1]!);
          });
          const { words } = await explain(shapley, layeredModel(net), vectorInput(x), 1);
          expected.forEach((value, t) => assertLess(Math.abs(words[t]! - value), 1e-9));
        },
      ),
      { numRuns },
    );
  });
}

Deno.test("shapley of a long text sums to the difference from the empty text", async () => {
  const model = miniModel({ filters: 30 });
  for (const length of [1, 2, 100, 400]) {
    const input = model.encode({
      text: "",
      tokens: Array.from({ length }, (_, i) => ({ text: `word${i}`, start: 0, end: 0 })),
    });
    const { words, expectedSum, score } = await explain(shapley, model, input, 1);
    const empty = model.scores(model.withoutWords(input, [...words.keys()]));
    assertAlmostEquals(expectedSum!, score - targetScore(1, empty), 1e-12);
    assertAlmostEquals(sum(words), expectedSum!, 1e-9);
  }
});

Deno.test("shapley gives equal words at mirrored places equal values", async () => {
  const net = { convW: [[0.5], [0.5]], convB: [0.1], fcW: [[1]], fcB: [0] };
  const input = vectorInput([[1], [2], [3], [2], [1]]);
  const { words } = await explain(shapley, layeredModel(net), input, 0);
  assertAlmostEquals(words[0]!, words[4]!, 1e-12);
  assertAlmostEquals(words[1]!, words[3]!, 1e-12);
});

Deno.test("shapley explains several targets as it explains each", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [0, 1, 0, -1, 0]]);
  const targets: Target[] = [0, 2, { of: 1, against: 0 }];
  const together = await explainAll(shapley, model, input, targets);
  assertEquals(together.length, targets.length);
  for (const [k, target] of targets.entries()) {
    const alone = await explain(shapley, model, input, target);
    alone.words.forEach((value, t) => assertAlmostEquals(together[k]!.words[t]!, value, 1e-13));
  }
});

Deno.test("shapley computes in float64 from float32 vectors too", async () => {
  const model = miniModel();
  const vectors = Float32Array.from({ length: 15 }, (_, i) => Math.sin(i));
  const single = (await explain(shapley, model, vectorInput([], 5), 0)).words;
  assertEquals([...single], [0, 0]);
  const input = { length: 3, dimensions: 5, vectors };
  const { words, expectedSum } = await explain(shapley, model, input, 0);
  assertAlmostEquals(sum(words), expectedSum!, 1e-12);
});

Deno.test("shapley says which structure it needs", async () => {
  const filters = 3;
  const weights = (count: number) => Float64Array.from({ length: count }, (_, i) => Math.sin(i));
  const build = (width: number, between: readonly Layer[]) =>
    networkModel({
      classes: ["a", "b"],
      layers: [
        conv1d(weights(width * 2 * filters), weights(filters), width),
        ...between,
        dense(weights(filters * 2), weights(2)),
      ],
      dimensions: 2,
      minLength: 3,
      vectorOf: () => undefined,
    });
  // One word more than are enumerated.
  const input = { length: 13, dimensions: 2, vectors: weights(26) };
  const run = (width: number, between: readonly Layer[]) => async () =>
    await explain(shapley, build(width, between), input, 0);
  const softsign: Layer = {
    name: "softsign",
    relevance: "identity",
    forward: ({ shape, data }) => ({ shape, data: data.map((z) => z / (1 + Math.abs(z))) }),
    backward: (_, gradient) => gradient,
  };
  await run(2, [maxOverTime(), relu()])();
  await run(2, [relu(), maxOverTime()])();
  await run(3, [maxOverTime(), relu()])();
  for (
    const between of [[maxOverTime()], [relu()], [maxOverTime(), softsign], [flatten(), relu()]]
  ) {
    const names = between.map(({ name }) => name).join(", ");
    await assertRejects(
      run(2, between),
      TypeError,
      "max over time, ReLU and one dense layer, or a text of at most 12 words, but the layers are " +
        `convolution, ${names}, dense; ` +
        '"sampled-shapley" takes any model',
    );
  }
  const other = build(2, [maxOverTime(), relu()]);
  const withoutWords = (given: VectorInput, positions: Iterable<number>) => {
    const vectors = given.vectors.slice();
    for (const t of positions) vectors.fill(9, 2 * t, 2 * t + 2);
    return { ...given, vectors };
  };
  const overwriting = defineModel({
    ...other,
    withoutWords,
    score: (given: VectorInput) => other.scores(given),
  });
  await assertRejects(
    async () => await explain(shapley, overwriting, input, 0),
    TypeError,
    "deletes words in another way",
  );
});
