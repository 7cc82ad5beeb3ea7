import { bcaInterval, holm } from "@heatword/eval/statistics";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fixturesFolder, lacksFixtures, testWith } from "../../_skip.ts";

const lacks = lacksFixtures("trust");

/** The cases of a file of reference numbers; none where there is no such file. */
// deno-lint-ignore no-explicit-any
const casesOf = (name: string): any[] =>
  JSON.parse(Deno.readTextFileSync(`${fixturesFolder}/trust/${name}.json`)).cases;

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

testWith(lacks, "bcaInterval() agrees with another implementation, given the resamples", () => {
  for (const { values, resamples, level, expected } of casesOf("bca")) {
    const found = bcaInterval(
      mean(values),
      resamples.map((drawn: number[]) => mean(drawn.map((i) => values[i]))),
      values.map((_: number, i: number) => mean(values.filter((_: number, j: number) => j !== i))),
      level,
    );
    assertAlmostEquals(found.estimate, expected.estimate, 1e-9);
    assertAlmostEquals(found.low, expected.low, 1e-9);
    assertAlmostEquals(found.high, expected.high, 1e-9);
    assertAlmostEquals(found.acceleration, expected.acceleration, 1e-9);
    if (expected.z0 !== null) assertAlmostEquals(found.bias, expected.z0, 1e-9);
  }
});

testWith(lacks, "holm() agrees with another implementation", () => {
  for (const { p, adjusted: expected } of casesOf("holm")) {
    const found = holm(p);
    assertEquals(found.length, expected.length);
    found.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-9));
  }
});
