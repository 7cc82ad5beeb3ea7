import { type Coalitions, explain, explainAll, type Target } from "@heatword/core";
import { miniModel } from "@heatword/explainers/check";
import { kernelShap } from "@heatword/explainers/kernel-shap";
import { lime } from "@heatword/explainers/lime";
import { occlusion } from "@heatword/explainers/occlusion";
import { random } from "@heatword/explainers/random";
import { sampledShapley } from "@heatword/explainers/sampled-shapley";
import { shapley } from "@heatword/explainers/shapley";
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { additiveModel, bruteForceShapley, subsetModel } from "./_black_box.ts";
import { layeredModel, vectorInput } from "./_model.ts";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const estimators = [kernelShap, sampledShapley];

/** A text of different words. */
function textOf(length: number) {
  const model = miniModel({ filters: 30 });
  const tokens = Array.from({ length }, (_, i) => ({ text: `word${i}`, start: 0, end: 0 }));
  return { model, input: model.encode({ text: "", tokens }) };
}

Deno.test("occlusion is the score less the score without the word", async () => {
  await fc.assert(
    fc.asyncProperty(drawnNetworks(), async ({ net, x }) => {
      const model = layeredModel(net);
      const input = vectorInput(x);
      const { words } = await explain(occlusion, model, input, 1);
      const whole = await model.scores(input);
      for (const [t, value] of words.entries()) {
        const without = await model.scores(model.withoutWords(input, [t]));
        assertAlmostEquals(value, whole[1]! - without[1]!, 1e-12);
      }
    }),
  );
});

Deno.test("occlusion asks for the scores once for each word that is there", async () => {
  const { model, input } = textOf(20);
  let asked = 0;
  const counting: typeof model = {
    ...model,
    scores(given, coalitions?: Coalitions) {
      asked += coalitions?.size ?? 1;
      return model.scores(given, coalitions);
    },
  };
  const some = model.withoutWords(input, [3, 4]);
  await explainAll(occlusion, counting, some, [0, 1, { of: 1, against: 2 }]);
  assertEquals(asked, 1 + 18);
});

for (const method of [lime, kernelShap, sampledShapley, occlusion]) {
  Deno.test(`${method.name} finds the numbers of an additive model`, async () => {
    const coefficients = [1, -2, 0.5, 0, 3, -0.25, 0.75, 1.5];
    const { model, input } = additiveModel(coefficients);
    const options = method === lime ? { ridge: 1e-9 } : {};
    const { words, standardErrors } = await explain(method, model, input, 0, options);
    coefficients.forEach((value, t) => assertAlmostEquals(words[t]!, value, 1e-6));
    for (const error of standardErrors ?? []) assertLess(error, 1e-6);
  });
}

