import { regressDense } from "../linear/training/regress_dense.ts";
import type { NetworkWeights } from "./parameters.ts";
import type { LabelledRows } from "./training/labelled_rows.ts";
import { WordCnn } from "./word_cnn.ts";

/** A copy of a model with another dense layer. */
function withDense(
  model: WordCnn,
  dense: Pick<NetworkWeights, "denseWeights" | "denseBias">,
): WordCnn {
  const { classes, vocabulary, vectors, convolutions, reader, weights } = model;
  return new WordCnn({ ...weights, ...dense, classes, vocabulary, vectors, convolutions, reader });
}

/**
 * Switches filters of a model off: their weights for all classes become zero, so that nothing they find
 * counts for anything. The sizes stay, and the model is saved and opened as any other.
 *
 * @param model The model; it is not changed.
 * @param off Which filters, from 0 to F − 1.
 * @returns The copy.
 * @throws {RangeError} If there is no such filter.
 *
 * @example
 * ```ts
 * import { withFiltersOff, wordCnnFromWeights } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * // Two filters; the second looks for negative numbers.
 * const model = wordCnnFromWeights({
 *   convolutionWeights: new Float64Array([1, -1, 1, -1]),
 *   convolutionBias: new Float64Array(2),
 *   denseWeights: new Float64Array([1, 0, 0, 1]),
 *   denseBias: new Float64Array(2),
 * });
 * const scores = (one: typeof model) => [
 *   ...one.scores(one.inputFromVectors(new Float64Array([1, 2, -1, -3]))),
 * ];
 * assertEquals(scores(model), [3, 4]);
 * assertEquals(scores(withFiltersOff(model, [1])), [3, 0]);
 * ```
 */
export function withFiltersOff(model: WordCnn, off: Iterable<number>): WordCnn {
  const { denseWeights, denseBias } = model.weights;
  const classes = model.classes.length;
  const weights = denseWeights.slice();
  for (const f of off) {
    if (!Number.isInteger(f) || f < 0 || f >= model.filters) {
      throw new RangeError(`Cannot switch off filter "${f}": there are ${model.filters}`);
    }
    weights.fill(0, f * classes, (f + 1) * classes);
  }
  return withDense(model, { denseWeights: weights, denseBias });
}

/** What a dense layer is learned anew from. */
export interface DenseTraining {
  /** The documents. */
  readonly documents: readonly LabelledRows[];
  /** Filters that are switched off, and stay so. */
  readonly off: Iterable<number>;
  /** How little weights are penalised: ‖W‖² / (2 · cost). */
  readonly cost: number;
}

/**
 * Learns the dense layer of a model anew, on the filters that are not switched off, which stay as they
 * are: multinomial logistic regression on what they find (FIND, Lertvittayakumjorn et al. 2020,
 * doi:10.18653/v1/2020.emnlp-main.24). It is the same each time.
 *
 * @param model The model; it is not changed.
 * @param training From what.
 * @returns The copy.
 * @throws {RangeError} If there are no documents, or there is no filter of a number that is to be off.
 */
export function withDenseLearned(model: WordCnn, training: DenseTraining): WordCnn {
  const { documents, off, cost } = training;
  if (documents.length === 0) throw new RangeError("Cannot learn a dense layer from no documents");
  const isOff = new Set(off);
  const none = withFiltersOff(model, isOff);
  const on = [...Array(model.filters).keys()].filter((f) => !isOff.has(f));
  const classes = model.classes.length;
  const values = new Float64Array(documents.length * on.length);
  documents.forEach(({ rows }, i) => {
    const { preActivations } = model.winnings(model.inputFromRows(rows));
    on.forEach((f, j) => values[i * on.length + j] = Math.max(0, preActivations[f]!));
  });
  const labels = documents.map(({ label }) => label);
  const { weights, bias } = regressDense({ values, columns: on.length, labels, classes, cost });
  const denseWeights = none.weights.denseWeights.slice();
  on.forEach((f, j) =>
    denseWeights.set(weights.subarray(j * classes, (j + 1) * classes), f * classes)
  );
  const denseBias = none.weights.denseBias.slice();
  denseBias.set(bias);
  return withDense(model, { denseWeights, denseBias });
}
