import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { overSeedsInterval } from "@heatword/eval/statistics";
import { meanOverTexts } from "../../../eval/audit/mean_interval.ts";

Deno.test("few figures that all are equal leave room for others that were not met", () => {
  assertEquals(meanOverTexts([0, 0], [0, 1]), { estimate: 0, low: 0, high: 1 });
  const { low, high } = meanOverTexts(Array(20).fill(0), [0, 1]);
  assertEquals(low, 0);
  // With that share of exceptions none is met among 20 in less than 5 of 100 draws.
  assert((1 - high) ** 20 < 0.05 && (1 - high) ** 20 > 0.03, `${high}`);
  assertEquals(meanOverTexts([-1, -1], [-1, 1]).high, 1);
  assertAlmostEquals(meanOverTexts(Array(20).fill(-1), [-1, 1]).high, -1 + 2 * Math.log(20) / 20);
  assertEquals(meanOverTexts(Array(30).fill(0), [0, 1]), { estimate: 0, low: 0, high: 0 });
});

Deno.test("figures that differ have Student's interval, within what can be", () => {
  const values = [0.1, 0.12, 0.2, 0.15, 0.11];
  const expected = overSeedsInterval(values.map((value) => [value]), 0.9);
  assert(expected.low > 0);
  assertEquals(meanOverTexts(values, [0, 1], 0.9), expected);
  assertEquals(meanOverTexts([0, 0, 1], [0, 1]).low, 0);
  assertEquals(meanOverTexts([0.3], [0, 1]), { estimate: 0.3, low: 0, high: 1 });
});
