import { minimise, type Objective, type Stop } from "./_lbfgs.ts";
import { type Documents, scoresOf, type Spanned, weightProduct, weightsOf } from "./_span.ts";

/** What multinomial logistic regression learns from. */
export interface RegressionData extends Documents {
  /** The class of each row of the matrix. */
  readonly labels: ArrayLike<number>;
}

/**
 * The chances of the classes of a document.
 *
 * @param point Weights and biases.
 * @param i Which document.
 * @param chances Where they go, shape [C].
 * @returns −ln of the chance of the class `label`.
 */
function softmax(
  { scores, bias }: Spanned,
  i: number,
  label: number,
  chances: Float64Array,
): number {
  const classes = chances.length;
  let most = -Infinity;
  for (let c = 0; c < classes; c++) {
    chances[c] = scores[i * classes + c]! + bias[c]!;
    most = Math.max(most, chances[c]!);
  }
  const own = chances[label]! - most;
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += chances[c] = Math.exp(chances[c]! - most);
  for (let c = 0; c < classes; c++) chances[c]! /= sum;
  return Math.log(sum) - own;
}

/**
 * The objective of multinomial logistic regression: the mean over the N documents of −ln of the chance
 * of the true class, and ‖W‖² / (2 · N · cost). Biases are free.
 *
 * @param data What to learn from.
 * @param cost C of scikit-learn.
 */
export function regressionObjective(data: RegressionData, cost: number): Objective {
  const { matrix, labels, classes, rows } = data;
  const count = rows.length;
  const penalty = 1 / (count * cost);
  const chances = new Float64Array(classes);
  const weights = new Float64Array(matrix.columns * classes);
  return {
    value(point) {
      let loss = 0;
      for (let i = 0; i < count; i++) loss += softmax(point, i, labels[rows[i]!]!, chances);
      return loss / count + penalty / 2 * weightProduct(point, point);
    },
    gradient(point, gradient) {
      gradient.bias.fill(0);
      for (let i = 0; i < count; i++) {
        const label = labels[rows[i]!]!;
        softmax(point, i, label, chances);
        chances[label]! -= 1;
        for (let c = 0; c < classes; c++) {
          const miss = chances[c]! / count;
          gradient.bias[c]! += miss;
          gradient.parts[i * classes + c] = miss + penalty * point.parts[i * classes + c]!;
        }
      }
      weightsOf(data, gradient.parts, weights);
      scoresOf(data, weights, gradient.scores);
    },
    curvature(point, direction) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        softmax(point, i, labels[rows[i]!]!, chances);
        let [mean, squares] = [0, 0];
        for (let c = 0; c < classes; c++) {
          const change = direction.scores[i * classes + c]! + direction.bias[c]!;
          mean += chances[c]! * change;
          squares += chances[c]! * change * change;
        }
        sum += squares - mean * mean;
      }
      return sum / count + penalty * weightProduct(direction, direction);
    },
  };
}

/**
 * Learns weights and biases.
 *
 * @param data What to learn from.
 * @param cost C of scikit-learn: the larger, the smaller the penalty on the weights.
 * @param point Where to start; it becomes what is learned.
 * @param stop When to stop.
 */
export function regress(data: RegressionData, cost: number, point: Spanned, stop: Stop): void {
  minimise(regressionObjective(data, cost), point, stop);
}
