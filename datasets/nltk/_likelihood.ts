/** A term of a log-likelihood; one whose logarithm does not exist counts as nothing. */
function binomial(hits: number, misses: number, probability: number): number {
  if (probability <= 0 || probability >= 1) return 0;
  return hits * Math.log(probability) + misses * Math.log(1 - probability);
}

/**
 * Dunning's log-likelihood ratio as Kiss & Strunk (2006), section 3.1, alter it: how much more likely a
 * word seen `countA` times, `countAB` times of them before a full stop, is to keep to the full stop in
 * 99 of 100 cases than to take one as all `total` words do, `countB` of which have one.
 */
export function dunningLogLikelihood(
  countA: number,
  countB: number,
  countAB: number,
  total: number,
): number {
  const independent = binomial(countAB, countA - countAB, countB / total);
  return -2 * (independent - binomial(countAB, countA - countAB, 0.99));
}

/**
 * Log-likelihood ratio of a collocation of A and B, Kiss & Strunk (2006), section 3.2: `countAB` of the
 * `countA` words A are followed by B, which occurs `countB` times among all `total` words.
 */
export function collocationLogLikelihood(
  countA: number,
  countB: number,
  countAB: number,
  total: number,
): number {
  const withoutA = total - countA;
  const both = countB / total;
  const afterA = countAB / countA;
  const elsewhere = (countB - countAB) / withoutA;
  const misses = total - countA - countB + countAB;
  return -2 * (
    binomial(countAB, countA - countAB, both) +
    binomial(countB - countAB, misses, both) -
    binomial(countAB, countA - countAB, afterA) -
    binomial(countB - countAB, misses, elsewhere)
  );
}
