import { Random } from "@heatword/core";
import {
  crossedInterval,
  kendallTauB,
  meanOf,
  midRanks,
  overSeedsInterval,
  pearson,
  signFlipTest,
  spearman,
} from "@heatword/eval/statistics";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

const numbers = (length: number) =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: length, maxLength: length });
const pairs = fc.integer({ min: 2, max: 9 }).chain((n) => fc.tuple(numbers(n), numbers(n)));

Deno.test("correlations are what their definitions say", () => {
  fc.assert(fc.property(pairs, ([a, b]) => {
    const ranks = (values: number[]) =>
      values.map((x) =>
        values.filter((y) => y < x).length + (values.filter((y) => y === x).length + 1) / 2
      );
    assertEquals([...midRanks(a)], ranks(a));
    const covariance = (x: number[], y: number[]) =>
      meanOf(x.map((value, i) => value * y[i]!)) - meanOf(x) * meanOf(y);
    const r = (x: number[], y: number[]) =>
      covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
    if (new Set(b).size === 1) return assertEquals(pearson(a, b), undefined);
    if (new Set(a).size === 1) return assertEquals(kendallTauB(a, b), 0);
    assertAlmostEquals(pearson(a, b)!, r(a, b), 1e-9);
    assertAlmostEquals(spearman(a, b)!, r(ranks(a), ranks(b)), 1e-9);
    const places = a.flatMap((_, i) => a.slice(0, i).map((_, j) => [i, j] as const));
    const count = (test: (x: number, y: number) => boolean) =>
      places.filter(([i, j]) => test(a[i]! - a[j]!, b[i]! - b[j]!)).length;
    const tau = (count((x, y) => x * y > 0) - count((x, y) => x * y < 0)) /
      Math.sqrt(count((x) => x !== 0) * count((_, y) => y !== 0));
    assertAlmostEquals(kendallTauB(a, b)!, tau, 1e-9);
  }));
});

Deno.test("sign flips: all of few, drawn ones of many, both near each other", () => {
  assertEquals(signFlipTest([]), 1);
  assertEquals(signFlipTest([0, 0, 2]), 1);
  const differences = [0.3, 1, -0.2, 0.7, 0.4, -0.1, 0.9, 0.2, 0.5, -0.6];
  const exact = signFlipTest(differences);
  assertAlmostEquals(signFlipTest(differences, { exactUpTo: 0 }), exact, 0.015);
});

Deno.test("intervals over seeds cross seeds with documents", () => {
  assertThrows(() => crossedInterval([[1], [1, 2]]), RangeError, "seeds of 1 and 2 documents");
  assert(Number.isNaN(overSeedsInterval([[1, 2]]).low));
  const random = new Random(3);
  const values = Array.from(
    { length: 5 },
    (_, s) => Array.from({ length: 40 }, () => s + random.uniform()),
  );
  const { estimate, low, high } = crossedInterval(values, { resamples: 2_000 });
  const overSeeds = overSeedsInterval(values);
  assertAlmostEquals(estimate, overSeeds.estimate, 1e-12);
  assert(low < estimate && estimate < high);
  // With few seeds the bootstrap is too narrow; that is why the other one is quoted.
  assert(high - low < overSeeds.high - overSeeds.low);
});
