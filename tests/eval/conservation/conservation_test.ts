import type { Relevance } from "@heatword/core";
import { conservationResidual } from "@heatword/eval/conservation";
import { assertAlmostEquals } from "@std/assert";

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
