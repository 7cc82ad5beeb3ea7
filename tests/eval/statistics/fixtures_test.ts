import { bcaInterval, holm } from "@heatword/eval/statistics";
import { assertAlmostEquals, assertEquals } from "@std/assert";

const folder = `${Deno.env.get("HEATWORD_FIXTURES") || "../shared/fixtures"}/trust`;

/** The cases of a file of reference numbers; none where there is no such file. */
// deno-lint-ignore no-explicit-any
function casesOf(name: string): any[] {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/${name}.json`)).cases;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable)) {
      throw error;
    }
    console.warn(`skipped: there are no reference numbers in "${folder}" (HEATWORD_FIXTURES)`);
    return [];
  }
}

const [bca, adjusted] = [casesOf("bca"), casesOf("holm")];
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

Deno.test({
  name: "bcaInterval() agrees with another implementation, given the resamples",
  ignore: bca.length === 0,
  fn() {
    for (const { values, resamples, level, expected } of bca) {
      const found = bcaInterval(
        mean(values),
        resamples.map((drawn: number[]) => mean(drawn.map((i) => values[i]))),
        values.map((_: number, i: number) =>
          mean(values.filter((_: number, j: number) => j !== i))
        ),
        level,
      );
      assertAlmostEquals(found.estimate, expected.estimate, 1e-9);
      assertAlmostEquals(found.low, expected.low, 1e-9);
      assertAlmostEquals(found.high, expected.high, 1e-9);
      assertAlmostEquals(found.acceleration, expected.acceleration, 1e-9);
      if (expected.z0 !== null) assertAlmostEquals(found.bias, expected.z0, 1e-9);
    }
  },
});

Deno.test({
  name: "holm() agrees with another implementation",
  ignore: adjusted.length === 0,
  fn() {
    for (const { p, adjusted: expected } of adjusted) {
      const found = holm(p);
      assertEquals(found.length, expected.length);
      found.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-9));
    }
  },
});
