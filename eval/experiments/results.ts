import { type Document, explain, getExplainer, type Model, wholeScores } from "@heatword/core";
import { classification, predictedClass } from "@heatword/eval/classification";
import {
  conservationByExplainer,
  deletionOf,
  type DocumentEvaluation,
  type EvaluationPlan,
} from "@heatword/eval/corpus";
import { Explanations, groupDocument, unknownTokens } from "@heatword/eval/explanations";
import { type UnitName, unitsOf } from "@heatword/datasets/units";
import { piecesOf } from "@heatword/eval/render";
import type { Facts, WordRelevance } from "@heatword/eval/claims";
import type { Duplicates } from "@heatword/eval/duplicates";
import type { PanelResult } from "@heatword/eval/pca";
import type { PlotGroups } from "@heatword/eval/plots";
import type { PlottedTexts, ReportDocument } from "@heatword/eval/report";
import { type CompactDocument, type Corpus, shownArticle } from "@heatword/datasets/corpus";

/** The classes that Fig. 2 of the paper explains its document for. */
const paperTargets = ["sci.space", "rec.motorcycles", "sci.med"];

/** The group of each document. */
export function groupsOf(corpus: Corpus, documents: readonly CompactDocument[]): PlotGroups {
  const { names, of, rest } = corpus.categories;
  return { of: documents.map(({ label }) => of[label]!), names, rest };
}

/** The texts of the document vectors, as a page tells of them. */
export function plottedTexts(
  { classes }: Corpus,
  documents: readonly CompactDocument[],
  evaluations: readonly DocumentEvaluation[],
): PlottedTexts {
  return {
    classes,
    texts: documents.map(({ id, label }, i) => [id, label, evaluations[i]!.prediction]),
  };
}

/** Sums up what was found about all documents. */
export function factsOf(
  corpus: Corpus,
  duplicates: Duplicates | undefined,
  evaluations: readonly DocumentEvaluation[],
  plan: EvaluationPlan,
  panels: readonly PanelResult[],
): Omit<Facts, "probeWord"> {
  return {
    comparable: corpus.comparable,
    documents: {
      train: corpus.train.length,
      test: corpus.test.length,
      length100: corpus.test.filter(({ length }) => length >= 100).length,
    },
    classification: classification(
      evaluations.map(({ label }) => label),
      evaluations.map(({ prediction }) => prediction),
      corpus.classes,
    ),
    ...(duplicates && { duplicates }),
    seed: plan.seed,
    conservation: conservationByExplainer(evaluations, plan.explainers),
    deletion: deletionOf(evaluations, plan),
    panels,
  };
}

/** The document of Fig. 2: the paper's, else the first long one that is classified correctly. */
export function shownDocument(
  corpus: Corpus,
  evaluated: readonly CompactDocument[],
  evaluations: readonly DocumentEvaluation[],
): Document | undefined {
  const index = evaluations.findIndex(({ label, prediction }, i) =>
    label === prediction && evaluated[i]!.length >= 100
  );
  const id = corpus.shown ?? evaluated[index]?.id;
  return id === undefined ? undefined : corpus.original(id);
}

/** How the document of Fig. 2 is explained. */
interface ShownOptions {
  /** The option `seed` of explainers that sample. */
  readonly seed: number;
  /** Into what its words are grouped. @default {each word is on its own} */
  readonly unit?: UnitName | undefined;
  /** Indices of the classes it is explained for. @default {the paper's, else the three likeliest} */
  readonly targets?: readonly number[];
}

/** Fig. 2: heatmaps of one document for the paper's targets, else for its three likeliest classes. */
export async function heatmapsOf(
  model: Model,
  document: Document,
  explainers: readonly string[],
  { seed, unit = "word", targets: given }: ShownOptions,
): Promise<ReportDocument> {
  const grouped = unit === "word" ? undefined : groupDocument(model, document, {
    name: unit,
    split: (document) => unitsOf(document, unit),
  });
  const input = grouped?.input ?? model.encode(document);
  const unknown = unknownTokens(input, document.tokens.length);
  const scores = grouped
    ? await wholeScores(grouped.byUnits, grouped.units)
    : await model.scores(input);
  const { units } = grouped?.units ?? {};
  const pieces = units && piecesOf({ ...document, unit, units, unknown });
  const likeliest = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, 3);
  const known = document.id === shownArticle &&
    paperTargets.every((name) => model.classes.includes(name));
  const targets = given ??
    (known ? paperTargets.map((name) => model.classes.indexOf(name)) : likeliest);
  const explained = targets.map(async (target) => ({
    target: model.classes[target]!,
    score: scores[target]!,
    heatmaps: await Promise.all(explainers.map(async (explainer) => {
      if (!grouped || !pieces) {
        return { explainer, words: await wordRelevance(model, input, explainer, target, seed) };
      }
      const { words } = await Explanations.ofUnits(grouped, seed).words(explainer, target);
      return {
        explainer,
        words: pieces.owner.map((u) => words[u]!),
        sum: words.reduce((sum, value) => sum + value, 0),
      };
    })),
  }));
  return {
    document: pieces?.document ?? document,
    unknown: pieces?.unknown ?? unknown,
    ...(pieces?.names && { names: pieces.names }),
    predicted: model.classes[predictedClass(scores)]!,
    targets: await Promise.all(explained),
  };
}

async function wordRelevance(
  model: Model,
  input: ReturnType<Model["encode"]>,
  name: string,
  target: number,
  seed: number,
): Promise<Float64Array> {
  const explainer = getExplainer(name);
  const options = explainer.tags.stochastic ? { seed } : {};
  return (await explain(explainer, model, input, target, options)).words;
}

/** The relevance of "ride" in the paper's document, for every target. */
export async function probeWordOf(
  model: Model,
  document: Document,
  explainers: readonly string[],
): Promise<WordRelevance | undefined> {
  if (document.id !== shownArticle) return undefined;
  const input = model.encode(document);
  const places = [...document.tokens.keys()].filter((t) => document.tokens[t]!.text === "ride");
  const byExplainer: Record<string, Record<string, number>> = {};
  for (const name of explainers.filter((name) => ["lrp", "sa"].includes(name))) {
    const byTarget: Record<string, number> = {};
    for (const [c, target] of model.classes.entries()) {
      const words = await wordRelevance(model, input, name, c, 0);
      byTarget[target] = places.reduce((sum, t) => sum + words[t]!, 0);
    }
    byExplainer[name] = byTarget;
  }
  return { word: "ride", byExplainer };
}
