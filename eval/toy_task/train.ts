import { Random } from "@heatword/core";
import { Matrix, solve } from "ml-matrix";
import {
  contributionsOf,
  TOY_DIMENSIONS,
  type ToyOperation,
  type ToySequence,
} from "./sequences.ts";

/**
 * An LSTM of one unit and an output without bias, as plain numbers: kernel [3, 4], recurrent kernel
 * [1, 4] and bias [4] with the gates in the order i, f, c, o, and the weight of the output.
 */
export type ToyParameters = Float64Array;

const KERNEL = TOY_DIMENSIONS * 4;
/** How many numbers a network has. */
const COUNT = KERNEL + 4 + 4 + 1;
/** A fit is good from this mean squared error on. */
const GOOD = 1e-4;
/** Steps of a fit, and fits from other starts. */
const STEPS = 120;
const STARTS = 60;
/** A fit that is not below this error after so many steps is given up. */
const EARLY = { steps: 30, error: 5e-3 };
/** How much the squares of the numbers count beside the squared errors: it keeps gates from saturating. */
const PENALTY = 1e-7;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The output for a sequence. */
function predict(p: ToyParameters, { length, vectors }: ToySequence): number {
  let [h, c] = [0, 0];
  const a = [0, 0, 0, 0];
  for (let t = 0; t < length; t++) {
    for (let gate = 0; gate < 4; gate++) {
      let sum = p[KERNEL + 4 + gate]! + h * p[KERNEL + gate]!;
      for (let d = 0; d < TOY_DIMENSIONS; d++) {
        sum += vectors[t * TOY_DIMENSIONS + d]! * p[4 * d + gate]!;
      }
      a[gate] = sum;
    }
    c = sigmoid(a[1]!) * c + sigmoid(a[0]!) * Math.tanh(a[2]!);
    h = sigmoid(a[3]!) * Math.tanh(c);
  }
  return h * p[COUNT - 1]!;
}

const meanSquare = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** A fit from one start by the method of Levenberg and Marquardt, with slopes by differences. */
function fit(start: ToyParameters, sequences: readonly ToySequence[], wanted: Float64Array) {
  const errorsOf = (p: ToyParameters) =>
    Float64Array.from(sequences, (sequence, i) => predict(p, sequence) - wanted[i]!);
  let parameters = start;
  let errors = errorsOf(parameters);
  let damping = 1e-2;
  const loss = (p: ToyParameters, own: Float64Array) =>
    meanSquare(own) + PENALTY * p.reduce((sum, value) => sum + value * value, 0);
  const ridge = PENALTY * sequences.length;
  for (let step = 0; step < STEPS && damping < 1e8; step++) {
    if (step === EARLY.steps && meanSquare(errors) > EARLY.error) break;
    const slopes = Array.from(parameters, (value, k) => {
      const size = 1e-6 * Math.max(1, Math.abs(value));
      const moved = parameters.with(k, value + size);
      return errorsOf(moved).map((error, i) => (error - errors[i]!) / size);
    });
    const dot = (one: Float64Array, other: Float64Array) =>
      one.reduce((sum, value, i) => sum + value * other[i]!, 0);
    const products = slopes.map((one) => slopes.map((other) => dot(one, other)));
    const gradient = slopes.map((one, k) => [-dot(one, errors) - ridge * parameters[k]!]);
    const tried = products.map((row, k) => row.with(k, row[k]! * (1 + damping) + ridge));
    const change = solve(new Matrix(tried), new Matrix(gradient)).to1DArray();
    const next = parameters.map((value, k) => value + change[k]!);
    const nextErrors = errorsOf(next);
    if (loss(next, nextErrors) < loss(parameters, errors)) {
      [parameters, errors, damping] = [next, nextErrors, damping / 3];
    } else damping *= 4;
  }
  return { parameters, error: meanSquare(errors) };
}

/**
 * Trains a network to y = n_a/2 ± n_b/2.
 *
 * @param operation Whether the numbers are added or subtracted.
 * @param sequences The sequences to learn from.
 * @param seed The seed of the starts.
 * @returns Its numbers and the mean squared error: of the first start that ends below 1e-4.
 * @throws {RangeError} If none does.
 */
export function trainToy(
  operation: ToyOperation,
  sequences: readonly ToySequence[],
  seed: number,
): { readonly parameters: ToyParameters; readonly error: number } {
  const random = new Random(seed);
  const wanted = Float64Array.from(sequences, (sequence) => {
    const [first, second] = contributionsOf(sequence, operation);
    return first + second;
  });
  let least = Infinity;
  for (let start = 0; start < STARTS; start++) {
    const drawn = Float64Array.from({ length: COUNT }, () => random.normal() / 2);
    const found = fit(drawn, sequences, wanted);
    if (found.error < GOOD) return found;
    least = Math.min(least, found.error);
  }
  throw new RangeError(
    `Cannot train the toy task from seed ${seed}: of ${STARTS} starts the best has a mean squared ` +
      `error of ${least}`,
  );
}
