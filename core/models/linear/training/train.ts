import type { TextReader } from "../../../text_reader.ts";
import { featureKinds } from "../features.ts";
import { LinearModel } from "../linear_model.ts";
import type { LinearChoice } from "./cross_validate.ts";
import type { LabelledWords } from "./labelled_words.ts";
import { Problem } from "./_problem.ts";
import { STOP } from "./_softmax_regression.ts";

/** What a linear model is trained on, and how. */
export interface LinearTraining extends LinearChoice {
  /** The documents to learn from. */
  readonly documents: readonly LabelledWords[];
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** How the model reads texts, as the words of the documents were made. @default {at blanks} */
  readonly reader?: TextReader;
  /**
   * When to stop: when a pass over the documents changes no chance by more, or after so many.
   *
   * @default {by less than 1e-3, or after 60}
   */
  readonly stop?: { readonly tolerance: number; readonly passes: number };
}

/**
 * Trains a linear model: finds the weights W [V, C] and biases b [C] at which
 *
 *     −Σ_i k_i · ln p(class of i | document i) + (‖W‖² + ‖b‖²) / (2 · cost)
 *
 * is least, with p the softmax of the scores and k_i = N / (C · n) for each of the n documents of a
 * class, so that all classes count alike. So does scikit-learn's
 * `LogisticRegression(C=cost, class_weight="balanced")`, but for the penalty on biases, which
 * LIBLINEAR has. There is one such point, found by dual coordinate
 * ascent: the same one each time.
 *
 * @param training On what and how.
 * @returns The model.
 * @throws {RangeError} If there are no documents, or the cost is not positive.
 *
 * @example
 * ```ts
 * import { trainLinear } from "@heatword/core/linear";
 * import { assert } from "@std/assert";
 *
 * const model = trainLinear({
 *   classes: ["plants", "cars"],
 *   documents: [
 *     { label: 0, words: ["green", "leaf"] },
 *     { label: 1, words: ["motor", "oil"] },
 *   ],
 *   features: ["words"],
 *   cost: 10,
 * });
 * const [plants, cars] = model.scores(model.encode(model.read("motor")));
 * assert(cars! > plants!);
 * ```
 */
export function trainLinear(training: LinearTraining): LinearModel {
  const { documents, classes, features, cost, reader, stop = STOP } = training;
  if (documents.length === 0) throw new RangeError("Cannot train a linear model on no documents");
  if (!(cost > 0)) throw new RangeError(`Cannot train a linear model at the cost ${cost}`);
  const problem = new Problem(documents, classes.length);
  const matrix = problem.matrix(features);
  const rows = documents.map((_, i) => i);
  const { weights, bias } = problem.fit(matrix, rows, cost, stop);
  const counts = problem.counts(features);
  return new LinearModel({
    classes,
    features: featureKinds.filter((kind) => features.includes(kind)).map((kind, k) => {
      return { kind, names: counts[k]!.names };
    }),
    idf: Float32Array.from(matrix.idf),
    weights: Float32Array.from(weights),
    bias: Float32Array.from(bias),
    ...(reader && { reader }),
  });
}
