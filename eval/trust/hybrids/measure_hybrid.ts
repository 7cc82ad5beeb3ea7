import { type Document, finiteScores, type Model, Random } from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import { Explanations } from "../../explanations/explanations.ts";
import { point } from "../pointing/pointing.ts";
import { exactShapley } from "../texts/exact_shapley.ts";
import type { TrustPlan } from "../texts/trust_plan.ts";
import { type HybridText, labelsOfWords } from "./hybrid_texts.ts";

/** What became of a hybrid text. */
export interface HybridFigures {
  /** Whether it was played, or why not. */
  readonly status: "played" | "discarded" | "discarded by the cut" | "empty";
  /** The share of words that have the predicted class. */
  readonly chance?: number;
  /** The hit of each explainer, and of true Shapley values and chance as controls. */
  readonly hits: Readonly<Record<string, number>>;
}

/**
 * Plays the pointing game with one hybrid text.
 *
 * @param model The model.
 * @param hybrid The text.
 * @param document The same text as the model reads it.
 * @param index Its place among all; gives it randomness of its own.
 * @param plan Which explainers take part, and the seed.
 * @returns The hit of each explainer.
 * @throws {TypeError} If the model cannot do what an explainer needs.
 */
export async function measureHybrid(
  model: Model,
  hybrid: HybridText,
  document: Document,
  index: number,
  { explainers, seed }: TrustPlan,
): Promise<HybridFigures> {
  const kept = document.tokens.length;
  const cut = (document.unseen ?? []).filter(({ reason }) => reason === "beyond the limit");
  const labels = labelsOfWords(hybrid, [...document.tokens, ...cut].map(({ start }) => start));
  if (kept === 0) return { status: "empty", hits: {} };
  const input = model.encode(document);
  const scores = finiteScores(await model.scores(input), model.classes, "a hybrid text");
  const predicted = predictedClass(scores);
  const explanations = new Explanations(model, input, seed + index);
  const hits: Record<string, number> = {};
  const play = (name: string, relevance: ArrayLike<number>) => {
    const outcome = point(labels, kept, predicted, relevance);
    if (outcome.status === "played") hits[name] = outcome.hit;
    return outcome;
  };
  const random = new Random(seed).fork(index);
  const outcome = play("random order", Float64Array.from({ length: kept }, () => random.normal()));
  if (outcome.status !== "played") {
    const byCut = outcome.status === "discarded" && outcome.beforeCut;
    return { status: byCut ? "discarded by the cut" : outcome.status, hits: {} };
  }
  for (const name of explainers) {
    play(name, (await explanations.words(name, predicted)).words.subarray(0, kept));
  }
  const shapley = await exactShapley(explanations, kept, predicted);
  if (shapley) {
    play("true Shapley", shapley);
    play("inverted", shapley.map((value) => -value));
  }
  return { status: "played", chance: outcome.chance, hits };
}
