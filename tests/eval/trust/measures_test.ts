// The measures against naive versions, on random set functions.
import { Random } from "@heatword/core";
import {
  beamLimits,
  beamOrder,
  exactInfidelity,
  exactLimits,
  explanatoryPower,
  faithfulness,
  fFidelity,
  maxSensitivity,
  normalisedAopc,
  ranksOfTruth,
  tableFunction,
  valuesOfAllSets,
  widened,
} from "@heatword/eval/trust";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";

/** A random set function of n words, and relevances with ties. */
const texts = (words: number) =>
  fc.integer({ min: 1, max: words }).chain((n) =>
    fc.record({
      table: fc.array(fc.integer({ min: -40, max: 40 }), {
        minLength: 2 ** n,
        maxLength: 2 ** n,
      }),
      relevance: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: n, maxLength: n }),
    })
  );

/** All orders of some words. */
function permutations(words: number[]): number[][] {
  if (words.length === 0) return [[]];
  return words.flatMap((first) =>
    permutations(words.filter((word) => word !== first)).map((rest) => [first, ...rest])
  );
}

/** AOPC of comprehensiveness, one deletion after the other. */
function naiveAopc(table: number[], order: number[]): number {
  let set = table.length - 1, sum = 0;
  for (const word of order) {
    set -= 2 ** word;
    sum += table.at(-1)! - table[set]!;
  }
  return sum / order.length;
}

Deno.test("limits by sets are those of all orders, and the random floor is their mean", async () => {
  await fc.assert(fc.asyncProperty(texts(5), async ({ table, relevance }) => {
    const orders = permutations(relevance.map((_, i) => i));
    const all = orders.map((order) => naiveAopc(table, order));
    const v = tableFunction(table);
    const { upper, lower, randomOrders } = exactLimits(await valuesOfAllSets(v));
    assertAlmostEquals(upper, Math.max(...all), 1e-9);
    assertAlmostEquals(lower, Math.min(...all), 1e-9);
    assertAlmostEquals(randomOrders, all.reduce((a, b) => a + b) / all.length, 1e-9);
    // A beam wide enough for all sets of any size is exact; a narrow one stays inside.
    const wide = await beamLimits(v, 10);
    assertAlmostEquals(wide.upper, upper, 1e-9);
    assertAlmostEquals(wide.lower, lower, 1e-9);
    const narrow = await beamLimits(v, 1);
    assert(narrow.upper <= upper + 1e-9 && narrow.lower >= lower - 1e-9);
    const { order, aopc } = await beamOrder(v, "largest", 2);
    assertAlmostEquals(naiveAopc(table, [...order]), aopc, 1e-9);
  }));
});

Deno.test("sufficiency is comprehensiveness in the reversed order", async () => {
  await fc.assert(fc.asyncProperty(texts(6), async ({ table, relevance }) => {
    const { order, comprehensiveness, sufficiency, sufficiencyCurve } = await faithfulness(
      relevance,
      tableFunction(table),
    );
    const sorted = relevance.map((value, i) => [value, i] as const)
      .sort(([a, i], [b, j]) => b - a || i - j).map(([, i]) => i);
    assertEquals([...order], sorted);
    assertAlmostEquals(comprehensiveness, naiveAopc(table, sorted), 1e-9);
    assertAlmostEquals(sufficiency, naiveAopc(table, sorted.toReversed()), 1e-9);
    assertEquals(sufficiencyCurve[0], table.at(-1)! - table[0]!);
  }));
});

Deno.test("infidelity is the expectation over deleted sets, drawn one by one", () => {
  fc.assert(fc.property(texts(6), ({ table, relevance }) => {
    const n = relevance.length;
    const deleted = table.toReversed();
    const bits = (set: number) => relevance.map((_, i) => set >> i & 1);
    const sizeOf = (set: number) => bits(set).reduce((a, b) => a + b, 0);
    const sets = table.map((_, set) => set).slice(1);
    const perSize = (size: number) => sets.filter((set) => sizeOf(set) === size).length;
    const expectation = (value: (set: number) => number) =>
      sets.reduce((sum, set) => sum + value(set) / (n * perSize(sizeOf(set))), 0);
    const drop = (set: number) => deleted[0]! - deleted[set]!;
    const told = (set: number) => bits(set).reduce((sum, bit, i) => sum + bit * relevance[i]!, 0);
    const squares = expectation((set) => told(set) ** 2);
    const beta = squares === 0
      ? 0
      : Math.max(0, expectation((set) => told(set) * drop(set)) / squares);
    const found = exactInfidelity(relevance, deleted);
    assertAlmostEquals(found.raw, expectation((set) => (drop(set) - told(set)) ** 2), 1e-9);
    assertAlmostEquals(
      found.scaled,
      expectation((set) => (drop(set) - beta * told(set)) ** 2),
      1e-9,
    );
    if (found.normalised !== undefined) {
      assert(found.normalised >= 0 && found.normalised <= 1 + 1e-9);
    }
  }));
});

