import { crossValidate, type FeatureKind, featureKinds, trainLinear } from "@heatword/core/linear";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { classes, madeDocuments, namedWeights, slowScores, slowTfIdf } from "./_made.ts";

// One class has fewer documents than the others.
const documents = madeDocuments(36).filter(({ label }, i) => label !== 2 || i % 2 === 0);

/** The objective by the slow account: −Σ N / (C · n) · ln p(true class) + (‖W‖² + ‖b‖²) / (2 · cost). */
function slowObjective(
  tables: readonly ReadonlyMap<string, number>[],
  weights: ReadonlyMap<string, readonly number[]>,
  bias: readonly number[],
  cost: number,
): number {
  let sum = 0;
  tables.forEach((values, i) => {
    const scores = slowScores(values, weights, bias);
    const chances = scores.map((score) => Math.exp(score));
    const all = chances.reduce((total, chance) => total + chance, 0);
    const own = documents.filter(({ label }) => label === documents[i]!.label).length;
    sum -= documents.length / (3 * own) * Math.log(chances[documents[i]!.label]! / all);
  });
  for (const row of [bias, ...weights.values()]) for (const w of row) sum += w * w / (2 * cost);
  return sum;
}

for (const [features, cost] of [[["words", "pairs"], 1], [["characters"], 100]] as const) {
  Deno.test(`trainLinear() finds the least of the objective (${features}, ${cost})`, () => {
    const stop = { tolerance: 1e-9, passes: 5000 };
    const model = trainLinear({ classes, documents, features, cost, stop });
    const tables = documents.map(({ words }) =>
      slowTfIdf(words, features as readonly FeatureKind[], documents)
    );
    const weights = namedWeights(model);
    assertEquals(new Set(tables.flatMap((table) => [...table.keys()])), new Set(weights.keys()));
    const bias = [...model.parameters.bias];
    const value = () => slowObjective(tables, weights, bias, cost);
    // Derivatives by finite differences; weights were rounded to float32.
    const step = 1e-4;
    const slopeOf = (list: number[], c: number) => {
      const at = list[c]!;
      list[c] = at + step;
      const above = value();
      list[c] = at - step;
      const below = value();
      list[c] = at;
      return (above - below) / (2 * step);
    };
    for (const row of [bias, ...[...weights.values()].slice(0, 12)]) {
      row.forEach((_, c) => assertAlmostEquals(slopeOf(row, c), 0, 2e-5));
    }
  });
}

Deno.test("trainLinear() gives the same numbers each time, and none to runs in one text", () => {
  const train = () => trainLinear({ classes, documents, features: featureKinds, cost: 10 });
  const [one, other] = [train(), train()];
  assertEquals(one.parameters, other.parameters);
  const alone = [...documents, { label: 0, words: ["zzz"] }];
  const model = trainLinear({ classes, documents: alone, features: featureKinds, cost: 10 });
  const names = namedWeights(model);
  assert(names.has("words zzz") && !names.has("characters zz"));
});

Deno.test("crossValidate() tries all features at one cost, and other costs with the best", () => {
  const steps: number[] = [];
  const tried = crossValidate(documents, 3, 0, ({ done, total }) => {
    assertEquals(total, 18);
    steps.push(done);
  });
  assertEquals(steps, Array.from({ length: 18 }, (_, i) => i + 1));
  assertEquals(tried.length, 6);
  const at30 = tried.filter(({ cost }) => cost === 30).map(({ features }) => features.join("+"));
  assertEquals(at30.sort(), ["characters", "words+pairs", "words+pairs+characters"]);
  const others = tried.filter(({ cost }) => cost !== 30);
  assertEquals(others.map(({ cost }) => cost).sort((a, b) => a - b), [3, 10, 100]);
  const best = tried.filter(({ cost }) => cost === 30).toSorted((a, b) => b.accuracy - a.accuracy);
  for (const { features } of others) assertEquals(features, best[0]!.features);
  for (let i = 1; i < tried.length; i++) assert(tried[i - 1]!.accuracy >= tried[i]!.accuracy);
  assertEquals(crossValidate(documents, 3, 0), tried);
});

Deno.test("crossValidate() counts what held-out texts would be given", () => {
  // Labels that nothing in the texts tells: what is learned by heart is not known of other texts.
  const random = Array.from({ length: 60 }, (_, i) => {
    return { label: (i * i + (i >> 2)) % 2, words: [`word${i}`, "the"] };
  });
  for (const { accuracy } of crossValidate(random, 2, 0)) assert(accuracy < 0.75, `${accuracy}`);
  const clear = madeDocuments(60);
  assert(crossValidate(clear, 3, 0)[0]!.accuracy > 0.8);
});

Deno.test("crossValidate() chooses by a validation part, of which nothing is learned", () => {
  const two = madeDocuments(90).filter(({ label }) => label < 2);
  const [learned, validation] = [two.slice(0, 40), two.slice(40)];
  const choose = (part: typeof two) => crossValidate(learned, 2, 0, () => {}, part);
  const tried = choose(validation);
  assertEquals(tried.length, 6);
  assert(tried[0]!.accuracy > 0.8, `${tried[0]!.accuracy}`);
  // With the classes the wrong way round in it, right becomes wrong and nothing else changes.
  const figures = (of: typeof tried) =>
    new Map(of.map(({ features, cost, accuracy }) => [`${features} ${cost}`, accuracy]));
  const wrong = figures(choose(validation.map((one) => ({ ...one, label: 1 - one.label }))));
  for (const [choice, accuracy] of figures(tried)) {
    if (wrong.has(choice)) assertAlmostEquals(wrong.get(choice)!, 1 - accuracy, 1e-12, choice);
  }
});

Deno.test("trainLinear() refuses what cannot be learned from", () => {
  const common = { classes, features: ["words"], cost: 1 } as const;
  assertThrows(() => trainLinear({ ...common, documents: [] }), RangeError, "on no documents");
  assertThrows(() => trainLinear({ ...common, documents, cost: 0 }), RangeError, "at the cost 0");
});
