import { type Document, finiteScores, type Input, type Model, Random } from "@heatword/core";
import { wholeScores } from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import { Explanations } from "../../explanations/explanations.ts";
import { type Curves, curvesOf } from "../faithfulness/curves.ts";
import { valuesOfAllSets } from "../limits/all_sets.ts";
import { exactShapley } from "./exact_shapley.ts";
import type { MeasuredText } from "./measured_text.ts";
import { controlRows, explainerRows, type Row } from "./rows.ts";
import { shapleyBySets } from "./shapley_by_sets.ts";
import { type LimitOptions, mostWordsOf, textLimits, wholeValue } from "./text_limits.ts";
import { type Readout, TextValues } from "./text_values.ts";
import type { TrustPlan } from "./trust_plan.ts";

/** What is known of a text besides. */
export interface KnownOfText {
  /** A copy of the model that has seen texts with words missing, where it itself has not. */
  readonly tuned?: Model;
  /** The positions of the words that are known to have decided. */
  readonly truth?: readonly number[];
}

/** Finds what is asked for once for each readout. */
function perReadout<T>(find: (readout: Readout) => Promise<T>): (readout: Readout) => Promise<T> {
  const found = new Map<Readout, Promise<T>>();
  return (readout) => {
    const known = found.get(readout) ?? find(readout);
    found.set(readout, known);
    return known;
  };
}

/** The exact Shapley values: of all sets where these are scored anyway, else as the model allows. */
async function shapleyOf(
  explained: readonly Row[],
  explanations: Explanations,
  { values, words, target }: Pick<MeasuredText, "values" | "words" | "target">,
  allSets: () => Promise<Float64Array | undefined>,
  { exactWords = 16 }: LimitOptions = {},
) {
  const all = await allSets();
  if (all) return shapleyBySets(all);
  const found = explained.find(({ name }) => name === "shapley")?.relevance ??
    await exactShapley(explanations, words, target);
  if (found || words === 0 || words > exactWords) return found;
  return shapleyBySets(await valuesOfAllSets(values.score));
}

/**
 * Opens a text for measures: explains its predicted class by every explainer, and finds what
 * several measures need when it is first asked for.
 *
 * @param model The model.
 * @param document The text.
 * @param index Its place among all; gives it randomness of its own.
 * @param plan What to measure.
 * @param more What else is known, and what measures ask for.
 * @param signal Stops it.
 */
export async function openText(
  model: Model,
  document: Document,
  index: number,
  plan: TrustPlan,
  more: KnownOfText & { readonly hasLimits: boolean; readonly hasGreedy: boolean },
  signal?: AbortSignal,
): Promise<MeasuredText> {
  const random = new Random(plan.seed).fork(index);
  const input: Input = model.encode(document);
  const words = document.tokens.length;
  const whole = await wholeScores(model, input);
  const target = predictedClass(finiteScores(whole, model.classes, document.id ?? "a text"));
  const found = new TextValues(model, input, words, target, signal);
  const values = { score: found.as("score"), probability: found.as("probability") };
  const limits = perReadout((readout) =>
    textLimits(values[readout], random.fork(readout === "score" ? 1 : 2), plan.limits)
  );
  const full = perReadout((readout) => wholeValue(values[readout]));
  const explained = await explainerRows(model, input, words, target, index, plan);
  const shapley = await shapleyOf(
    explained,
    new Explanations(model, input, plan.seed),
    { values, words, target },
    async () => more.hasLimits ? (await limits("score"))?.allSets : undefined,
    plan.limits,
  );
  const hasGreedy = more.hasGreedy && words > 0 && words <= mostWordsOf(plan.limits);
  const rows = [
    ...explained,
    ...await controlRows(hasGreedy ? values.score : undefined, shapley, random.fork(3), words),
  ];
  let curves: Promise<Record<Readout, Curves>[]> | undefined;
  const findCurves = async () => {
    const reached: Record<Readout, Curves>[] = [];
    for (const { relevance } of rows) {
      reached.push({
        score: await curvesOf(relevance, values.score, await full("score")),
        probability: await curvesOf(relevance, values.probability, await full("probability")),
      });
    }
    return reached;
  };
  return {
    model,
    document,
    input,
    words,
    target,
    index,
    plan,
    rows,
    values,
    shapley,
    tuned: more.tuned,
    truth: more.truth,
    random: (key) => random.fork(key),
    full,
    limits,
    curves: () => curves ??= findCurves(),
  };
}
