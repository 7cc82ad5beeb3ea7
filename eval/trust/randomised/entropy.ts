/**
 * The entropy of a histogram of relevances, −Σ p ln p in nats: equal bins from the smallest to the
 * largest, the last one closed.
 *
 * @param values The relevances, signed.
 * @param bins How many bins. @default {100}
 * @returns The entropy; 0 where all are equal.
 */
export function histogramEntropy(values: ArrayLike<number>, bins = 100): number {
  const numbers = Array.from(values);
  const low = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const width = numbers.reduce((a, b) => Math.max(a, b), -Infinity) - low;
  if (!(width > 0)) return 0;
  const counts = new Float64Array(bins);
  for (const value of numbers) {
    counts[Math.min(bins - 1, Math.floor((value - low) / width * bins))]!++;
  }
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= count / numbers.length * Math.log(count / numbers.length);
  }
  return entropy;
}

/**
 * How much more disordered an explanation is once the model's weights are shuffled, eMPRT: the rise
 * of the entropy relative to the original's (Hedström et al. 2023). At or below 0 the explanation
 * does not depend on what the model has learned.
 *
 * @param original Relevances of the model.
 * @param randomised Relevances of the same text by the model with shuffled weights.
 * @param bins How many bins the histograms have. @default {100}
 * @returns (H(R̂) − H(R)) / H(R); undefined where H(R) is 0.
 *
 * @example
 * ```ts
 * import { entropyRise } from "@heatword/eval/trust";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(entropyRise([0, 0, 1, 1], [0, 1, 2, 3])!, 1); // From ln 2 to ln 4.
 * ```
 */
export function entropyRise(
  original: ArrayLike<number>,
  randomised: ArrayLike<number>,
  bins = 100,
): number | undefined {
  const before = histogramEntropy(original, bins);
  return before === 0 ? undefined : (histogramEntropy(randomised, bins) - before) / before;
}
