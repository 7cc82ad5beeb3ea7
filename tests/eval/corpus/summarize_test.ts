import {
  conservationByExplainer,
  type DocumentEvaluation,
  panelsOf,
  panelVectors,
} from "@heatword/eval/corpus";
import { evaluatePanel, type Panel } from "@heatword/eval/pca";
import { Random } from "@heatword/core";
import { assertAlmostEquals, assertEquals } from "@std/assert";

const evaluationOf = (residuals: number[], vectors?: number[]): DocumentEvaluation => ({
  label: 0,
  prediction: 0,
  words: 3,
  scores: Float64Array.of(1),
  residuals: Float64Array.from(residuals),
  ...(vectors && { vectors: Float32Array.from(vectors) }),
});

Deno.test("conservationByExplainer() tells the first worst document, and the mean of those that count", () => {
  const found = conservationByExplainer(
    [[0.25, NaN, NaN], [NaN, NaN, 0.5], [0.75, NaN, 0], [0.75, NaN, NaN]].map((residuals) =>
      evaluationOf(residuals)
    ),
    ["one", "none", "two"],
  );
  assertEquals(found.map(({ mean: _, ...rest }) => rest), [
    { explainer: "one", worst: 0.75, at: 2, documents: 3 },
    { explainer: "two", worst: 0.5, at: 1, documents: 2 },
  ]);
  assertAlmostEquals(found[0]!.mean, 1.75 / 3, 1e-15);
  assertEquals(found[1]!.mean, 0.25);
});

Deno.test("conservationByExplainer() finds residuals of zero too", () => {
  const [found] = conservationByExplainer([evaluationOf([0]), evaluationOf([0])], ["one"]);
  assertEquals(found, { explainer: "one", worst: 0, at: 0, mean: 0, documents: 2 });
});

Deno.test("panelVectors() takes the part of each document that belongs to the panel", () => {
  const evaluations = [[1, 2, 3, 4, 5, 6], [11, 12, 13, 14, 15, 16]].map((v) =>
    evaluationOf([], v)
  );
  assertEquals([...panelVectors(evaluations, 0, 3)], [1, 2, 11, 12]);
  assertEquals([...panelVectors(evaluations, 1, 3)], [3, 4, 13, 14]);
  assertEquals([...panelVectors(evaluations, 2, 3)], [5, 6, 15, 16]);
  assertEquals([...panelVectors([], 0, 3)], []);
});

Deno.test("panelsOf() evaluates each panel on vectors of its own", () => {
  const random = new Random(2);
  const panels: Panel[] = ["a", "b"].map((id) => ({ id, label: id, weights: "sum" } as const));
  const rows = Array.from({ length: 9 }, () => Array.from({ length: 6 }, () => random.normal()));
  const evaluations = rows.map((row) => evaluationOf([], row));
  const groups = [0, 1, 0, 1, 1, 0, -1, 1, 0];
  const found = panelsOf(evaluations, { explainers: [], seed: 0, panels }, groups, 2);
  const expected = panels.map((panel, p) =>
    evaluatePanel(
      panel,
      Float32Array.from(rows.flatMap((row) => row.slice(3 * p, 3 * p + 3))),
      3,
      groups,
      2,
    )
  );
  assertEquals(found, expected);
});
