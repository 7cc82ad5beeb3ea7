import type { Document } from "@heatword/core";

/**
 * Inverse document frequencies: ln(N / n_w), of N documents of which n_w have the word w.
 *
 * @param documents The documents to count in.
 * @returns The value of each word.
 *
 * @example
 * ```ts
 * import { inverseDocumentFrequencies } from "@heatword/eval/pca";
 * import { assertEquals } from "@std/assert";
 *
 * const word = (text: string) => ({ text, start: 0, end: text.length });
 * const documents = [{ text: "", tokens: [word("the"), word("moon")] }, { text: "", tokens: [word("the")] }];
 * assertEquals([...inverseDocumentFrequencies(documents)], [["the", 0], ["moon", Math.LN2]]);
 * ```
 */
export function inverseDocumentFrequencies(documents: Iterable<Document>): Map<string, number> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { tokens } of documents) {
    total++;
    for (const word of new Set(tokens.map((token) => token.text))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  for (const [word, count] of counts) counts.set(word, Math.log(total / count));
  return counts;
}

/**
 * The weight of each word of a document under TF-IDF; as every occurrence counts once, the sum over
 * a document has tf · idf of every word.
 *
 * @param document The document.
 * @param frequencies As {@linkcode inverseDocumentFrequencies} gives them.
 * @returns A weight for each word, shape [T]; words that were never counted get 0.
 */
export function tfIdfWeights(
  document: Document,
  frequencies: ReadonlyMap<string, number>,
): Float64Array {
  return Float64Array.from(document.tokens, (token) => frequencies.get(token.text) ?? 0);
}
