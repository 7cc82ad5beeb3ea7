/**
 * Sublinear term frequency: 1 + ln n of a feature that a document has n times.
 *
 * @param count n, at least 1.
 */
export function termFrequency(count: number): number {
  return 1 + Math.log(count);
}

/**
 * Smooth inverse document frequency: ln((1 + N) / (1 + n)) + 1, as in scikit-learn.
 *
 * @param documents N, how many documents there are.
 * @param having n, how many of them have the feature.
 */
export function inverseDocumentFrequency(documents: number, having: number): number {
  return Math.log((1 + documents) / (1 + having)) + 1;
}
