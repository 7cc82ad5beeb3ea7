import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { recomputingPerturbation } from "@heatword/core";
import { madeModels, madeRows } from "./_made_model.ts";

Deno.test("WordCnn.perturb() gives the scores of the text without the deleted words", () => {
  fc.assert(fc.property(
    fc.nat({ max: 1e6 }),
    fc.integer({ min: 0, max: 60 }),
    fc.array(fc.record({ at: fc.nat(), times: fc.integer({ min: 0, max: 20 }) }), {
      maxLength: 20,
    }),
    (seed, length, steps) => {
      const { fast, exact } = madeModels(seed);
      const rows = madeRows(seed, length);
      const input = exact.inputFromRows(rows);
      const expected = recomputingPerturbation(exact, input);
      const subjects = [
        [fast.perturb(fast.inputFromRows(rows)), 1e-5],
        [exact.perturb(input), 1e-12],
      ] as const;
      for (const { at, times } of steps) {
        // Several words at a time, deleted where they are there and restored where they are not.
        for (let i = 0; i <= times; i++) {
          const t = (at + i * i) % input.length;
          const action = expected.isDeleted(t) ? "restore" : "delete";
          expected[action](t);
          for (const [subject] of subjects) subject[action](t);
        }
        for (const [subject, tolerance] of subjects) {
          const scores = subject.scores();
          expected.scores().forEach((score, c) => assertAlmostEquals(scores[c]!, score, tolerance));
        }
      }
    },
  ));
});

Deno.test("WordCnn.perturb() gives exactly the first scores back when all is restored", () => {
  const { fast } = madeModels(1);
  const perturbation = fast.perturb(fast.inputFromRows(madeRows(1, 40)));
  const before = perturbation.scores().slice();
  for (const t of [3, 4, 20, 39, 0]) {
    perturbation.delete(t);
    perturbation.scores();
  }
  for (const t of [20, 3, 0, 39, 4]) perturbation.restore(t);
  assertEquals(perturbation.scores(), before);
});

Deno.test("WordCnn.perturb() knows what is deleted, and takes repetition calmly", () => {
  const { fast } = madeModels(1);
  const input = fast.inputFromRows([1, 2, 3]);
  const perturbation = fast.perturb(input);
  perturbation.delete(1);
  perturbation.delete(1);
  assertEquals([0, 1, 2].map((t) => perturbation.isDeleted(t)), [false, true, false]);
  const expected = fast.scores(fast.withoutWords(input, [1]));
  expected.forEach((score, c) => assertAlmostEquals(perturbation.scores()[c]!, score, 1e-6));
  perturbation.restore(1);
  perturbation.restore(1);
  assertEquals(perturbation.isDeleted(1), false);
  assertThrows(() => perturbation.delete(3), RangeError, "Cannot change word 3");
});

Deno.test("WordCnn.perturb() keeps several texts apart", () => {
  for (const memory of [1e6, 0]) {
    const { fast } = madeModels(1, { memory });
    const inputs = [5, 30, 90].map((length) => fast.inputFromRows(madeRows(length, length)));
    const perturbations = inputs.map((input) => fast.perturb(input));
    const deleted = inputs.map(() => new Set<number>());
    for (let step = 0; step < 60; step++) {
      const i = step * 7 % 3;
      const t = step * 11 % inputs[i]!.length;
      const present = deleted[i]!.delete(t);
      if (!present) deleted[i]!.add(t);
      perturbations[i]![present ? "restore" : "delete"](t);
      const expected = fast.scores(fast.withoutWords(inputs[i]!, deleted[i]!));
      const actual = perturbations[i]!.scores();
      expected.forEach((score, c) => assertAlmostEquals(actual[c]!, score, 1e-6));
    }
  }
});
