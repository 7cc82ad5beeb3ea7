// Texts of three classes, some words of which repeat, and a slow account of TF-IDF in dense float64
// that shares nothing with the program's.
import { type FeatureKind, type LabelledWords, LinearModel } from "@heatword/core/linear";
import { Random } from "@heatword/core";

export const classes = ["cars", "food", "plants"];

const own = [
  ["engine", "wheel", "Brake", "oil"],
  ["bread", "salt", "soup", "oil"],
  ["leaf", "root", "tree", "seed"],
];
const small = ["the", "a", "of", "is"];

/** Labelled texts of few words. */
export function madeDocuments(count: number, seed = 3): LabelledWords[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    const label = i % 3;
    const choice = [...own[label]!, ...small];
    const words = Array.from(
      { length: 3 + random.below(6) },
      () => choice[random.below(choice.length)]!,
    );
    return { label, words };
  });
}

/** What a text has of a kind of features, by regular expressions and loops over strings. */
export function slowFeatures(words: readonly string[], kind: FeatureKind): string[] {
  const lower = words.map((word) => word.toLowerCase());
  if (kind === "words") return lower;
  if (kind === "pairs") return lower.slice(1).map((word, i) => lower[i] + " " + word);
  return lower.flatMap((word) => {
    const padded = ` ${word} `;
    return [2, 3, 4, 5].flatMap((n) =>
      Array.from({ length: Math.max(0, padded.length - n + 1) }, (_, i) => padded.slice(i, i + n))
    );
  });
}

/** TF-IDF of a text as a table of names and values, for the features of some documents. */
export function slowTfIdf(
  words: readonly string[],
  kinds: readonly FeatureKind[],
  documents: readonly LabelledWords[],
): Map<string, number> {
  const values = new Map<string, number>();
  const found: [string, number][] = [];
  for (const kind of kinds) {
    const having = (name: string) =>
      documents.filter(({ words }) => slowFeatures(words, kind).includes(name)).length;
    const features = slowFeatures(words, kind);
    for (const name of new Set(features)) {
      const n = having(name);
      if (n < (kind === "characters" ? 2 : 1)) continue;
      const count = features.filter((feature) => feature === name).length;
      found.push([
        `${kind} ${name}`,
        (1 + Math.log(count)) * (Math.log((1 + documents.length) / (1 + n)) + 1),
      ]);
    }
  }
  for (const ofCharacters of [true, false]) {
    const block = found.filter(([name]) => name.startsWith("characters ") === ofCharacters);
    const norm = Math.hypot(...block.map(([, value]) => value));
    for (const [name, value] of block) values.set(name, value / norm);
  }
  return values;
}

/** A model's weights by the names of its features. */
export function namedWeights({ parameters }: LinearModel): Map<string, number[]> {
  const { features, weights } = parameters;
  const names = features.flatMap(({ kind, names }) => names.map((name) => `${kind} ${name}`));
  const C = parameters.classes.length;
  return new Map(names.map((name, f) => [name, [...weights.slice(f * C, (f + 1) * C)]]));
}

/** The scores of a text by the slow account. */
export function slowScores(
  values: ReadonlyMap<string, number>,
  weights: ReadonlyMap<string, readonly number[]>,
  bias: ArrayLike<number>,
): number[] {
  return Array.from(bias, (b, c) => {
    let score = b;
    for (const [name, value] of values) score += value * (weights.get(name)?.[c] ?? 0);
    return score;
  });
}
