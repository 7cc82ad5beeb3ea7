import { kmeans } from "ml-kmeans";
import type { ExplainedText } from "./tally.ts";
import { positiveSum } from "./tally.ts";

/** Texts of one predicted class that are decided in the same way. */
export interface DecisionCluster {
  /** The predicted class. */
  readonly class: string;
  /** How many texts. */
  readonly documents: number;
  /** Their share of all texts predicted as the class. */
  readonly share: number;
  /** How much of their relevance stands on few words: the sum of squares of the mean shares. */
  readonly concentration: number;
  /** Whether it is odd: small, and decided by few words. */
  readonly odd: boolean;
  /** The words with most relevance, with their mean share of that of a text. */
  readonly words: readonly { readonly word: string; readonly share: number }[];
  /** Names of texts nearest to the middle. */
  readonly examples: readonly string[];
}

/** How many words of most relevance a text is placed by. */
const WORDS = 100;
/** How many clusters a class has at most, and so many texts it takes for each. */
const MOST = 5;
const TEXTS = 12;
/** A cluster is odd that has at most so much of a class, and stands on so few words. */
const ODD = { share: 0.35, concentration: 0.1 };

/** The share of each word of the relevance that speaks for the predicted class. */
function sharesOf({ document, relevance }: ExplainedText): Map<string, number> {
  const whole = positiveSum(relevance);
  const shares = new Map<string, number>();
  document.tokens.forEach(({ text }, t) => {
    if (!(relevance[t]! > 0)) return;
    const word = text.toLowerCase();
    shares.set(word, (shares.get(word) ?? 0) + relevance[t]! / whole);
  });
  return shares;
}

function largest(sums: ReadonlyMap<string, number>, most: number): [string, number][] {
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
}

function summed(maps: Iterable<ReadonlyMap<string, number>>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const map of maps) {
    for (const [word, share] of map) sums.set(word, (sums.get(word) ?? 0) + share);
  }
  return sums;
}

/** The texts of one class, in clusters. */
function clustersOf(
  members: readonly { readonly name: string; readonly shares: ReadonlyMap<string, number> }[],
  name: string,
  seed: number,
): DecisionCluster[] {
  const words = largest(summed(members.map(({ shares }) => shares)), WORDS).map(([word]) => word);
  // Square roots keep one word from being all that there is.
  const points = members.map(({ shares }) => words.map((word) => Math.sqrt(shares.get(word) ?? 0)));
  const k = Math.min(MOST, Math.floor(members.length / TEXTS));
  const { clusters, centroids } = kmeans(points, k, { seed, initialization: "kmeans++" });
  return centroids.flatMap((centroid, c) => {
    const indices = [...clusters.keys()].filter((i) => clusters[i] === c);
    if (indices.length === 0) return [];
    const sums = summed(indices.map((i) => members[i]!.shares));
    const mean = largest(sums, 5).map(([word, sum]) => ({ word, share: sum / indices.length }));
    const concentration = sums.values()
      .reduce((total, sum) => total + (sum / indices.length) ** 2, 0);
    const share = indices.length / members.length;
    const distance = (i: number) =>
      points[i]!.reduce((sum, x, d) => sum + (x - centroid[d]!) ** 2, 0);
    return [{
      class: name,
      documents: indices.length,
      share,
      concentration,
      odd: share <= ODD.share && concentration >= ODD.concentration,
      words: mean,
      examples: indices.sort((a, b) => distance(a) - distance(b) || a - b).slice(0, 3)
        .map((i) => members[i]!.name),
    }];
  });
}

/**
 * Clusters texts by how they are decided (after Lapuschkin et al. 2019): k-means of the square roots of
 * the shares of relevance of the words that carry most of it, for each predicted class by itself.
 *
 * @param texts The texts.
 * @param classes The names of the classes.
 * @param seed Where k-means++ starts.
 * @returns The clusters, those on the fewest words first; and the classes that too few texts are
 * predicted as.
 */
export function clusterDecisions(
  texts: readonly ExplainedText[],
  classes: readonly string[],
  seed: number,
): { clusters: DecisionCluster[]; few: string[] } {
  const few: string[] = [];
  const clusters = classes.flatMap((name, c) => {
    const members = texts.flatMap((text, t) =>
      text.predicted === c && positiveSum(text.relevance) > 0
        ? [{ name: text.document.id ?? String(t + 1), shares: sharesOf(text) }]
        : []
    );
    if (members.length >= 2 * TEXTS) return clustersOf(members, name, seed);
    few.push(name);
    return [];
  }).sort((a, b) => Number(b.odd) - Number(a.odd) || b.concentration - a.concentration);
  return { clusters, few };
}
