/**
 * What a linear model sees of a text: its words, its pairs of neighbouring words, and the runs of 2
 * to 5 characters of its words.
 */
export type FeatureKind = "words" | "pairs" | "characters";

/** All kinds of features, in the order in which they are stored. */
export const featureKinds: readonly FeatureKind[] = ["words", "pairs", "characters"];

/**
 * Whether features of two kinds are scaled to unit norm together: words and pairs of words are, as
 * scikit-learn's `TfidfVectorizer(ngram_range=(1, 2))` has them; characters are scaled by themselves.
 */
export function scaledTogether(one: FeatureKind, other: FeatureKind): boolean {
  return (one === "characters") === (other === "characters");
}

/** Shortest and longest run of characters that is learned. */
const SHORTEST = 2;
const LONGEST = 5;

/** Called with a feature at each of its places: its name, and the first and the last word that it lies in. */
export type VisitFeature = (name: string, first: number, last: number) => void;

/** Visits the runs of characters of a word with a blank before and after it. */
function visitCharacters(word: string, t: number, longest: number, visit: VisitFeature): void {
  // Code points, so that no emoji is cut in two.
  const characters = [" ", ...word, " "];
  const { length } = characters;
  for (let start = 0; start < length; start++) {
    let run = characters[start]!;
    const end = Math.min(length, start + longest);
    for (let i = start + 1; i < end; i++) {
      run += characters[i]!;
      if (i - start + 1 >= SHORTEST) visit(run, t, t);
    }
  }
}

/**
 * Visits the features of a text, one kind of them, at each of their places. Case does not count.
 *
 * @param words The words of the text; empty ones have no features.
 * @param kind Which features.
 * @param visit Called with each.
 * @param longest How many characters the longest run has. @default {5}
 */
export function visitFeatures(
  words: readonly string[],
  kind: FeatureKind,
  visit: VisitFeature,
  longest: number = LONGEST,
): void {
  for (let t = 0; t < words.length; t++) {
    const word = words[t]!.toLowerCase();
    if (word === "") continue;
    if (kind === "words") visit(word, t, t);
    else if (kind === "characters") visitCharacters(word, t, longest, visit);
    else if (t + 1 < words.length && words[t + 1] !== "") {
      visit(`${word} ${words[t + 1]!.toLowerCase()}`, t, t + 1);
    }
  }
}
