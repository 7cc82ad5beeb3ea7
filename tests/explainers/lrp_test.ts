import {
  averageOverTime,
  conv1d,
  dense,
  explain,
  explainAll,
  maxOverTime,
  relu,
  type Target,
  targetWeights,
} from "@heatword/core";
import { miniModel, networkModel } from "@heatword/explainers/check";
import { gradientInput } from "@heatword/explainers/gradient-input";
import { composites, lrp } from "@heatword/explainers/lrp";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { layeredModel, vectorInput } from "./_model.ts";
import { assertSlow, slowComposites, slowWordCnn } from "./_slow_lrp.ts";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

Deno.test("lrp has a slow reference for every composite", () => {
  assertEquals(Object.keys(slowComposites).sort(), Object.keys(composites).sort());
});

for (const [composite, rules] of Object.entries(slowComposites)) {
  Deno.test(`lrp equals the definition: composite ${composite}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnNetworks(),
        fc.constantFrom("share", "absorb", "ignore"),
        fc.constantFrom<Target>(0, 1, { of: 1, against: 0 }),
        async ({ net, x }, bias, target) => {
          const weights = [...targetWeights(target, net.fcB.length)];
          const slow = slowWordCnn(net, x, weights, rules, bias as "share");
          const model = layeredModel(net);
          const found = await explain(lrp, model, vectorInput(x), target, { composite, bias });
          assertSlow(found, slow, 1e-8);
        },
      ),
      { numRuns: 100 },
    );
  });
}

Deno.test("lrp conserves the score, in words, values and ledger", async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnNetworks({ words: { min: 1, max: 6 }, bias: 3 }),
      fc.constantFrom("epsilon", "epsilon-plus", "epsilon-gamma-flat", "flat", "w-square"),
      async ({ net, x }, composite) => {
        const relevance = await explain(lrp, layeredModel(net), vectorInput(x), 1, { composite });
        const scale = Math.max(1, ...relevance.words.map(Math.abs));
        assertEquals(relevance.expectedSum, relevance.score);
        assertAlmostEquals(sum(relevance.words), relevance.score, 1e-10 * scale);
        const ledger = relevance.ledger!;
        assertEquals(ledger.length, 4);
        assertAlmostEquals(ledger[0]!.received, relevance.score, 1e-10);
        assertAlmostEquals(ledger[3]!.passed, sum(relevance.words), 1e-10 * scale);
        ledger.forEach(({ received, passed }, i) => {
          assertAlmostEquals(received, passed, 1e-10 * scale);
          if (i > 0) assertAlmostEquals(received, ledger[i - 1]!.passed, 1e-10 * scale);
        });
      },
    ),
  );
});

Deno.test("lrp's ledger tells what biases and stabiliser absorb", async () => {
  const model = miniModel();
  const input = model.withoutWords(
    { length: 3, dimensions: 5, vectors: Float64Array.from({ length: 15 }, (_, i) => Math.cos(i)) },
    [2],
  );
  const relevance = await explain(lrp, model, input, 0, { bias: "absorb" });
  assertEquals(relevance.expectedSum, undefined);
  const [top, , , bottom] = relevance.ledger!;
  assertEquals([top!.layer, top!.rule, bottom!.layer], ["dense", "epsilon", "convolution"]);
  for (const { received, passed, bias, stabilizer } of relevance.ledger!) {
    assertAlmostEquals(received - bias - stabilizer, passed, 1e-12);
  }
  const lost = relevance.ledger!.reduce((all, { bias, stabilizer }) => all + bias + stabilizer, 0);
  assertGreater(Math.abs(lost), 1e-3);
  assertAlmostEquals(sum(relevance.words), relevance.score - lost, 1e-12);
});

Deno.test("lrp without stabiliser and biases is gradient × input", async () => {
  await fc.assert(
    fc.asyncProperty(drawnNetworks({ bias: 0 }), async ({ net, x }) => {
      const model = layeredModel(net);
      const input = vectorInput(x);
      const one = (await explain(lrp, model, input, 1, { epsilon: 0, bias: "absorb" })).values!;
      const other = (await explain(gradientInput, model, input, 1)).values!;
      const scale = Math.max(1, ...other.map(Math.abs));
      other.forEach((value, i) => assertLess(Math.abs(one[i]! - value), 1e-9 * scale));
    }),
  );
});

Deno.test("lrp gives a filter that is zero everywhere to its largest pre-activation", async () => {
  // One filter on one number a word; its values are −3, −1, −2 at the three positions.
  const model = networkModel({
    classes: ["only"],
    layers: [
      conv1d(Float64Array.of(1, 0), Float64Array.of(-4), 2),
      maxOverTime(),
      relu(),
      dense(Float64Array.of(2), Float64Array.of(1)),
    ],
    dimensions: 1,
    minLength: 2,
    vectorOf: () => undefined,
  });
  const input = { length: 4, dimensions: 1, vectors: Float64Array.of(1, 3, 2, 5) };
  const { words } = await explain(lrp, model, input, 0);
  assertEquals([words[0], words[3]], [0, 0]);
  assertAlmostEquals(words[1]! + words[2]!, 1, 1e-12);
});

Deno.test("lrp explains several targets as it explains each", async () => {
  const model = miniModel({ classes: 5 });
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, -1, 1, -1, 1]]);
  const targets: Target[] = [0, 4, { of: 2, against: 3 }];
  const together = await explainAll(lrp, model, input, targets);
  assertEquals(
    together,
    await Promise.all(targets.map(async (target) => await explain(lrp, model, input, target))),
  );
});

Deno.test("lrp takes a contrast as the difference of its classes", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]);
  const [one, other] = await Promise.all(
    [2, 0].map(async (target) => await explain(lrp, model, input, target)),
  );
  const contrast = await explain(lrp, model, input, { of: 2, against: 0 });
  assertAlmostEquals(contrast.score, one!.score - other!.score, 1e-12);
  contrast.words.forEach((value, t) =>
    assertAlmostEquals(value, one!.words[t]! - other!.words[t]!, 1e-12)
  );
});

Deno.test("lrp gives words alone when asked to", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]);
  const whole = await explain(lrp, model, input, 0);
  const brief = await explain(lrp, model, input, 0, { detail: "words" });
  assertEquals(brief.words, whole.words);
  assertEquals([brief.values, brief.dimensions], [undefined, undefined]);
});

Deno.test("lrp gives numbers of the model's precision, and sums words in float64", async () => {
  const model = miniModel();
  const vectors = Float32Array.from({ length: 10 }, (_, i) => Math.sin(i));
  const input = { length: 2, dimensions: 5, vectors };
  const { values, words } = await explain(lrp, model, input, 0);
  assert(values instanceof Float32Array && words instanceof Float64Array);
});

Deno.test("lrp says which option is wrong and what it takes", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5]]);
  const run = (options: Record<string, unknown>) => async () =>
    await explain(lrp, model, input, 0, options);
  await assertRejects(
    run({ epsilon: -1 }),
    RangeError,
    '"epsilon" takes a number of at least 0, not "-1"',
  );
  await assertRejects(run({ alpha: 0.5 }), RangeError, '"alpha"');
  await assertRejects(run({ composite: "epsilon-plux" }), TypeError, '"composite" takes one of');
  await assertRejects(run({ epsilom: 1 }), RangeError, 'did you mean "epsilon"');
});

Deno.test("lrp takes average pooling by the ε-rule, of 0 with the composite zero", async () => {
  const model = networkModel({
    classes: ["only"],
    layers: [averageOverTime(), dense(Float64Array.of(1), Float64Array.of(0))],
    dimensions: 1,
    minLength: 1,
    vectorOf: () => undefined,
  });
  const input = { length: 2, dimensions: 1, vectors: Float64Array.of(1, 3) };
  const words = async (options: Record<string, unknown>) => [
    ...(await explain(lrp, model, input, 0, { bias: "absorb", ...options })).words,
  ];
  // Halves of 1 and of 3, over their sum of 2 and the stabiliser, times what the dense layer gave.
  assertEquals(await words({ composite: "zero" }), [0.5, 1.5]);
  const passed = 2 * 2 / 2.5;
  for (const composite of ["epsilon", "epsilon-plus"]) {
    const dense = composite === "epsilon" ? passed : 2;
    (await words({ composite, epsilon: 0.5 })).forEach((value, t) =>
      assertAlmostEquals(value, dense * [0.5, 1.5][t]! / 2.5, 1e-12)
    );
  }
});
