import { Random } from "@heatword/core";
import { bcaInterval, holm, PairedBootstrap, proportionInterval } from "@heatword/eval/statistics";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normalCdf, normalQuantile } from "../../../eval/statistics/_normal.ts";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const without = (values: readonly number[]) =>
  values.map((_, i) => mean(values.filter((_, j) => j !== i)));

Deno.test("normalQuantile() and normalCdf() have the values of the tables", () => {
  assertAlmostEquals(normalQuantile(0.975), 1.959963984540054, 1e-12);
  assertAlmostEquals(normalQuantile(0.001), -3.090232306167813, 1e-12);
  assertAlmostEquals(normalCdf(1), 0.8413447460685429, 1e-12);
  assertEquals([normalQuantile(0), normalQuantile(1)], [-Infinity, Infinity]);
});

Deno.test("bcaInterval() corrects for bias and skew", () => {
  // By hand: 5 of 8 resamples below, one equal, so z₀ = Φ⁻¹(5.5 / 8); values 0, 0, 0, 4.
  const values = [0, 0, 0, 4];
  const resampled = [0, 2, 0, 1, 0.5, 3, 0.25, 0.75];
  const found = bcaInterval(1, resampled, without(values), 0.8);
  assertAlmostEquals(found.bias, 0.4887764111146695, 1e-9);
  // θ̄ − θᵢ: −1/3 three times and 1, so a = (1 − 1/9) / (6 (4/3)^1.5).
  assertAlmostEquals(found.acceleration, (8 / 9) / (6 * (4 / 3) ** 1.5), 1e-12);
  const end = (z: number) => {
    const s = found.bias + z;
    const place = 7 * normalCdf(found.bias + s / (1 - found.acceleration * s));
    const sorted = [0, 0, 0.25, 0.5, 0.75, 1, 2, 3];
    const k = Math.floor(place);
    return sorted[k]! + (place - k) * (sorted[k + 1]! - sorted[k]!);
  };
  assertAlmostEquals(found.low, end(-1.2815515655446004), 1e-9);
  assertAlmostEquals(found.high, end(1.2815515655446004), 1e-9);
});

Deno.test("bcaInterval() takes the extremes where all resamples lie on one side", () => {
  const { low, high } = bcaInterval(2, [8 / 3, 3, 7 / 3], [2.5, 2, 1.5]);
  assertEquals([low, high], [7 / 3, 3]);
});

Deno.test("bcaInterval() counts equal estimates by half, those that differ by rounding too", () => {
  const third = 0.1 + 0.2;
  const exact = bcaInterval(0.3, [0.1, 0.3, 0.3, 0.5], [0.1, 0.4]);
  const rounded = bcaInterval(0.3, [0.1, third, third, 0.5], [0.1, 0.4]);
  assertAlmostEquals(exact.bias, 0, 1e-12);
  assertEquals(rounded.bias, exact.bias);
});

Deno.test("bcaInterval() is not a number where an estimate is none, and refuses a level of 95", () => {
  assert(Number.isNaN(bcaInterval(1, [1, NaN], [1, 2]).low));
  assert(Number.isNaN(bcaInterval(1, [], []).high));
  assertThrows(() => bcaInterval(1, [1], [1], 95), RangeError, "95");
});

Deno.test("holm() multiplies from the smallest up and keeps the order", () => {
  assertEquals(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
  assertEquals(holm([0.9, 0.6, 0.001]), [1, 1, 0.003]);
  assertEquals(holm([]), []);
  assertThrows(() => holm([0.2, NaN]), RangeError, "NaN");
});

Deno.test("proportionInterval() is Wilson's", () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const cases = [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [
    1,
    29,
    0.0061,
    0.1718,
  ]];
  for (const [successes, trials, low, high] of cases) {
    const found = proportionInterval(successes!, trials!);
    assertAlmostEquals(found.low, low!, 5e-5);
    assertAlmostEquals(found.high, high!, 5e-5);
  }
});

Deno.test("PairedBootstrap draws the same units for all columns", () => {
  const random = new Random(3);
  const hard = Array.from({ length: 50 }, () => 10 * random.normal());
  const other = hard.map((value) => value - 0.5);
  const bootstrap = new PairedBootstrap([hard, other], { seed: 2, resamples: 500 });
  const { low, high } = bootstrap.interval(([a, b]) => a! - b!);
  assertAlmostEquals(low, 0.5, 1e-9);
  assertAlmostEquals(high, 0.5, 1e-9);
  assertThrows(() => new PairedBootstrap([[1], [1, 2]]), RangeError, "2 numbers with 1");
});

Deno.test("PairedBootstrap gives what resampling by hand gives", () => {
  const [one, two] = [[3, 1, 4, 1, 5], [2, 7, 1, 8, 2]];
  const statistic = (a: number, b: number) => a / b;
  const found = new PairedBootstrap([one, two], { seed: 9, resamples: 200 })
    .interval(([a, b]) => statistic(a!, b!), 0.9);
  const random = new Random(9);
  const resampled = Array.from({ length: 200 }, () => {
    const drawn = one.map(() => random.below(5));
    return statistic(mean(drawn.map((i) => one[i]!)), mean(drawn.map((i) => two[i]!)));
  });
  const leaveOneOut = one.map((_, i) => statistic(without(one)[i]!, without(two)[i]!));
  const expected = bcaInterval(statistic(mean(one), mean(two)), resampled, leaveOneOut, 0.9);
  assertAlmostEquals(found.low, expected.low, 1e-12);
  assertAlmostEquals(found.high, expected.high, 1e-12);
  assertAlmostEquals(found.acceleration, expected.acceleration, 1e-12);
});

Deno.test("95 % intervals hold the true difference about 95 times in 100, skewed numbers too", () => {
  const random = new Random(11);
  let held = 0, aboveZero = 0;
  const trials = 400;
  for (let trial = 0; trial < trials; trial++) {
    // An exponential minus a paired one: skewed, with a true mean difference of 0.
    const shared = Array.from({ length: 60 }, () => 5 * random.normal());
    const one = shared.map((s) => s - Math.log(1 - random.uniform()));
    const other = shared.map((s) => s + 1 + 0.2 * random.normal());
    const { low, high } = new PairedBootstrap([one, other], { seed: trial, resamples: 1000 })
      .interval(([a, b]) => a! - b!);
    if (low <= 0 && high >= 0) held++;
    if (low > 0) aboveZero++;
  }
  // 95 % of 400 with three standard errors of 1.1 % and the bootstrap's own error at 60 units.
  assert(held / trials > 0.91 && held / trials < 0.98, `${held} of ${trials}`);
  assert(aboveZero / trials < 0.055, `${aboveZero} of ${trials} above 0`);
});
