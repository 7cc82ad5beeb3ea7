import { Random, registerExplainer, targetScore } from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import {
  classificationOf,
  conservationByExplainer,
  deletionOf,
  evaluateDocument,
  type EvaluationPlan,
  panelsOf,
} from "@heatword/eval/corpus";
import { defaultPanels } from "@heatword/eval/pca";
import { assert, assertEquals, assertLess } from "@std/assert";
import { drawnDocuments } from "../_documents.ts";

const model = miniModel({ classes: 4 });
const documents = drawnDocuments(50, 4);
const plan: EvaluationPlan = {
  explainers: ["lrp", "sa"],
  seed: 9,
  deletion: { minLength: 4, deletions: 6, runs: 3 },
  panels: defaultPanels(["lrp", "sa"], ["lrp", "sa"]),
};
const evaluate = async (own = plan) =>
  await Promise.all(documents.map(async (d, i) => await evaluateDocument(model, d, i, own)));

Deno.test("evaluateDocument() gives the same whatever the order of the documents", async () => {
  const forward = await evaluate();
  const backward = (await Promise.all(
    documents.map((d, i) => [d, i] as const).reverse()
      .map(async ([d, i]) => await evaluateDocument(model, d, i, plan)),
  )).reverse();
  assertEquals(forward, backward);
});

Deno.test("evaluateDocument() deletes the words of every document in random orders of its own", async () => {
  const options = { minLength: 0, deletions: 6, runs: 8 };
  // A text whose class hangs on which words are left.
  const words = Array.from({ length: 8 }, (_, i) => `w9${i}`);
  const tokens = words.map((text, i) => ({ text, start: 4 * i, end: 4 * i + 3 }));
  const document = { text: words.join(" "), tokens };
  const flagsOf = async (seed: number, index: number) =>
    (await evaluateDocument(model, { document, label: 1 }, index, {
      explainers: [],
      seed,
      deletion: options,
    }))
      .flags!;
  for (const seed of [0, 9]) {
    for (let index = 0; index < 12; index++) {
      const input = model.encode(document);
      // What is documented: the generator of a seed, forked by the document and then by the run.
      const expected = Array.from({ length: options.runs }, (_, run) => {
        const order = new Random(seed).fork(index).fork(run).shuffle([...words.keys()]);
        return Array.from({ length: options.deletions + 1 }, (_, k) => {
          const scores = [...model.scores(model.withoutWords(input, order.slice(0, k)))];
          return Number(scores.indexOf(Math.max(...scores)) === 1);
        });
      });
      assertEquals(
        [...await flagsOf(seed, index)],
        expected.flat(),
        `seed ${seed}, document ${index}`,
      );
    }
  }
  const distinct = new Set(
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => (await flagsOf(9, index)).join("")),
    ),
  );
  assertEquals(distinct.size, 12);
});

Deno.test("evaluateDocument() finds that LRP conserves the score, and that SA promises nothing", async () => {
  const [lrp, ...others] = conservationByExplainer(await evaluate(), plan.explainers);
  assertEquals(others, []);
  assertEquals([lrp!.explainer, lrp!.documents], ["lrp", documents.length]);
  assertLess(lrp!.worst, 1e-10);
});

Deno.test("conservationByExplainer() finds the document where an explainer breaks its promise", async () => {
  registerExplainer({
    name: "breaks-promise",
    description: "Gives one",
    citation: "none",
    tags: { needs: "scores", signed: true, conserves: "score", stochastic: false },
    options: {},
    async explain({ model, input, targets }) {
      const scores = await model.scores(input);
      const words = new Float64Array(input.length).fill(7);
      return targets.map((target) => ({ score: targetScore(target, scores), words }));
    },
  });
  const found = await evaluate({ explainers: ["breaks-promise"], seed: 1 });
  const [entry] = conservationByExplainer(found, ["breaks-promise"]);
  assertEquals(found[entry!.at]!.residuals[0], entry!.worst);
  assert(entry!.worst > 1 && entry!.mean < entry!.worst);
});

Deno.test("deletionOf() splits long documents by whether they are correct at first", async () => {
  const evaluations = await evaluate();
  const [correct, wrong] = deletionOf(evaluations, plan);
  const long = documents.filter(({ document }) => document.tokens.length >= 4).length;
  assertEquals(correct.documents + wrong.documents, long);
  for (const [experiment, at] of [[correct, 1], [wrong, 0]] as const) {
    assert(experiment.documents > 0);
    assertEquals(experiment.curves.map((curve) => curve.name), ["lrp", "sa"]);
    for (const curve of [...experiment.curves, experiment.random]) {
      assertEquals(curve.accuracy.length, 7);
      assertEquals(curve.accuracy[0], at);
    }
  }
});

Deno.test("deletionOf() takes the explainer random for its own random runs", async () => {
  const own = { ...plan, explainers: ["lrp", "random"] };
  const evaluations = await Promise.all(
    documents.map(async (d, i) =>
      await evaluateDocument(model, d, i, { ...own, explainers: ["lrp"] })
    ),
  );
  const [correct] = deletionOf(evaluations, own);
  assertEquals(correct.curves.map((curve) => curve.name), ["lrp"]);
});

Deno.test("classificationOf() counts every document", async () => {
  const evaluations = await evaluate({ explainers: [], seed: 0 });
  const { documents: count, accuracy } = classificationOf(evaluations, model.classes);
  const hits = evaluations.filter(({ label, prediction }) => label === prediction).length;
  assertEquals([count, accuracy], [documents.length, hits / documents.length]);
});

Deno.test("panelsOf() gives every panel a point a document and a figure of merit", async () => {
  const evaluations = await evaluate();
  const groups = evaluations.map(({ label }) => label === 3 ? -1 : label);
  const panels = panelsOf(evaluations, plan, groups, 3);
  assertEquals(panels.map(({ panel }) => panel.id), plan.panels!.map(({ id }) => id));
  for (const { points, plane, full } of panels) {
    assertEquals(points.length, 2 * documents.length);
    assert(Math.abs(plane.mean) <= 1 && Math.abs(full!.mean) <= 1);
  }
  assertEquals(panelsOf(evaluations, plan, groups, 3, { full: false })[0]!.full, undefined);
});
