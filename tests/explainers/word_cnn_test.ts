import { explain, listExplainers, type Target } from "@heatword/core";
import { wordCnnFromWeights } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { layeredModel, type Net, vectorInput } from "./_model.ts";

const flat = (rows: readonly number[][]) => rows.flat();

function wordCnn(net: Net, make: (values: number[]) => Float32Array | Float64Array) {
  return wordCnnFromWeights({
    convolutionWeights: make(flat(net.convW)),
    convolutionBias: make([...net.convB]),
    denseWeights: make(flat(net.fcW)),
    denseBias: make([...net.fcB]),
  });
}

const options: Record<string, Record<string, unknown>> = {
  lime: { samples: 50 },
  smoothgrad: { samples: 5 },
  "integrated-gradients": { steps: 10 },
  "sampled-shapley": { permutations: 3 },
};

for (const { name, tags } of listExplainers()) {
  // Whatever fast ways a word-CNN has, they must not show.
  Deno.test(`${name} explains a word-CNN as the same layers without fast paths`, async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnNetworks({ words: { min: 1, max: 7 } }),
        fc.constantFrom<Target>(1, { of: 0, against: 1 }),
        async ({ net, x }, target) => {
          const slow = layeredModel(net);
          const fast = wordCnn(net, Float64Array.from.bind(Float64Array));
          const given = vectorInput(x);
          const input = fast.inputFromVectors(given.vectors.slice());
          const expected = await explain(name, slow, given, target, options[name]);
          const actual = await explain(name, fast, input, target, options[name]);
          const scale = Math.max(1, ...expected.words.map(Math.abs));
          assertAlmostEquals(actual.score, expected.score, 1e-9);
          expected.words.forEach((value, t) =>
            assertLess(Math.abs(actual.words[t]! - value), 1e-8 * scale)
          );
          expected.values?.forEach((value, i) =>
            assertLess(Math.abs(actual.values![i]! - value), 1e-8 * scale)
          );
          assertEquals(actual.expectedSum === undefined, expected.expectedSum === undefined);
          assertAlmostEquals(actual.expectedSum ?? 0, expected.expectedSum ?? 0, 1e-9);
          assertEquals(actual.ledger?.length, expected.ledger?.length);
          expected.ledger?.forEach((entry, i) => {
            const own = actual.ledger![i]!;
            assertEquals([own.layer, own.rule], [entry.layer, entry.rule]);
            for (const field of ["received", "passed", "bias", "stabilizer"] as const) {
              assertLess(Math.abs(own[field] - entry[field]), 1e-8 * scale);
            }
          });
        },
      ),
      { numRuns: tags.stochastic ? 20 : 100 },
    );
  });
}

for (const name of ["lrp", "sa"]) {
  Deno.test(`${name} gives the same words with values or without, in float32 too`, async () => {
    await fc.assert(
      fc.asyncProperty(drawnNetworks({ words: { min: 1, max: 9 } }), async ({ net, x }) => {
        for (const make of [Float64Array, Float32Array]) {
          const model = wordCnn(net, make.from.bind(make));
          const input = model.inputFromVectors(make.from(vectorInput(x).vectors));
          const whole = (await explain(name, model, input, 0)).words;
          const brief = (await explain(name, model, input, 0, { detail: "words" })).words;
          const scale = Math.max(1, ...whole.map(Math.abs));
          const tolerance = make === Float64Array ? 1e-9 : 1e-4;
          whole.forEach((value, t) => assertLess(Math.abs(brief[t]! - value), tolerance * scale));
        }
      }),
    );
  });
}
