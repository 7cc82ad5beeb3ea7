import { type FeatureKind, featureKinds } from "../features.ts";
import { countFeatures, type Counts } from "./_counts.ts";
import type { LabelledWords } from "./labelled_words.ts";
import { type Weighted, weighted } from "./_matrix.ts";
import { type Learned, regress, type Stop } from "./_softmax_regression.ts";

/**
 * In how many documents a feature must be to be learned. Most runs of characters are in one document
 * only, and take most of the room.
 */
const MIN_DOCUMENTS: Readonly<Record<FeatureKind, number>> = { words: 1, pairs: 1, characters: 2 };

/** Documents as they are learned from: their features are counted once for all attempts. */
export class Problem {
  /** Number of classes C. */
  readonly classes: number;
  /** How much a document of each class counts: N / (C · n) where n of N documents have it. */
  readonly weights: readonly number[];
  /** The class of each document. */
  readonly labels: Int32Array;
  readonly #documents: readonly LabelledWords[];
  readonly #counts = new Map<FeatureKind, Counts>();

  /**
   * Takes documents; kept, not copied.
   *
   * @param weighed How many of them, from the first on, the weights of classes are made of.
   */
  constructor(documents: readonly LabelledWords[], classes: number, weighed = documents.length) {
    this.#documents = documents;
    this.classes = classes;
    this.labels = Int32Array.from(documents, ({ label }) => label);
    const sizes = new Array<number>(classes).fill(0);
    for (const label of this.labels.subarray(0, weighed)) sizes[label]!++;
    this.weights = sizes.map((n) => n === 0 ? 0 : weighed / (classes * n));
  }

  /** How often the documents have features, in the order in which kinds are stored. */
  counts(features: readonly FeatureKind[]): Counts[] {
    return featureKinds.filter((kind) => features.includes(kind)).map((kind) => {
      const known = this.#counts.get(kind);
      if (known) return known;
      const words = this.#documents.map(({ words }) => words);
      const counts = countFeatures(words, kind, MIN_DOCUMENTS[kind]);
      this.#counts.set(kind, counts);
      return counts;
    });
  }

  /** The TF-IDF of all documents, with the document frequencies of those that are learned from. */
  matrix(features: readonly FeatureKind[], learned?: Uint8Array): Weighted {
    return weighted(this.counts(features), learned);
  }

  /** Learns from some documents; goes on from what was learned from them at another cost. */
  fit(
    matrix: Weighted,
    rows: ArrayLike<number>,
    cost: number,
    stop: Stop,
    from?: Learned,
  ): Learned {
    const { labels, classes, weights: counts } = this;
    return regress({ matrix, labels, classes, rows, counts }, cost, stop, from);
  }

  /** How many documents are classified correctly. */
  correct(matrix: Weighted, rows: readonly number[], { weights, bias }: Learned): number {
    const { classes, labels } = this;
    const { starts, features, values } = matrix;
    const scores = new Float64Array(classes);
    return rows.filter((row) => {
      scores.set(bias);
      for (let e = starts[row]!; e < starts[row + 1]!; e++) {
        const value = values[e]!;
        const at = features[e]! * classes;
        for (let c = 0; c < classes; c++) scores[c]! += value * weights[at + c]!;
      }
      let best = 0;
      for (let c = 1; c < classes; c++) if (scores[c]! > scores[best]!) best = c;
      return best === labels[row];
    }).length;
  }
}
