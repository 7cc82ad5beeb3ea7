import { Coalitions } from "@heatword/core";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { madeModels, madeRows } from "./_made_model.ts";

/** Coalitions of which each is made from the one before by toggling some words. */
function toggled(length: number, steps: readonly { at: number; times: number }[]): Coalitions {
  const coalitions = new Coalitions(length, steps.length);
  steps.forEach(({ at, times }, m) => {
    if (m > 0) coalitions.copy(m, m - 1);
    for (let i = 0; i <= times; i++) {
      const t = (at + i * i) % length;
      if (coalitions.has(m, t)) coalitions.delete(m, t);
      else coalitions.restore(m, t);
    }
  });
  return coalitions;
}

Deno.test("WordCnn scores coalitions as the texts without their deleted words", () => {
  fc.assert(fc.property(
    fc.nat({ max: 1e6 }),
    fc.integer({ min: 0, max: 60 }),
    fc.array(fc.record({ at: fc.nat(), times: fc.integer({ min: 0, max: 20 }) }), {
      minLength: 1,
      maxLength: 20,
    }),
    fc.constantFrom([2], [2], [3, 1]),
    (seed, length, steps, widths) => {
      const { fast, exact } = madeModels(seed, { widths });
      const rows = madeRows(seed, length);
      const input = exact.inputFromRows(rows);
      const coalitions = toggled(input.length, steps);
      const classes = exact.classes.length;
      const [single, double] = [
        fast.scores(fast.inputFromRows(rows), coalitions),
        exact.scores(input, coalitions),
      ];
      for (let m = 0; m < coalitions.size; m++) {
        const expected = exact.scores(exact.withoutWords(input, coalitions.deleted(m)));
        expected.forEach((score, c) => {
          assertAlmostEquals(single[m * classes + c]!, score, 1e-5);
          assertAlmostEquals(double[m * classes + c]!, score, 1e-12);
        });
      }
    },
  ));
});

Deno.test("WordCnn gives the same scores whatever was asked for before", () => {
  const { fast } = madeModels(1);
  const input = fast.inputFromRows(madeRows(1, 40));
  const asked = Coalitions.without(40, [[], [3], [3, 4], [3, 4, 20, 39], [0]]);
  const first = fast.scores(input, asked);
  fast.scores(input, Coalitions.without(40, [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [39]]));
  assertEquals(fast.scores(input, asked), first);
  assertEquals(fast.scores(input, asked.slice(0, 1)), fast.scores(input));
});

Deno.test("WordCnn keeps the coalitions of several texts apart", () => {
  for (const memory of [1e6, 0]) {
    const { fast } = madeModels(1, { memory });
    const inputs = [5, 30, 90].map((length) => fast.inputFromRows(madeRows(length, length)));
    for (let step = 0; step < 60; step++) {
      const input = inputs[step * 7 % 3]!;
      const deleted = [step * 11 % input.length, step * 13 % input.length];
      const expected = fast.scores(fast.withoutWords(input, deleted));
      const actual = fast.scores(input, Coalitions.without(input.length, [deleted]));
      expected.forEach((score, c) => assertAlmostEquals(actual[c]!, score, 1e-6));
    }
  }
});
