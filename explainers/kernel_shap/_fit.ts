// Least squares under the constraint that the coefficients sum to a total.
import { inverse } from "../_cholesky.ts";
import { addOuter, addScaled, dot, times } from "../_regression.ts";
import { eachPair, type Pairs } from "./_pairs.ts";

/** Finds the coefficients from what stands on the right of the normal equations, and their sum. */
export type Solve = (right: Float64Array, total: number) => Float64Array;

/** The gains of the coalitions and of their complements, for each pair and target. */
export type Gains = (m: number, k: number) => readonly [number, number];

/** Pivots below this part of their diagonal element are what rounding leaves of 0. */
const minPivot = 1e-10;

/**
 * Prepares the fit.
 *
 * @returns What solves it, or undefined if the pairs do not tell all words apart.
 */
export function solver(pairs: Pairs): Solve | undefined {
  const { words: n } = pairs;
  const gram = new Float64Array(n * n);
  eachPair(pairs, ({ present, complement, weight }) => {
    addOuter(gram, present, weight);
    addOuter(gram, complement, weight);
  });
  const inverted = inverse(gram, n, minPivot);
  if (inverted === undefined) return undefined;
  const alongOnes = times(inverted, new Float64Array(n).fill(1));
  const whole = alongOnes.reduce((sum, value) => sum + value, 0);
  return (right, total) => {
    const free = times(inverted, right);
    const excess = free.reduce((sum, value) => sum + value, 0) - total;
    return free.map((value, i) => value - alongOnes[i]! * excess / whole);
  };
}

/**
 * The coefficients of each target.
 *
 * @param pairs The coalitions.
 * @param gains What they gain.
 * @param totals What the coefficients of each target sum to.
 * @param solve What {@linkcode solver} gave.
 */
export function coefficientsOf(
  pairs: Pairs,
  gains: Gains,
  totals: Float64Array,
  solve: Solve,
): Float64Array[] {
  const rights = Array.from(totals, () => new Float64Array(pairs.words));
  eachPair(pairs, ({ present, complement, weight }, m) => {
    rights.forEach((right, k) => {
      const [gain, other] = gains(m, k);
      addScaled(right, present, weight * gain);
      addScaled(right, complement, weight * other);
    });
  });
  return rights.map((right, k) => solve(right, totals[k]!));
}

/**
 * How many more freedoms must be left than are used up. With so many the mean square of errors over
 * standard errors was at most 1.15 for maxima, conjunctions and sums through tanh of 8 to 40 words;
 * with half as many 1.4, with none 2 and more.
 */
const spareFreedoms = 60;

/**
 * The standard errors of the coefficients of each target, by the sandwich estimator over pairs: 0
 * where all coalitions were had. There are none with few pairs, for a fit that follows its pairs
 * closely has residuals that say nothing.
 *
 * @param pairs The coalitions.
 * @param gains What they gain.
 * @param all The coefficients of each target.
 * @param solve What {@linkcode solver} gave.
 */
export function errorsOf(
  pairs: Pairs,
  gains: Gains,
  all: readonly Float64Array[],
  solve: Solve,
): Float64Array[] | undefined {
  const { words: n, count, exact } = pairs;
  const variances = all.map(() => new Float64Array(n));
  if (exact) return variances;
  const used = n - 1;
  if (count < 2 * used + spareFreedoms) return undefined;
  const pull = new Float64Array(n);
  eachPair(pairs, ({ present, complement }, m) => {
    all.forEach((coefficients, k) => {
      const [gain, other] = gains(m, k);
      pull.fill(0);
      addScaled(pull, present, gain - dot(coefficients, present));
      addScaled(pull, complement, other - dot(coefficients, complement));
      solve(pull, 0).forEach((value, i) => variances[k]![i]! += value * value);
    });
  });
  // Fitted coefficients make residuals too small.
  const correction = count / (count - used);
  return variances.map((values) => values.map((value) => Math.sqrt(value * correction)));
}
