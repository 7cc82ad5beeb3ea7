import { type Claim, type Facts, formatMeasured, makeLedger, verdict } from "@heatword/eval/claims";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { smallReport } from "../_report_data.ts";

const { facts } = smallReport();
const byId = (own: Facts) => new Map(makeLedger(own).map((claim) => [claim.id, claim]));

Deno.test("makeLedger() has an entry for every checkable statement, none twice", () => {
  const ids = makeLedger(facts).map(({ id }) => id);
  assertEquals(ids.length, new Set(ids).size);
  const expected = [
    "documents.train",
    "documents.test",
    "documents.length100",
    "accuracy.test",
    "random.std",
    "deletion.correct.lrp-below-sa",
    "deletion.correct.sa-below-random",
    "deletion.false.lrp-above-random",
    "deletion.false.sa-below-random",
    "conservation.lrp",
    "heatmap.ride",
    ...["lrp-ew", "lrp", "sa-ew", "sa", "sa-l2", "sum"].map((id) => `pca.silhouette.${id}`),
    "pca.order.all-above-sum",
    "pca.order.lrp-ew-best",
    "pca.order.sa-ew-above-sa",
    "pca.order.lrp-like-sa",
    "pca.order.sa-l2-between",
  ];
  assertEquals(expected.filter((id) => !ids.includes(id)), []);
});

Deno.test("makeLedger() passes the right counts and fails the wrong ones", () => {
  const claims = byId(facts);
  assertEquals(claims.get("documents.train")!.pass, true);
  assertEquals(claims.get("documents.length100")!.pass, false);
  assertEquals(claims.get("documents.length100")!.ours, 4962);
});

Deno.test("makeLedger() holds the accuracy to the paper's", () => {
  const pass = (accuracy: number) =>
    byId({ ...facts, classification: { ...facts.classification, accuracy } })
      .get("accuracy.test")!.pass;
  assertEquals([pass(0.8018), pass(0.8019)], [false, true]);
});

Deno.test("makeLedger() judges curves by the area between them, with the numbers", () => {
  const [correct, wrong] = facts.deletion;
  const claims = byId(facts);
  const area = (name: string, at: typeof correct) =>
    [...at.curves, at.random].find((curve) => curve.name === name)!.area;
  const check = (id: string, at: typeof correct, lower: string, upper: string) => {
    const { ours, pass } = claims.get(id)!;
    const figures = ours as Record<string, number>;
    assertAlmostEquals(figures.difference!, area(upper, at) - area(lower, at), 1e-12);
    assertEquals([figures[lower], figures[upper]], [area(lower, at), area(upper, at)]);
    assertEquals(pass, area(upper, at) > area(lower, at));
  };
  check("deletion.correct.lrp-below-sa", correct, "lrp", "sa");
  check("deletion.correct.sa-below-random", correct, "sa", "random");
  check("deletion.false.lrp-above-random", wrong, "random", "lrp");
  check("deletion.false.sa-below-random", wrong, "sa", "random");
});

Deno.test("makeLedger() takes the largest deviation of random deletion", () => {
  const { ours, pass } = byId(facts).get("random.std")!;
  const largest = Math.max(...facts.deletion.flatMap(({ random }) => random.deviation));
  assertEquals(ours, largest);
  assertEquals(pass, largest < 0.0141);
});

Deno.test("makeLedger() fails a conservation of more than 1e-4", () => {
  const pass = (worst: number) =>
    byId({ ...facts, conservation: [{ explainer: "lrp", worst, at: 0, mean: 0, documents: 1 }] })
      .get("conservation.lrp")!.pass;
  assertEquals([pass(1e-4), pass(1.1e-4)], [true, false]);
});

