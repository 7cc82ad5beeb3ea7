import { type Learned, regress, STOP } from "./_softmax_regression.ts";

/** Numbers of documents, as logistic regression learns from them. */
export interface DenseRows {
  /** The numbers, shape [N, V]. */
  readonly values: Float64Array;
  /** How many there are of each document, V. */
  readonly columns: number;
  /** The class of each document, shape [N]. */
  readonly labels: readonly number[];
  /** How many classes there are. */
  readonly classes: number;
  /** How little weights are penalised: ‖W‖² / (2 · cost). */
  readonly cost: number;
}

/**
 * Multinomial logistic regression on a few numbers of each document, which all documents have.
 *
 * @param rows The documents.
 * @returns Weights, shape [V, C], and biases, shape [C].
 */
export function regressDense(
  { values, columns, labels, classes, cost }: DenseRows,
): Pick<Learned, "weights" | "bias"> {
  const starts = new Int32Array(labels.length + 1);
  const features = new Int32Array(values.length);
  const kept = new Float64Array(values.length);
  let end = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < columns; j++) {
      if (values[i * columns + j] === 0) continue;
      features[end] = j;
      kept[end++] = values[i * columns + j]!;
    }
    starts[i + 1] = end;
  }
  const matrix = { columns, starts, features, values: kept };
  const counts = new Array<number>(classes).fill(1);
  return regress({ matrix, rows: labels.map((_, i) => i), labels, classes, counts }, cost, STOP);
}
