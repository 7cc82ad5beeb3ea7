import { areaBetween, deletionCurves } from "@heatword/eval/deletion";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";

// Two documents; rows: lrp, two random runs; columns: 0, 1, 2 deleted words.
const outcomes = [
  { flags: new Uint8Array([1, 0, 0, 1, 1, 0, 1, 1, 1]) },
  { flags: new Uint8Array([1, 1, 0, 1, 1, 1, 1, 0, 0]) },
];

Deno.test("deletionCurves() gives accuracies, the mean of the runs and their deviation", () => {
  const { curves, random, order, documents } = deletionCurves(outcomes, "correct", ["lrp"], 2, 2);
  assertEquals([order, documents], ["decreasing", 2]);
  assertEquals(curves[0]!.accuracy, [1, 0.5, 0]);
  assertEquals(curves[0]!.area, 0.5);
  assertEquals(random.runs, [[1, 1, 0.5], [1, 0.5, 0.5]]);
  assertEquals(random.accuracy, [1, 0.75, 0.5]);
  assertEquals(random.area, 0.75);
  // Of 1 and 0.5 with n − 1 in the denominator: √(2 · 0.25² / 1).
  assertAlmostEquals(random.deviation[1]!, Math.sqrt(0.125), 1e-12);
  assertEquals([random.deviation[0], random.deviation[2]], [0, 0]);
});

Deno.test("areaBetween() is the difference of areas, either way round, with a paired error", () => {
  const experiment = deletionCurves(outcomes, "correct", ["lrp"], 2, 2);
  const there = areaBetween(experiment, "random", "lrp")!;
  const back = areaBetween(experiment, "lrp", "random")!;
  assertAlmostEquals(there.difference, 0.25, 1e-12);
  assertAlmostEquals(back.difference, -0.25, 1e-12);
  // Areas by document: lrp 1/3 and 2/3; random (2/3 + 1)/2 and (1 + 1/3)/2.
  const differences = [1 / 3 - 5 / 6, 2 / 3 - 2 / 3];
  const mean = (differences[0]! + differences[1]!) / 2;
  const error = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 1 / 2);
  assertAlmostEquals(there.standardError, error, 1e-12);
  assertEquals(areaBetween(experiment, "lrp", "sa"), undefined);
});

Deno.test("deletionCurves() of no documents is NaN, not 0", () => {
  const { curves, random, documents } = deletionCurves([], "wrong", ["sa"], 1, 3);
  assertEquals(documents, 0);
  assert(curves[0]!.accuracy.every(Number.isNaN) && Number.isNaN(random.area));
});

Deno.test("areaBetween() has an interval that holds the difference and turns with it", () => {
  // Documents fall at once, after one word or not at all; random keeps each for one word longer.
  const documents = Array.from({ length: 60 }, (_, i) => ({
    flags: new Uint8Array([1, i % 3 ? 1 : 0, i % 5 ? 0 : 1, 1, 1, i % 3 ? 1 : 0]),
  }));
  const experiment = deletionCurves(documents, "correct", ["lrp"], 1, 2, { seed: 4 });
  const { difference, standardError, interval: [low, high] } = areaBetween(
    experiment,
    "random",
    "lrp",
  )!;
  assert(0 < low && low < difference && difference < high);
  // With so many documents the interval is about that of the normal distribution.
  assertAlmostEquals(low, difference - 1.96 * standardError, 0.4 * standardError);
  assertAlmostEquals(high, difference + 1.96 * standardError, 0.4 * standardError);
  const back = areaBetween(experiment, "lrp", "random")!;
  assertEquals(back.interval, [-high, -low]);
  const again = deletionCurves(documents, "correct", ["lrp"], 1, 2, { seed: 4 });
  assertEquals(again, experiment);
});
