import { explain, getExplainer } from "@heatword/core";
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
import { type Facts, makeLedger } from "@heatword/eval/claims";
import { defaultPanels } from "@heatword/eval/pca";
import type { ReportData } from "@heatword/eval/report";
import { drawnDocuments } from "./_documents.ts";

/** A whole report's data, from a small random model. */
export async function smallReport(explainers: readonly string[] = ["lrp", "sa"]): Promise<{
  data: ReportData;
  facts: Facts;
}> {
  const model = miniModel({ classes: 4 });
  const documents = drawnDocuments(40, 4);
  const plan: EvaluationPlan = {
    explainers,
    seed: 2,
    deletion: { minLength: 4, deletions: 8, runs: 3 },
    panels: defaultPanels(explainers, explainers),
  };
  const evaluations = await Promise.all(
    documents.map(async (d, i) => await evaluateDocument(model, d, i, plan)),
  );
  const groups = {
    of: evaluations.map(({ label }) => label - 1),
    names: ["a", "b", "c"],
    rest: "d",
  };
  const document = {
    ...documents[11]!.document,
    text: `<script>alert("x")</script> & ${documents[11]!.document.text}`,
    id: "sci.space/61393",
    label: "class 1",
  };
  const input = model.encode(document);
  const facts: Facts = {
    comparable: true,
    documents: { train: 11314, test: 7532, length100: 4962 },
    classification: classificationOf(evaluations, model.classes),
    duplicates: {
      size: 8,
      share: 0.8,
      identical: 2,
      near: 3,
      test: 40,
      documents: 4,
      others: { documents: 36, accuracy: 0.25, standardError: 0.0722 },
    },
    seed: 2,
    deletion: deletionOf(evaluations, plan),
    conservation: conservationByExplainer(evaluations, explainers),
    panels: panelsOf(evaluations, plan, groups.of, 3),
    probeWord: {
      word: "ride",
      byExplainer: { lrp: { "rec.motorcycles": 2, "sci.space": -1, "sci.med": -0.5 } },
    },
  };
  return {
    facts,
    data: {
      ...facts,
      corpus: "a drawn corpus",
      preparation: "Words are drawn.",
      classifier: "Its weights are drawn.",
      minLength: 4,
      notices: ["This is a quick run <b>"],
      claims: makeLedger(facts),
      groups,
      points: {
        classes: model.classes,
        // A name that would do harm in a page that took it for HTML.
        texts: evaluations.map(({ label, prediction }, i) => [
          i === 3 ? "</script><b>3" : `text ${i}`,
          label,
          prediction,
        ]),
      },
      heatmaps: {
        document,
        predicted: "class 2",
        targets: await Promise.all([0, 1].map(async (target) => ({
          target: model.classes[target]!,
          score: model.scores(input)[target]!,
          heatmaps: await Promise.all(explainers.map(async (explainer) => ({
            explainer,
            words: (await explain(explainer, model, input, target)).words,
          }))),
        }))),
      },
      explainers: explainers.map(getExplainer),
      settings: [["seed", "2"]],
      timings: [{ step: "Train", seconds: 61.2, note: "from the cache" }],
      command: "deno task reproduce",
    },
  };
}
