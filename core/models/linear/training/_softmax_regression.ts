import { Random } from "../../../random.ts";
import { solveChances } from "./_solve_chances.ts";
import type { SparseRows } from "./_matrix.ts";

/** What multinomial logistic regression learns from. */
export interface RegressionData {
  /** The documents, and others. */
  readonly matrix: SparseRows;
  /** Which rows of the matrix are learned from. */
  readonly rows: ArrayLike<number>;
  /** The class of each row of the matrix. */
  readonly labels: ArrayLike<number>;
  /** Number of classes C. */
  readonly classes: number;
  /** How much a document of each class counts, shape [C]. */
  readonly counts: ArrayLike<number>;
}

/** When to stop. */
export interface Stop {
  /** When no chance of any document changes by more in a pass. */
  readonly tolerance: number;
  /** After so many passes over the documents. */
  readonly passes: number;
}

/** When a model that is kept has learned enough. */
export const STOP: Stop = { tolerance: 1e-3, passes: 60 };

/** What was learned. */
export interface Learned {
  /** W, shape [V, C]. */
  readonly weights: Float64Array;
  /** The biases, shape [C]. */
  readonly bias: Float64Array;
  /** ln μ, the logarithms of the chances of each document, shape [N, C]; where to go on from. */
  readonly logChances: Float64Array;
}

/** The chance of every class but its own that a document starts with: weights are nearly zero then. */
const START = 1e-3;

/** Chances to start with, as logarithms, shape [N, C]. */
function startingChances({ rows, labels, classes }: RegressionData): Float64Array {
  const logs = new Float64Array(rows.length * classes).fill(Math.log(START));
  for (let i = 0; i < rows.length; i++) {
    logs[i * classes + labels[rows[i]!]!] = Math.log(1 - (classes - 1) * START);
  }
  return logs;
}

/**
 * Multinomial logistic regression: finds weights and biases at which
 *
 *     −Σ_i k_i · ln p(class of i | document i) + (‖W‖² + ‖b‖²) / (2 · cost)
 *
 * is least, with k_i what a document of its class counts. The bias is the weight of a feature that every document has, and penalised as the others,
 * as in LIBLINEAR.
 *
 * By dual coordinate ascent (Yu, Huang & Lin 2011, doi:10.1007/s10994-010-5221-8). At the optimum
 * W = cost · Σ_i k_i · (e_i − μ_i) x_i, with e_i the true class of document i and μ_i the chances that the
 * model gives its classes. One document after the other gets the chances that are right as long as
 * those of the others stay; W follows.
 *
 * @param data What to learn from.
 * @param cost C of scikit-learn: the larger, the smaller the penalty on the weights.
 * @param stop When to stop.
 * @param from What was learned at another cost, to go on from. @default {nothing}
 * @returns What was learned.
 */
export function regress(data: RegressionData, cost: number, stop: Stop, from?: Learned): Learned {
  const { matrix: { starts, features, values, columns }, rows, labels, classes } = data;
  const costs = Float64Array.from(rows, (row) => cost * data.counts[labels[row]!]!);
  const logChances = from?.logChances.slice() ?? startingChances(data);
  const weights = new Float64Array(columns * classes);
  const bias = new Float64Array(classes);
  const change = new Float64Array(classes);
  const add = (row: number) => {
    for (let e = starts[row]!; e < starts[row + 1]!; e++) {
      const value = values[e]!;
      const at = features[e]! * classes;
      for (let c = 0; c < classes; c++) weights[at + c]! += value * change[c]!;
    }
    for (let c = 0; c < classes; c++) bias[c]! += change[c]!;
  };
  const lengths = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    lengths[i] = 1;
    for (let e = starts[row]!; e < starts[row + 1]!; e++) lengths[i]! += values[e]! * values[e]!;
    for (let c = 0; c < classes; c++) {
      change[c] = costs[i]! *
        ((c === labels[row]! ? 1 : 0) - Math.exp(logChances[i * classes + c]!));
    }
    add(row);
  }
  const order = Int32Array.from({ length: rows.length }, (_, i) => i);
  const random = new Random(0);
  const scores = new Float64Array(classes);
  for (let pass = 0; pass < stop.passes; pass++) {
    let most = 0;
    for (const i of random.shuffle(order)) {
      const row = rows[i]!;
      const strength = costs[i]! * lengths[i]!;
      const logs = logChances.subarray(i * classes, (i + 1) * classes);
      scores.set(bias);
      for (let e = starts[row]!; e < starts[row + 1]!; e++) {
        const value = values[e]!;
        const at = features[e]! * classes;
        for (let c = 0; c < classes; c++) scores[c]! += value * weights[at + c]!;
      }
      // What the document itself adds to its scores is taken out.
      for (let c = 0; c < classes; c++) {
        change[c] = Math.exp(logs[c]!);
        scores[c]! += strength * change[c]!;
      }
      solveChances(scores, strength, logs);
      let largest = 0;
      for (let c = 0; c < classes; c++) {
        change[c]! -= Math.exp(logs[c]!);
        largest = Math.max(largest, Math.abs(change[c]!));
        change[c]! *= costs[i]!;
      }
      if (largest > 1e-12) add(row);
      most = Math.max(most, largest);
    }
    if (most <= stop.tolerance) break;
  }
  return { weights, bias, logChances };
}
