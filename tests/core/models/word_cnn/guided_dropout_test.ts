import { Random } from "@heatword/core";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { guidedChances } from "../../../../core/models/word_cnn/training/_guided_dropout.ts";
import { referenceChances } from "./_reference_training.ts";

function assertChances(actual: Float64Array, expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((chance, t) => assertAlmostEquals(chance, expected[t]!, 1e-15));
}

Deno.test("guidedChances() follows relevance, and keeps the mean", () => {
  // One word of four is left out: 4 · 0.25 = λ · (3 + 6 + 1).
  assertChances(guidedChances(0.25, [3, 0, 6, 1], 1), [0.3, 0, 0.6, 0.1]);
  assertChances(guidedChances(0.25, [3, 0, 6, 1], 0), [0.25, 0.25, 0.25, 0.25]);
  // No chance is above 1: of two words the first is one, and the others share the second.
  assertChances(guidedChances(0.5, [1, 90, 1, 2], 1), [0.25, 1, 0.25, 0.5]);
  // Fewer words have relevance than are left out.
  assertChances(guidedChances(0.75, [0, 5, 0, 5], 1), [0.5, 1, 0.5, 1]);
  // Unknown words are not counted, and without any relevance all are alike.
  assertChances(guidedChances(0.5, [-1, 1, -1, 3], 1), [0.5, 0.25, 0.5, 0.75]);
  assertChances(guidedChances(0.3, [0, -1, 0], 1), [0.3, 0.3, 0.3]);
  assertChances(guidedChances(0.3, [], 1), []);
});

Deno.test("guidedChances() gives what a bisection gives, of any relevance", () => {
  const random = new Random(1);
  for (let i = 0; i < 300; i++) {
    const kinds = Array.from({ length: 1 + random.below(20) }, () => random.below(4));
    const relevance = kinds.map((kind) =>
      [-1, 0, random.uniform(), 1000 ** random.normal()][kind]!
    );
    if (!relevance.some((one) => one > 0)) continue;
    const [uniform, guidance] = [random.uniform(), random.uniform()];
    const chances = guidedChances(uniform, relevance, guidance);
    const expected = referenceChances(
      uniform,
      relevance.map((one) => one < 0 ? undefined : one),
      guidance,
    );
    chances.forEach((chance, t) => assertAlmostEquals(chance, expected[t]!, 1e-9));
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    assertAlmostEquals(mean, uniform, 1e-9);
    // The more relevance, the likelier, and the most relevant word at least as likely as before.
    relevance.forEach((one, t) => {
      relevance.forEach((other, u) => {
        if (one >= other && other >= 0) assert(chances[t]! >= chances[u]! - 1e-12);
      });
    });
    assert(chances[relevance.indexOf(Math.max(...relevance))]! >= uniform - 1e-12);
  }
});
