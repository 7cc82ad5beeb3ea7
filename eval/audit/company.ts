import { midRanks } from "../statistics/mod.ts";

/** The words of a text, each once. */
export type WordSet = ReadonlySet<string>;

/** In how many texts each word is. */
export function countWords(texts: readonly WordSet[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** The share of pairs of numbers in which the first is larger, ties by half. */
function areaUnderCurve(larger: readonly number[], smaller: readonly number[]): number {
  const ranks = midRanks([...larger, ...smaller]).subarray(0, larger.length);
  const sum = ranks.reduce((sum, rank) => sum + rank, 0);
  return (sum - larger.length * (larger.length + 1) / 2) / (larger.length * smaller.length);
}

/**
 * How well the rest of a text tells whether it has a feature, among texts of one class: the area under
 * the curve of the mean log-odds of its words (naive Bayes; each text is judged by the others). A word
 * that belongs to a subject keeps company with its other words, and the area is well above one half.
 * What was added to texts whatever they say keeps no company: one half.
 *
 * @param having The words of the texts with the feature, but those of the feature.
 * @param others The words of texts of the class without it.
 * @returns From 0 to 1; NaN where there are none of either.
 */
export function company(having: readonly WordSet[], others: readonly WordSet[]): number {
  if (having.length === 0 || others.length === 0) return NaN;
  const numbers = new Map<string, number>();
  const numbered = (texts: readonly WordSet[]) =>
    texts.map((text) =>
      Int32Array.from(text, (word) => {
        const known = numbers.get(word);
        if (known === undefined) numbers.set(word, numbers.size);
        return known ?? numbers.size - 1;
      })
    );
  const [own, other] = [numbered(having), numbered(others)];
  const count = (texts: readonly Int32Array[]) => {
    const counts = new Int32Array(numbers.size);
    for (const text of texts) for (const word of text) counts[word]!++;
    return counts;
  };
  const [countsOwn, countsOther] = [count(own), count(other)];
  // A text is judged without its own words.
  const score = (text: Int32Array, inOwn: number, inOther: number) => {
    const scale = (others.length - inOther + 1) / (having.length - inOwn + 1);
    let [sum, words] = [0, 0];
    for (const word of text) {
      const a = countsOwn[word]! - inOwn;
      const b = countsOther[word]! - inOther;
      if (a + b === 0) continue;
      sum += Math.log((a + 0.5) / (b + 0.5) * scale);
      words++;
    }
    return words === 0 ? 0 : sum / words;
  };
  return areaUnderCurve(
    own.map((text) => score(text, 1, 0)),
    other.map((text) => score(text, 0, 1)),
  );
}
