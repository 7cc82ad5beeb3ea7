import { type Explainer, Random } from "@heatword/core";
import { registerForAll } from "../_define.ts";
import { samplesOption, seedOption } from "../_options.ts";
import { addOuter, addScaled, inverse, times } from "../_regression.ts";
import { emptyScores, keepWords, presentWords, readTargets } from "../_words.ts";

/** Deletes a random number of words, each number and each choice of words equally likely. */
function deleteSome(random: Random, present: Uint8Array): number {
  const deletions = 1 + random.below(present.length);
  present.fill(1).fill(0, 0, deletions);
  random.shuffle(present);
  return deletions;
}

/**
 * LIME for text: a linear model of the score, fitted to samples with random words deleted, the
 * more alike the text the heavier (exponential kernel of the cosine distance), with a ridge
 * penalty; a word's relevance is its coefficient. Samples, kernel and penalty are those of the
 * authors' program, except that repeated words stay apart and that the score before softmax is
 * fitted. The standard errors are those of the weighted ridge regression (sandwich estimator).
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { lime } from "@heatword/explainers/lime";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const options = { samples: 200, seed: 1 };
 * assertEquals(explain(lime, model, input, 0, options), explain(lime, model, input, 0, options));
 * ```
 */
export const lime: Explainer = registerForAll({
  name: "lime",
  description: "LIME: a linear model fitted to the scores of texts with random words deleted",
  citation: "Ribeiro et al. 2016, doi:10.1145/2939672.2939778",
  tags: {
    needs: "scores",
    signed: true,
    conserves: false,
    ignoresDeleted: true,
    stochastic: true,
  },
  options: {
    samples: samplesOption(1000, "Number of texts with deleted words", 2),
    "kernel-width": {
      type: "number",
      default: 25,
      min: 0.001,
      description: "Width of the kernel, in hundredths of the cosine distance",
    },
    ridge: { type: "number", default: 1, min: 1e-9, description: "Weight of the ridge penalty" },
    seed: seedOption,
  },
  explainAll(model, input, targets, options) {
    const positions = presentWords(input);
    const n = positions.length;
    const width = options["kernel-width"] as number;
    const random = new Random(options.seed as number);
    const perturbation = model.perturb(input);
    const full = readTargets(targets, perturbation.scores());
    const rows: Float64Array[] = [new Float64Array(n).fill(1)];
    const outcomes = [full];
    const weights = [1];
    const present = new Uint8Array(n);
    const empty = readTargets(targets, emptyScores(model, input));
    while (n > 0 && rows.length < (options.samples as number)) {
      const deletions = deleteSome(random, present);
      keepWords(perturbation, positions, present);
      const distance = 100 * (1 - Math.sqrt(1 - deletions / n));
      rows.push(Float64Array.from(present));
      outcomes.push(deletions === n ? empty : readTargets(targets, perturbation.scores()));
      weights.push(Math.exp(-((distance / width) ** 2) / 2));
    }
    // The intercept bears no penalty: rows and outcomes are centred by their weighted means.
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const meanRow = new Float64Array(n);
    const meanOutcome = new Float64Array(targets.length);
    rows.forEach((row, m) => {
      addScaled(meanRow, row, weights[m]! / total);
      addScaled(meanOutcome, outcomes[m]!, weights[m]! / total);
    });
    const gram = new Float64Array(n * n);
    rows.forEach((row, m) => {
      addScaled(row, meanRow, -1);
      addOuter(gram, row, weights[m]!);
    });
    for (let i = 0; i < n; i++) gram[i * n + i]! += options.ridge as number;
    const solver = n === 0 ? gram : inverse(gram, n)!;
    // Coefficient = Σ_m lever_m · outcome_m, and its variance Σ_m (lever_m · residual_m)².
    const levers = rows.map((row, m) => times(solver, row).map((value) => value * weights[m]!));
    return targets.map((target, k) => {
      const coefficients = new Float64Array(n);
      const residuals = outcomes.map((outcome) => outcome[k]! - meanOutcome[k]!);
      levers.forEach((lever, m) => addScaled(coefficients, lever, residuals[m]!));
      const variances = new Float64Array(n);
      levers.forEach((lever, m) => {
        const fitted = coefficients.reduce((sum, c, i) => sum + c * rows[m]![i]!, 0);
        const residual = residuals[m]! - fitted;
        for (let i = 0; i < n; i++) variances[i]! += (lever[i]! * residual) ** 2;
      });
      const words = new Float64Array(input.length);
      const standardErrors = new Float64Array(input.length);
      positions.forEach((t, i) => {
        words[t] = coefficients[i]!;
        standardErrors[t] = Math.sqrt(variances[i]!);
      });
      return { explainer: "lime", options, target, score: full[k]!, words, standardErrors };
    });
  },
});
