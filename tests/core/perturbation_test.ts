import { assertEquals, assertThrows } from "@std/assert";
import { recomputingPerturbation } from "@heatword/core";

/** A model that counts how often it is asked, and scores the number of words that are left. */
function counting() {
  const model = {
    asked: 0,
    scores(input: { length: number; left: number }) {
      model.asked++;
      return Float64Array.of(input.left);
    },
    withoutWords: (input: { length: number; left: number }, positions: Iterable<number>) => ({
      ...input,
      left: input.length - [...positions].length,
    }),
  };
  return model;
}

Deno.test("recomputingPerturbation() classifies only when words changed", () => {
  const model = counting();
  const perturbation = recomputingPerturbation(model, { length: 5, left: 5 });
  assertEquals([...perturbation.scores(), ...perturbation.scores()], [5, 5]);
  assertEquals(model.asked, 1);
  perturbation.delete(2);
  perturbation.delete(4);
  assertEquals([...perturbation.scores()], [3]);
  perturbation.delete(2);
  perturbation.restore(0);
  assertEquals([...perturbation.scores()], [3]);
  assertEquals(model.asked, 2);
  perturbation.restore(2);
  assertEquals([...perturbation.scores()], [4]);
  assertEquals([0, 2, 4].map((t) => perturbation.isDeleted(t)), [false, false, true]);
});

Deno.test("recomputingPerturbation() refuses positions that are not there", () => {
  const perturbation = recomputingPerturbation(counting(), { length: 5, left: 5 });
  for (const position of [-1, 5, 0.5, NaN]) {
    assertThrows(() => perturbation.delete(position), RangeError, "the input has 5 words");
    assertThrows(() => perturbation.restore(position), RangeError, "the input has 5 words");
  }
});
