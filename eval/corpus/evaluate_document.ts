import {
  conservationResidual,
  type Document,
  finiteScores,
  type FloatArray,
  getExplainer,
  type Model,
  promisedSum,
  Random,
  wholeScores,
} from "@heatword/core";
import { predictedClass } from "../classification/predicted_class.ts";
import { deleteWords, deletionDefaults, type DeletionOptions } from "../deletion/delete_words.ts";
import { type UnitName, unitsOf } from "@heatword/datasets/units";
import { Explanations } from "../explanations/explanations.ts";
import { groupDocument } from "../explanations/units.ts";
import { documentVectors, type Panel } from "../pca/panels.ts";

/** What is evaluated, and how. It can be posted to a worker. */
export interface EvaluationPlan {
  /** Names of registered explainers. */
  readonly explainers: readonly string[];
  /** Where all randomness starts. */
  readonly seed: number;
  /** How words are deleted; not at all when absent. */
  readonly deletion?: DeletionOptions;
  /** Into what words are grouped that are deleted together. @default {each word is on its own} */
  readonly unit?: UnitName;
  /** The document vectors to make; none when absent. */
  readonly panels?: readonly Panel[];
  /** Inverse document frequencies, for `tf-idf` panels. */
  readonly frequencies?: ReadonlyMap<string, number>;
  /** Which documents tell what each of their words says for classes; none when absent. */
  readonly words?: WordPlan;
}

/** Which documents tell what each of their words says for classes. */
export interface WordPlan {
  /** Name of the explainer. */
  readonly explainer: string;
  /** Whether for every class, or for the true, the predicted and the next likely one alone. */
  readonly allClasses: boolean;
  /** How many documents there are. */
  readonly of: number;
  /** How many of them tell at most, evenly spaced. */
  readonly most: number;
}

/** What the words of a document say for some classes. */
export interface ClassRelevance {
  /** The classes. */
  readonly targets: readonly number[];
  /** The relevance of each word for each of them, shape [targets, T]. */
  readonly relevance: Float32Array;
}

/** A document with its true class. */
export interface LabelledDocument {
  /** The document. */
  readonly document: Document;
  /** Index of its true class. */
  readonly label: number;
}

/** What was found about one document. */
export interface DocumentEvaluation {
  /** Index of the true class. */
  readonly label: number;
  /** Index of the predicted class. */
  readonly prediction: number;
  /** How many words it has. */
  readonly words: number;
  /** How many groups of words it has, where words are grouped. */
  readonly units?: number;
  /** The scores, shape [C]. */
  readonly scores: FloatArray;
  /**
   * For each explainer, how far its relevances for the predicted class are from summing to what they
   * should, see {@linkcode conservationResidual}; NaN for explainers that promise no sum.
   */
  readonly residuals: Float64Array;
  /** Deletion flags, see `DeletionOutcome`; absent for documents that are too short. */
  readonly flags?: Uint8Array;
  /** How the score moves with deleted words, see `DeletionOutcome`; absent likewise. */
  readonly changes?: Float64Array;
  /** What each word says for classes, where the plan asks for it. */
  readonly said?: ClassRelevance;
  /** The vector of each panel, shape [panels, D]. */
  readonly vectors?: Float32Array;
}

/** The explainers that get a deletion curve: all but `random`, which has its own runs. */
export function deletionExplainers(explainers: readonly string[]): string[] {
  return explainers.filter((name) => name !== "random");
}

const nameOf = ({ id }: Document) => id === undefined ? "a text" : `the text "${id}"`;

