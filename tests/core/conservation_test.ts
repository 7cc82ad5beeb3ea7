import { conservationResidual, promisedSum, type Relevance } from "@heatword/core";
import { assertAlmostEquals, assertEquals } from "@std/assert";

const relevanceOf = (words: number[], score: number, expectedSum?: number): Relevance => ({
  explainer: "made",
  options: {},
  target: 0,
  score,
  words: Float64Array.from(words),
  ...(expectedSum !== undefined && { expectedSum }),
});

const cases: [name: string, relevance: Relevance, expected: number][] = [
  ["a sum that holds", relevanceOf([1, 2, -0.5], 2.5), 0],
  ["a large score: a part of it", relevanceOf([1, 2], 4), 0.25],
  ["a large negative score", relevanceOf([-6, -1], -8), 0.125],
  ["a small score: as it is", relevanceOf([0.5], 0.25), 0.25],
  ["a score of zero", relevanceOf([0.125, -0.25], 0), 0.125],
  ["a promised sum instead of the score", relevanceOf([0.5], 0.75, 0.25), 0.25],
  ["a promised sum that is large while the score is small", relevanceOf([3], 0.5, 4), 0.25],
  ["a promised sum that is small while the score is large", relevanceOf([1], 100, 0.5), 0.5],
  ["no words", relevanceOf([], 2), 1],
];

for (const [name, relevance, expected] of cases) {
  Deno.test(`conservationResidual() of ${name}`, () => {
    assertAlmostEquals(conservationResidual(relevance), expected, 1e-15);
  });
}

Deno.test("conservationResidual() takes a sum that is given before any other", () => {
  assertAlmostEquals(conservationResidual(relevanceOf([0.5], 0.75, 0.25), 0.5), 0, 1e-15);
});

Deno.test("promisedSum() falls back to the score where that is what the explainer conserves", () => {
  const promised = (conserves: "score" | "difference" | false, expectedSum?: number) =>
    promisedSum(
      { tags: { needs: "scores", signed: true, conserves, stochastic: false } },
      relevanceOf([1], 4, expectedSum),
    );
  assertEquals(promised("score"), 4);
  assertEquals(promised("difference"), undefined);
  assertEquals(promised(false), undefined);
  assertEquals([promised("score", 3), promised("difference", 3)], [3, 3]);
});
