import { type Facts, formatMeasured, makeLedger, verdict } from "@heatword/eval/claims";
import { Random } from "@heatword/core";
import { areaBetween } from "@heatword/eval/deletion";
import type { PanelResult } from "@heatword/eval/pca";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { smallReport } from "../_report_data.ts";

const { facts } = await smallReport();
const byId = (own: Facts) => new Map(makeLedger(own).map((claim) => [claim.id, claim]));

Deno.test("makeLedger() has an entry for every checkable statement, none twice", () => {
  const ids = makeLedger(facts).map(({ id }) => id);
  assertEquals(ids.length, new Set(ids).size);
  const expected = [
    "documents.train",
    "documents.test",
    "documents.length100",
    "documents.duplicates",
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

Deno.test("makeLedger() asks that the whole interval of the accuracy is above the paper's", () => {
  const claimOf = (correct: number, documents: number) => {
    const accuracy = correct / documents;
    const standardError = Math.sqrt((accuracy * (1 - accuracy)) / documents);
    const classification = { ...facts.classification, correct, documents, accuracy, standardError };
    return byId({ ...facts, classification }).get("accuracy.test")!;
  };
  // Wilson's intervals of these begin at 0.80207 and 0.80153.
  assertEquals([claimOf(6109, 7532).pass, claimOf(6105, 7532).pass], [true, false]);
  assertEquals(claimOf(10, 10).pass, false);
  const { accuracy, standardError, interval } = claimOf(6040, 7532).ours as unknown as {
    accuracy: number;
    standardError: number;
    interval: [number, number];
  };
  assertAlmostEquals(accuracy, 0.80191184, 1e-8);
  assertAlmostEquals(standardError, 0.0045924, 1e-7);
  assertAlmostEquals(interval[0], 0.7927580, 1e-7);
  assertAlmostEquals(interval[1], 0.8107579, 1e-7);
});

/** An experiment whose differences are as given. */
const experimentWith = (difference: number, low: number, high: number, documents = 40) => ({
  ...facts.deletion[0],
  documents,
  differences: facts.deletion[0].differences.map((found) => ({
    ...found,
    difference,
    interval: [low, high] as const,
  })),
});

Deno.test("makeLedger() judges curves by the area between them, with the numbers", () => {
  const [correct, wrong] = facts.deletion;
  const claims = byId(facts);
  const area = (name: string, at: typeof correct) =>
    [...at.curves, at.random].find((curve) => curve.name === name)!.area;
  const check = (id: string, at: typeof correct, lower: string, upper: string) => {
    const figures = claims.get(id)!.ours as Record<string, number>;
    assertAlmostEquals(figures.difference!, area(upper, at) - area(lower, at), 1e-12);
    assertEquals([figures[lower], figures[upper]], [area(lower, at), area(upper, at)]);
    const { interval } = areaBetween(at, upper, lower)!;
    assertEquals(figures.interval as unknown, interval);
  };
  check("deletion.correct.lrp-below-sa", correct, "lrp", "sa");
  check("deletion.correct.sa-below-random", correct, "sa", "random");
  check("deletion.false.lrp-above-random", wrong, "random", "lrp");
  check("deletion.false.sa-below-random", wrong, "sa", "random");
});

Deno.test("makeLedger() passes a comparison only if the whole interval lies above 0", () => {
  // The difference is stored as lrp minus sa and turned round for the claim.
  const pass = (difference: number, low: number, high: number, documents?: number) =>
    byId({
      ...facts,
      deletion: [experimentWith(difference, low, high, documents), facts.deletion[1]],
    }).get("deletion.correct.lrp-below-sa")!.pass;
  assertEquals(pass(-0.02, -0.03, -0.001), true);
  assertEquals(pass(-0.02, -0.05, 0.001), false);
  assertEquals(pass(-0.02, -0.05, 0), false);
  assertEquals(pass(0.02, 0.01, 0.03), false);
  assertEquals(pass(NaN, NaN, NaN), null);
  // Of too few documents nothing is known.
  assertEquals([pass(-0.02, -0.03, -0.001, 30), pass(-0.02, -0.03, -0.001, 29)], [true, null]);
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

/** Panels of 40 documents with given silhouettes, each with noise of its own and some in common. */
function panelsWith(values: Readonly<Record<string, number>>, noise: number): PanelResult[] {
  const random = new Random(6);
  const shared = Array.from({ length: 40 }, () => random.normal());
  return Object.entries(values).map(([id, mean]) => {
    const own = shared.map(() => noise * random.normal());
    const average = [...own, ...shared].reduce((a, b) => a + b) / 40;
    const plane = Float64Array.from(own, (value, i) => mean + value + shared[i]! - average);
    return {
      ...facts.panels[0]!,
      panel: { id, label: id, weights: "sum" as const },
      plane: { mean, byGroup: [] },
      classes: { mean, byGroup: [] },
      influence: { plane, classes: plane },
    };
  });
}

const pcaOf = (values: Readonly<Record<string, number>>, noise: number) =>
  makeLedger({ ...facts, panels: panelsWith(values, noise) })
    .filter(({ id }) => id.startsWith("pca."));

const asPaper = { "lrp-ew": 0.6, "sa-ew": 0.5, sa: 0.4, lrp: 0.38, "sa-l2": 0.2, sum: 0.1 };
const reversed = { "lrp-ew": 0.1, "sa-ew": 0.2, sa: 0.38, lrp: 0.4, "sa-l2": 0.5, sum: 0.6 };

Deno.test("makeLedger() judges the panels by their silhouettes", () => {
  assert(pcaOf(asPaper, 0.01).every(({ pass }) => pass === true));
  assert(
    pcaOf(reversed, 0.01).every(({ id, pass }) => pass === (id === "pca.order.lrp-like-sa")),
  );
});

Deno.test("makeLedger() passes no order of panels that lies within the spread over documents", () => {
  // The documents' common spread of 1 cancels; 0.4 over √40 does not: differences of 0.1 are within.
  const claims = pcaOf(asPaper, 0.4);
  const pass = (id: string) => claims.find((claim) => claim.id === id)!.pass;
  assertEquals(pass("pca.order.sa-ew-above-sa"), false);
  assertEquals(pass("pca.order.lrp-ew-best"), false);
  assertEquals(pass("pca.silhouette.lrp-ew"), true);
  const { difference, interval } = claims.find(({ id }) => id === "pca.order.sa-ew-above-sa")!
    .ours as unknown as { difference: number; interval: [number, number] };
  assertAlmostEquals(difference, 0.1, 1e-12);
  // 1.96 · 0.4 · √2 / √40 is 0.175, as far as 40 drawn documents tell.
  assert(interval[0] < 0 && interval[1] - interval[0] > 0.22 && interval[1] - interval[0] < 0.5);
});

Deno.test("makeLedger() shows the narrowest of several differences", () => {
  const { ours } = pcaOf(asPaper, 0.01).find(({ id }) => id === "pca.order.all-above-sum")!;
  assertAlmostEquals((ours as Record<string, number>).difference!, 0.1, 1e-12);
});

Deno.test("makeLedger() compares TF-IDF with SUM where it was made, and no relevance with it", () => {
  const claimsWith = (tfIdf: number) =>
    new Map(
      pcaOf({ "sa-l2": 0.2, sum: 0.1, "tf-idf": tfIdf }, 0.01).map((claim) => [claim.id, claim]),
    );
  assertEquals(claimsWith(0.11).get("pca.order.tf-idf-like-sum")!.pass, true);
  assertEquals(claimsWith(0.19).get("pca.order.tf-idf-like-sum")!.pass, false);
  assertEquals(claimsWith(0.05).get("pca.silhouette.sum")!.pass, true);
  assert(!byId(facts).has("pca.order.tf-idf-like-sum"));
});

Deno.test("makeLedger() tells duplicates and the accuracy without them, and judges neither", () => {
  const claim = byId(facts).get("documents.duplicates")!;
  assertEquals([claim.ours, claim.pass], [
    { identical: 2, near: 3, either: 4, accuracyWithout: 0.25, standardError: 0.0722 },
    null,
  ]);
  const { duplicates: _, ...rest } = facts;
  assertEquals(
    byId(rest).get("documents.duplicates")!.ours,
    "no training documents are known",
  );
});

Deno.test("makeLedger() shows counts and accuracy of another corpus without judging them", () => {
  const claims = byId({ ...facts, comparable: false });
  for (const id of ["documents.train", "documents.length100", "random.std"]) {
    assertEquals(claims.get(id)!.pass, null);
    assertEquals(typeof claims.get(id)!.ours, "number");
  }
  const { ours, pass } = claims.get("accuracy.test")!;
  assertEquals([pass, (ours as Record<string, number>).accuracy], [
    null,
    facts.classification.accuracy,
  ]);
});

Deno.test("makeLedger() does not judge what was not run", async () => {
  const { facts: own } = await smallReport(["sa"]);
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
  const { ours } = claims.get("deletion.correct.sa-below-random")!;
  assert("difference" in (ours as Record<string, number>));
});

Deno.test("formatMeasured() writes numbers for people", () => {
  assertEquals(formatMeasured(4963), "4,963");
  assertEquals(formatMeasured(0.80191), "0.8019");
  assertEquals(formatMeasured(-1.5e-7), "−1.500·10⁻⁷");
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