/**
 * Evaluates one document under a plan. The result depends on nothing but the arguments, so documents
 * can be evaluated in any order, in any number of workers.
 *
 * @param model The model.
 * @param labelled The document.
 * @param index Its place in the corpus; gives it randomness of its own.
 * @param plan What to evaluate.
 * @returns What was found.
 * @throws {TypeError} If the model cannot do what an explainer or a panel needs.
 * @throws {RangeError} If a score or relevance is not finite.
 *
 * @example
 * ```ts
 * import { evaluateDocument } from "@heatword/eval/corpus";
 * import "@heatword/explainers";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assert } from "@std/assert";
 *
 * const document = { text: "red sky", tokens: [{ text: "red", start: 0, end: 3 }, { text: "sky", start: 4, end: 7 }] };
 * const plan = { explainers: ["lrp"], seed: 0, deletion: { minLength: 2, deletions: 2 } };
 * const { residuals, flags } = await evaluateDocument(miniModel(), { document, label: 1 }, 0, plan);
 * assert(residuals[0]! < 1e-9); // LRP conserves the score.
 * assert(flags!.length === 11 * 3); // One explainer and ten random runs, after 0, 1 and 2 deletions.
 * ```
 */
export async function evaluateDocument(
  model: Model,
  { document, label }: LabelledDocument,
  index: number,
  plan: EvaluationPlan,
): Promise<DocumentEvaluation> {
  const { explainers, seed, deletion, panels, unit = "word" } = plan;
  const grouped = unit === "word" ? undefined : groupDocument(model, document, {
    name: unit,
    split: (document) => unitsOf(document, unit),
  });
  const input = grouped?.input ?? model.encode(document);
  const explanations = new Explanations(model, input, seed);
  const ofUnits = grouped ? Explanations.ofUnits(grouped, seed) : explanations;
  const found = await wholeScores(ofUnits.model, ofUnits.input);
  const scores = finiteScores(found, model.classes, nameOf(document));
  const prediction = predictedClass(scores);
  // The panels come first: they ask for the most detail, which the rest then shares.
  const vectors = panels &&
    await documentVectors(document, explanations, prediction, panels, plan.frequencies);
  const words = document.tokens.length;
  const long = deletion && words >= (deletion.minLength ?? deletionDefaults.minLength);
  const outcome = long && await deleteWords(
    ofUnits,
    grouped ? grouped.units.length : words,
    label,
    deletionExplainers(explainers),
    new Random(seed).fork(index),
    deletion,
  );
  const residuals = new Float64Array(explainers.length);
  for (const [e, name] of explainers.entries()) {
    residuals[e] = await residual(name, ofUnits, prediction);
  }
  const said = plan.words && tells(index, plan.words)
    ? await classRelevance(explanations, words, scores, label, plan.words)
    : undefined;
  return {
    label,
    prediction,
    words,
    ...(grouped && { units: grouped.units.length }),
    scores,
    residuals,
    ...(outcome && { flags: outcome.flags }),
    ...(outcome && outcome.changes && { changes: outcome.changes }),
    ...(said && { said }),
    ...(vectors && { vectors }),
  };
}

/** Whether the document at a place is one of those that tell: all, or evenly spaced ones. */
function tells(index: number, { of, most }: WordPlan): boolean {
  if (of <= most) return true;
  return Math.floor((index + 1) * most / of) > Math.floor(index * most / of);
}

async function classRelevance(
  explanations: Explanations<Model>,
  length: number,
  scores: FloatArray,
  label: number,
  { explainer, allClasses }: WordPlan,
): Promise<ClassRelevance> {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  const targets = allClasses
    ? [...scores.keys()]
    : [...new Set([...order.slice(0, 2), label])].sort((a, b) => a - b);
  const relevance = new Float32Array(targets.length * length);
  for (const [i, target] of targets.entries()) {
    const { words } = await explanations.words(explainer, target);
    relevance.set(words.subarray(0, length), i * length);
  }
  return { targets, relevance };
}

async function residual(
  name: string,
  explanations: Explanations<Model>,
  target: number,
): Promise<number> {
  const explainer = getExplainer(name);
  if (explainer.tags.conserves === false) return NaN;
  const relevance = await explanations.words(name, target);
  const expected = promisedSum(explainer, relevance);
  return expected === undefined ? NaN : conservationResidual(relevance, expected);
}