Deno.test("makeLedger() asks that ride is negative for every target but rec.motorcycles", () => {
  const pass = (lrp: Record<string, number>, sa = { "sci.med": 0.1 }) =>
    byId({ ...facts, ride: { word: "ride", byExplainer: { lrp, sa } } }).get("heatmap.ride")!.pass;
  assertEquals(pass({ "rec.motorcycles": 3, "sci.med": -1, "sci.space": -2 }), true);
  assertEquals(pass({ "rec.motorcycles": -3, "sci.med": -1, "sci.space": -2 }), true);
  assertEquals(pass({ "rec.motorcycles": 3, "sci.med": 0.001, "sci.space": -2 }), false);
});

Deno.test("makeLedger() judges the panels by their silhouettes", () => {
  const order = ["lrp-ew", "sa-ew", "sa", "lrp", "sa-l2", "sum"];
  const withValues = (values: number[]) =>
    byId({
      ...facts,
      panels: order.map((id, i) => ({
        ...facts.panels[0]!,
        panel: { id, label: id, weights: "sum" as const },
        plane: { mean: values[i]!, byGroup: [] },
        classes: { mean: values[i]!, byGroup: [] },
      })),
    });
  const pca = (claims: Map<string, Claim>) =>
    [...claims.values()].filter(({ id }) => id.startsWith("pca."));
  assert(pca(withValues([0.6, 0.5, 0.4, 0.38, 0.2, 0.1])).every(({ pass }) => pass === true));
  const reversed = withValues([0.1, 0.2, 0.38, 0.4, 0.5, 0.6]);
  assert(pca(reversed).every(({ id, pass }) => pass === false || id === "pca.order.lrp-like-sa"));
});

Deno.test("makeLedger() compares TF-IDF with SUM where it was made, and no relevance with it", () => {
  const [first] = facts.panels;
  const panel = (id: string, mean: number) => ({
    ...first!,
    panel: { id, label: id, weights: "sum" as const },
    plane: { mean, byGroup: [] },
  });
  const claimsWith = (tfIdf: number) =>
    byId({ ...facts, panels: [panel("sa-l2", 0.2), panel("sum", 0.1), panel("tf-idf", tfIdf)] });
  assertEquals(claimsWith(0.11).get("pca.order.tf-idf-like-sum")!.pass, true);
  assertEquals(claimsWith(0.19).get("pca.order.tf-idf-like-sum")!.pass, false);
  assertEquals(claimsWith(0.05).get("pca.silhouette.sum")!.pass, true);
  assert(!byId(facts).has("pca.order.tf-idf-like-sum"));
});

Deno.test("makeLedger() shows counts and accuracy of another corpus without judging them", () => {
  const claims = byId({ ...facts, comparable: false });
  for (const id of ["documents.train", "documents.length100", "accuracy.test", "random.std"]) {
    assertEquals(claims.get(id)!.pass, null);
    assertEquals(typeof claims.get(id)!.ours, "number");
  }
});

Deno.test("makeLedger() does not judge what was not run", () => {
  const { facts: own } = smallReport(["sa"]);
  const { ride: _, ...rest } = own;
  const claims = byId(rest);
  for (
    const id of [
      "deletion.correct.lrp-below-sa",
      "conservation.lrp",
      "heatmap.ride",
      "pca.silhouette.lrp",
      "pca.order.lrp-ew-best",
    ]
  ) assertEquals(claims.get(id)!.pass, null, id);
  assert(typeof claims.get("deletion.correct.sa-below-random")!.pass === "boolean");
});

Deno.test("formatMeasured() writes numbers for people", () => {
  assertEquals(formatMeasured(4963), "4,963");
  assertEquals(formatMeasured(0.80191), "0.8019");
  assertEquals(formatMeasured(-1.5e-7), "−1.5 · 10⁻⁷");
  assertEquals(formatMeasured({ lrp: 0.5, standardError: "x" }), "lrp 0.5000, standard error x");
  assertEquals([formatMeasured(null), formatMeasured(NaN)], ["–", "–"]);
});

Deno.test("verdict() has a word for every outcome", () => {
  assertEquals([true, false, null].map((pass) => verdict({ pass })), [
    "holds",
    "fails",
    "not checked",
  ]);
});
