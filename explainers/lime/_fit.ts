// The weighted ridge regression of the scores by which words are there.
import { inverse } from "../_cholesky.ts";
import { addOuter, addScaled, dot, mirror, times } from "../_regression.ts";
import { drawSamples, type Sampling } from "./_samples.ts";

/** The linear model of one target. */
export interface Fit {
  /** A coefficient for each word. */
  readonly coefficients: Float64Array;
  /** Their standard errors; absent where the fit leaves no freedom to estimate them from. */
  readonly errors?: Float64Array;
}

/** Takes what the weight of the m-th sample is; its centred row is in one place for all. */
type VisitRow = (weight: number, m: number) => void;

/** Samples and outcomes, both centred by their weighted means. */
class Centred {
  readonly #sampling: Sampling;
  readonly #outcomes: Float64Array;
  readonly #meanRow: Float64Array;
  readonly #meanOutcome: Float64Array;
  /** The row of the sample that is visited. */
  readonly row: Float64Array;
  readonly targets: number;
  /** Sum of the weights. */
  total = 0;

  constructor(sampling: Sampling, outcomes: Float64Array) {
    this.#sampling = sampling;
    this.#outcomes = outcomes;
    this.targets = outcomes.length / sampling.count;
    this.row = new Float64Array(sampling.words);
    this.#meanRow = new Float64Array(sampling.words);
    this.#meanOutcome = new Float64Array(this.targets);
    for (const { weight } of drawSamples(sampling)) this.total += weight;
    let m = 0;
    for (const { present, weight } of drawSamples(sampling)) {
      const outcome = outcomes.subarray(m * this.targets, (m + 1) * this.targets);
      addScaled(this.#meanRow, present, weight / this.total);
      addScaled(this.#meanOutcome, outcome, weight / this.total);
      m++;
    }
  }

  /** Visits all samples, drawn anew: what is kept does not grow with samples times words. */
  each(visit: VisitRow): void {
    let m = 0;
    for (const { present, weight } of drawSamples(this.#sampling)) {
      this.row.set(present);
      addScaled(this.row, this.#meanRow, -1);
      visit(weight, m++);
    }
  }

  outcome(m: number, k: number): number {
    return this.#outcomes[m * this.targets + k]! - this.#meanOutcome[k]!;
  }
}

/**
 * The size that squared residuals are expected to have, were the variances of all samples one:
 * Σ_j (δ_mj − H_mj)², where H takes outcomes to fitted ones. It is less than one, as a fit follows
 * its samples; without weights and penalty it is one less the leverage.
 */
function residualSize(samples: Centred, solver: Float64Array) {
  const { row, total } = samples;
  const n = row.length;
  const squares = new Float64Array(n * n);
  const mean = new Float64Array(n);
  let ofIntercept = 0;
  samples.each((weight) => {
    addOuter(squares, row, weight * weight);
    addScaled(mean, row, weight * weight * 2 / total);
    ofIntercept += (weight / total) ** 2;
  });
  mirror(squares, n);
  return (weight: number): { size: number; solved: Float64Array } => {
    // H_mj = weight_j · (row_m · solver · row_j + 1 / total)
    const solved = times(solver, row);
    const leverage = weight * (dot(solved, row) + 1 / total);
    const whole = dot(solved, times(squares, solved)) + dot(solved, mean) + ofIntercept;
    return { size: 1 - 2 * leverage + whole, solved };
  };
}

function errorsOf(
  samples: Centred,
  solver: Float64Array,
  all: readonly Float64Array[],
): Float64Array[] | undefined {
  const { row } = samples;
  if (row.length === 0) return all.map(() => new Float64Array());
  const sizeOf = residualSize(samples, solver);
  const variances = all.map(() => new Float64Array(row.length));
  let freedom = 0;
  samples.each((weight, m) => {
    const { size, solved } = sizeOf(weight);
    freedom += size;
    // What the fit must go through has no residual but rounding.
    if (size < 1e-9) return;
    all.forEach((coefficients, k) => {
      const residual = samples.outcome(m, k) - dot(coefficients, row);
      const variance = residual ** 2 / size;
      for (let i = 0; i < row.length; i++) {
        variances[k]![i]! += (solved[i]! * weight) ** 2 * variance;
      }
    });
  });
  return freedom < 1 ? undefined : variances.map((values) => values.map(Math.sqrt));
}

/**
 * Fits a linear model to each target's scores of the samples. The intercept bears no penalty.
 *
 * The standard errors are those of the sandwich estimator, which lets the variances of the samples
 * differ, with each squared residual divided by the size that it would have on average if they did
 * not; of plain least squares that is HC2 (MacKinnon and White 1985).
 *
 * @param sampling The samples.
 * @param outcomes The scores of the targets for each sample, shape [samples, targets].
 * @param ridge Weight of the penalty.
 * @returns A fit for each target, or undefined if the penalty is too small to tell words apart.
 */
export function fitSamples(
  sampling: Sampling,
  outcomes: Float64Array,
  ridge: number,
): Fit[] | undefined {
  const { words: n } = sampling;
  const samples = new Centred(sampling, outcomes);
  const { row } = samples;
  const gram = new Float64Array(n * n);
  samples.each((weight) => addOuter(gram, row, weight));
  for (let i = 0; i < n; i++) gram[i * n + i]! += ridge;
  const solver = n === 0 ? gram : inverse(gram, n);
  if (solver === undefined) return undefined;
  const all = Array.from({ length: samples.targets }, () => new Float64Array(n));
  samples.each((weight, m) => {
    const lever = times(solver, row).map((value) => value * weight);
    all.forEach((coefficients, k) => addScaled(coefficients, lever, samples.outcome(m, k)));
  });
  const errors = errorsOf(samples, solver, all);
  return all.map((coefficients, k) => ({ coefficients, ...(errors && { errors: errors[k]! }) }));
}