for (const method of estimators) {
  Deno.test(`${method.name} sums to the difference from the empty text`, async () => {
    await fc.assert(
      fc.asyncProperty(drawnNetworks({ words: { min: 1, max: 8 } }), async ({ net, x }) => {
        const { words, expectedSum } = await explain(method, layeredModel(net), vectorInput(x), {
          of: 1,
          against: 0,
        });
        assertAlmostEquals(sum(words), expectedSum!, 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  Deno.test(`${method.name} comes near exact Shapley values, as near as its errors say`, async () => {
    const { model, input } = textOf(16);
    const exact = (await explain(shapley, model, input, 1)).words;
    const options = method === kernelShap ? { samples: 1000 } : {};
    const squares: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const { words, standardErrors } = await explain(method, model, input, 1, {
        ...options,
        seed,
      });
      exact.forEach((value, t) => {
        if (standardErrors![t]! > 1e-9) {
          squares.push(((words[t]! - value) / standardErrors![t]!) ** 2);
        }
      });
    }
    const mean = squares.reduce((total, value) => total + value, 0) / squares.length;
    assertGreater(squares.length, 300);
    // Of errors of the right size the mean square is 1.
    assertGreater(mean, 0.7);
    assertLess(mean, 1.4);
  });

  Deno.test(`${method.name} has smaller errors with more samples`, async () => {
    const { model, input } = textOf(16);
    const [few, many] = method === kernelShap
      ? [{ samples: 400 }, { samples: 6400 }]
      : [{ permutations: 10 }, { permutations: 160 }];
    const size = async (options: Record<string, unknown>) =>
      sum((await explain(method, model, input, 1, options)).standardErrors!);
    const ratio = await size(few!) / await size(many!);
    assertGreater(ratio, 2.5);
    assertLess(ratio, 6);
  });
}

Deno.test("kernel-shap's errors hold for few coalitions too", async () => {
  // 78 pairs for 10 words, the fewest that have errors: without the correction for the fit they
  // would be too small by a ninth.
  const { model, input } = textOf(10);
  const exact = (await explain(shapley, model, input, 1)).words;
  let [missed, claimed] = [0, 0];
  for (let seed = 0; seed < 900; seed++) {
    const { words, standardErrors } = await explain(kernelShap, model, input, 1, {
      samples: 156,
      seed,
    });
    exact.forEach((value, t) => {
      missed += (words[t]! - value) ** 2;
      claimed += standardErrors![t]! ** 2;
    });
  }
  assertGreater(missed / claimed, 0.93);
  assertLess(missed / claimed, 1.05);
});

Deno.test("kernel-shap is exact when it has all coalitions", async () => {
  const score = (present: readonly boolean[]) =>
    present[0] && present[2] ? 3 : present[1] || present[3] ? 1 : 0.25;
  const { model, input } = subsetModel(4, (present) => [score(present), 0]);
  const expected = bruteForceShapley(4, score);
  // By default, and with just as many as there are: all but the empty and the whole one.
  for (const options of [{}, { samples: 14 }]) {
    const { words, standardErrors } = await explain(kernelShap, model, input, 0, options);
    expected.forEach((value, t) => assertAlmostEquals(words[t]!, value, 1e-10));
    assertEquals([...standardErrors!], [0, 0, 0, 0]);
  }
});

for (const width of [25, 100]) {
  Deno.test(`lime fits the weighted ridge regression over all ways to delete words, width ${width}`, async () => {
    // Of few words every sample can be enumerated with its chance: the fit to the whole population.
    const n = 4;
    const score = (present: readonly boolean[]) =>
      (present[0] && present[1] ? 2 : 0) + (present[2] ? 1 : 0) -
      (present[3] && !present[0] ? 1 : 0);
    const rows: { z: number[]; weight: number; y: number }[] = [];
    for (let bits = 0; bits < 2 ** n; bits++) {
      const present = Array.from({ length: n }, (_, t) => (bits >> t & 1) === 1);
      const kept = present.filter(Boolean).length;
      if (kept === n) continue;
      const choices = [1, 4, 6, 4, 1][kept]!;
      const distance = 100 * (1 - Math.sqrt(kept / n));
      const weight = Math.exp(-(distance ** 2) / (2 * width ** 2)) / (n * choices);
      rows.push({ z: [1, ...present.map(Number)], weight, y: score(present) });
    }
    // Normal equations by Gaussian elimination; the ridge vanishes against many samples.
    const size = n + 1;
    const a = Array.from({ length: size }, (_, i) => [
      ...Array.from(
        { length: size },
        (_, j) => rows.reduce((total, { z, weight }) => total + weight * z[i]! * z[j]!, 0),
      ),
      rows.reduce((total, { z, weight, y }) => total + weight * z[i]! * y, 0),
    ]);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) {
        if (k === i) continue;
        const factor = a[k]![i]! / a[i]![i]!;
        for (let j = i; j <= size; j++) a[k]![j]! -= factor * a[i]![j]!;
      }
    }
    const expected = a.map((row, i) => row[size]! / row[i]!).slice(1);
    const { model, input } = subsetModel(n, (present) => [score(present)]);
    const { words, standardErrors } = await explain(lime, model, input, 0, {
      samples: 20_000,
      "kernel-width": width,
      ridge: 1e-6,
      seed: 5,
    });
    expected.forEach((value, t) => {
      assertLess(standardErrors![t]!, 0.02);
      assertLess(Math.abs(words[t]! - value), 4 * standardErrors![t]!);
    });
  });
}

Deno.test("lime has standard errors of the size of its spread", async () => {
  const { model, input } = textOf(12);
  const runs = await Promise.all(Array.from(
    { length: 40 },
    async (_, seed) => await explain(lime, model, input, 1, { seed, samples: 400 }),
  ));
  const ratios = Array.from({ length: 12 }, (_, t) => {
    const values = runs.map(({ words }) => words[t]!);
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / 39;
    const claimed = runs.reduce((total, run) => total + run.standardErrors![t]! ** 2, 0) / 40;
    return variance / claimed;
  });
  const mean = ratios.reduce((total, value) => total + value, 0) / ratios.length;
  assertGreater(mean, 0.7);
  assertLess(mean, 1.4);
});

Deno.test("a larger ridge makes lime's numbers smaller", async () => {
  const { model, input } = additiveModel([1, -2, 3]);
  const size = async (ridge: number) =>
    (await explain(lime, model, input, 0, { ridge })).words.reduce(
      (total, w) => total + Math.abs(w),
      0,
    );
  assertLess(await size(1000), await size(1));
  assertLess(await size(1), await size(1e-6));
});

for (const method of [lime, kernelShap, sampledShapley, occlusion]) {
  Deno.test(`${method.name} takes texts of no word, of one word, and of unknown words`, async () => {
    const { model } = textOf(1);
    const encode = (...words: string[]) =>
      model.encode({ text: "", tokens: words.map((text) => ({ text, start: 0, end: 0 })) });
    assertEquals([...(await explain(method, model, encode(), 0)).words], [0, 0]);
    assertEquals([...(await explain(method, model, encode("unknown", "unknown2"), 0)).words], [
      0,
      0,
    ]);
    const { words } = await explain(
      method,
      model,
      encode("word"),
      0,
      method === lime ? { ridge: 1e-6 } : {},
    );
    const without = model.scores(encode())[0]!;
    assertAlmostEquals(words[0]!, model.scores(encode("word"))[0]! - without, 1e-6);
    assertEquals(words[1], 0);
  });

  Deno.test(`${method.name} explains several targets as it explains each`, async () => {
    const { model, input } = textOf(7);
    const targets: Target[] = [2, { of: 0, against: 1 }];
    const together = await explainAll(method, model, input, targets);
    assertEquals(
      together,
      await Promise.all(targets.map(async (target) => await explain(method, model, input, target))),
    );
  });
}

Deno.test("random is uniform from 0 to 1 and depends on the seed alone", async () => {
  const { model, input } = textOf(400);
  const { words } = await explain(random, model, input, 0, { seed: 3 });
  assert(words.every((value) => value >= 0 && value < 1));
  assertAlmostEquals(sum(words) / 400, 0.5, 0.05);
  assertEquals(
    (await explain(random, model, input, { of: 1, against: 2 }, { seed: 3 })).words,
    words,
  );
});
