import { drawToySequences, measureToy, toyModel, trainToy } from "@heatword/eval/toy-task";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { networkOf, readFixture } from "../explainers/_recurrent_fixtures.ts";
import { lacksFixtures, testWith } from "../_skip.ts";

Deno.test("sequences of the toy task hold two numbers that count, and others", () => {
  const sequences = drawToySequences(200, 1);
  const lengths = new Set(sequences.map(({ length }) => length));
  assertEquals([...lengths].sort((a, b) => a - b), [4, 5, 6, 7, 8, 9, 10]);
  for (const { length, vectors, a, b } of sequences) {
    assert(a !== b);
    for (let t = 0; t < length; t++) {
      const filled = [0, 1, 2].filter((d) => vectors[3 * t + d] !== 0);
      assertEquals(filled, [t === a ? 1 : t === b ? 2 : 0]);
    }
  }
});

Deno.test("relevance finds what numbers contribute where gates get nothing, and not where they do", async () => {
  const { parameters, error } = trainToy("add", drawToySequences(80, 102), 2);
  assertLess(error, 1e-4);
  assertEquals(trainToy("add", drawToySequences(80, 102), 2).parameters, parameters);
  const model = toyModel(parameters);
  const sequences = drawToySequences(120, 5);
  let squares = 0;
  for (const { length, vectors, a, b } of sequences) {
    const [score] = await model.scores({ length, dimensions: 3, vectors });
    squares += (score! - (vectors[3 * a + 1]! + vectors[3 * b + 2]!) / 2) ** 2;
  }
  assertLess(squares / sequences.length, 1e-3);
  const measure = (gates: string) =>
    measureToy(model, sequences, "add", "lrp", { gates, epsilon: 0.001 });
  const all = await measure("all");
  assertGreater(Math.min(all.correlationA, all.correlationB), 0.97);
  assertLess(all.squaresElsewhere, 0.01);
  for (const gates of ["half", "prop", "abs"]) {
    const { correlationA, correlationB } = await measure(gates);
    assertLess(Math.max(correlationA, correlationB), 0.8, gates);
  }
  const lifted = await measureToy(model, sequences, "add", "deeplift");
  assertGreater(Math.min(lifted.correlationA, lifted.correlationB), 0.98);
});

for (const operation of ["add", "subtract"] as const) {
  const lacks = lacksFixtures(`recurrent/toy_${operation}.json`);
  testWith(
    lacks,
    `the statistics of the toy task are those of other programs: ${operation}`,
    async () => {
      const json = readFixture(`toy_${operation}.json`);
      const { seed, sequences: count } = json.test;
      const sequences = drawToySequences(count, seed);
      const { model } = networkOf(json, json.sequences[0].x);
      assertEquals([...sequences[0]!.vectors], json.sequences[0].x.flat());
      const { lrp } = json.statistics;
      const cases: [string, object, typeof lrp, number][] = [
        ["lrp", { epsilon: 0.001, gates: "all" }, lrp.share["0.001"].all, 1e-9],
        ["lrp", { epsilon: 0.001, gates: "all", bias: "absorb" }, lrp.absorb["0.001"].all, 1e-9],
        ["lrp", { epsilon: 0.001, gates: "prop", bias: "absorb" }, lrp.absorb["0.001"].prop, 1e-6],
        ["gradient-input", {}, json.statistics.gradient_x_input, 1e-9],
      ];
      for (const [explainer, options, expected, tolerance] of cases) {
        const found = await measureToy(model, sequences, operation, explainer, { ...options });
        const what = `${explainer} ${JSON.stringify(options)}`;
        assertAlmostEquals(found.correlationA, expected.correlation_a, tolerance, what);
        assertAlmostEquals(found.correlationB, expected.correlation_b, tolerance, what);
        const { squares_elsewhere: elsewhere = found.squaresElsewhere } = expected;
        assertAlmostEquals(found.squaresElsewhere, elsewhere, tolerance, what);
      }
      // What the gates keep from signals is what makes the difference.
      assertGreater(lrp.absorb["0.001"].all.correlation_a, 0.98);
      assertLess(lrp.absorb["0.001"].prop.correlation_a, 0.2);
    },
  );
}