Deno.test("ranks of the truth are means over all orders of equal words", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 5 }),
    fc.integer({ min: 1, max: 2 }),
    (relevance, count) => {
      const truth = relevance.map((_, i) => i).slice(0, count);
      const orders = permutations(relevance.map((_, i) => i)).filter((order) =>
        order.every((word, k) => k === 0 || relevance[order[k - 1]!]! >= relevance[word]!)
      );
      const mean = (value: (order: number[]) => number) =>
        orders.reduce((sum, order) => sum + value(order), 0) / orders.length;
      const found = ranksOfTruth(relevance, truth);
      const hits = (order: number[]) =>
        order.slice(0, count).filter((word) => truth.includes(word)).length / count;
      assertAlmostEquals(found.precision, mean(hits), 1e-9);
      const ranks = (order: number[]) => truth.map((word) => order.indexOf(word) + 1);
      assertAlmostEquals(found.coverRank, mean((order) => Math.max(...ranks(order))), 1e-9);
      const meanRank = (order: number[]) => ranks(order).reduce((a, b) => a + b) / count;
      assertAlmostEquals(found.meanRank, mean(meanRank), 1e-9);
    },
  ));
});

Deno.test("F-Fidelity draws sets where there are more than it takes", async () => {
  // An additive function: each word adds 1, so m deleted words cost m.
  const words = 16;
  const v = {
    words,
    values: (sets: { size: number; deleted(m: number): number[] }) =>
      Array.from({ length: sets.size }, (_, m) => words - sets.deleted(m).length),
  };
  const order = Array.from({ length: words }, (_, i) => i);
  const settings = { percent: 50, alpha: 50, beta: 25 };
  const { plus, minus, removed } = await fFidelity(order, v, new Random(1), settings);
  assertEquals([plus, minus, ...removed], [4, 4, 4, 4]); // 70 sets of 4 of 8 words.
});

Deno.test("what cannot be measured is refused, or said to be undefined", async () => {
  assertThrows(() => tableFunction([1, 2, 3]), RangeError, "a table of 3 sets");
  assertThrows(() => ranksOfTruth([1], []), RangeError, "no word");
  assertThrows(() => ranksOfTruth([1], [1]), RangeError, "word 1");
  await assertRejects(() => beamOrder(tableFunction([0, 1]), "largest", 0), RangeError, "width");
  await assertRejects(
    () => valuesOfAllSets({ words: 25, values: () => [] }),
    RangeError,
    "all sets of 25 words",
  );
  await assertRejects(() => faithfulness([NaN], tableFunction([0, 1])), RangeError, "word 0");
  assertEquals(normalisedAopc(1, { upper: 1, lower: 1 }, 5), undefined);
  assertEquals(widened({ upper: 1, lower: 0 }, [2, -1, 0.5]), { upper: 2, lower: -1 });
  const { index, neighbours } = explanatoryPower([[1, 0], [0, 0]], [0, 1], [[[0], [1]]], [1, 3]);
  assertEquals([index, neighbours], [0, 1]);
});

Deno.test("max-sensitivity is that of texts with more words than a call has arguments, too", () => {
  const words = 200_000;
  const ones = new Float64Array(words).fill(1);
  const changed = [ones.map((_, t) => t === 0 ? 3 : 1), ones.map((_, t) => t === 1 ? -4 : 1)];
  assertAlmostEquals(maxSensitivity(ones, changed)!, 5 / Math.sqrt(words), 1e-12);
  assertEquals(maxSensitivity([0, 0], [[1, 0]]), undefined);
});
