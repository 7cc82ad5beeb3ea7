import { type FeatureKind, featureKinds } from "../features.ts";
import { type Counts, countFeatures } from "./_counts.ts";
import type { LabelledWords } from "./labelled_words.ts";
import { type Weighted, weighted } from "./_matrix.ts";
import { regress } from "./_softmax_regression.ts";
import type { Stop } from "./_lbfgs.ts";
import { scoresOf, type Spanned, weightsOf, zeroSpanned } from "./_span.ts";

/**
 * In how many documents a feature must be to be learned. Most runs of characters are in one document
 * only, and take most of the room.
 */
const LEAST: Readonly<Record<FeatureKind, number>> = { words: 1, pairs: 1, characters: 2 };

/** Documents as they are learned from: their features are counted once for all attempts. */
export class Problem {
  /** Number of classes C. */
  readonly classes: number;
  /** The class of each document. */
  readonly labels: Int32Array;
  readonly #documents: readonly LabelledWords[];
  readonly #counts = new Map<FeatureKind, Counts>();

  /** Takes documents; kept, not copied. */
  constructor(documents: readonly LabelledWords[], classes: number) {
    this.#documents = documents;
    this.classes = classes;
    this.labels = Int32Array.from(documents, ({ label }) => label);
  }

  /** How often the documents have features, in the order in which kinds are stored. */
  counts(features: readonly FeatureKind[]): Counts[] {
    return featureKinds.filter((kind) => features.includes(kind)).map((kind) => {
      const known = this.#counts.get(kind);
      if (known) return known;
      const words = this.#documents.map(({ words }) => words);
      const counts = countFeatures(words, kind, LEAST[kind]);
      this.#counts.set(kind, counts);
      return counts;
    });
  }

  /** The TF-IDF of all documents, with the document frequencies of those that are learned from. */
  matrix(features: readonly FeatureKind[], learned?: Uint8Array): Weighted {
    return weighted(this.counts(features), learned);
  }

  /** A point at which every weight and bias is zero. */
  start(rows: ArrayLike<number>): Spanned {
    return zeroSpanned(rows.length, this.classes);
  }

  /** Moves a point to where the objective is least. */
  fit(matrix: Weighted, rows: ArrayLike<number>, cost: number, point: Spanned, stop: Stop): void {
    const { labels, classes } = this;
    regress({ matrix, labels, classes, rows }, cost, point, stop);
  }

  /** The weights of a point, shape [V, C]. */
  weights(matrix: Weighted, rows: ArrayLike<number>, { parts }: Spanned): Float64Array {
    const { classes } = this;
    const weights = new Float64Array(matrix.columns * classes);
    weightsOf({ matrix, rows, classes }, parts, weights);
    return weights;
  }

  /** How many documents are classified correctly. */
  correct(
    matrix: Weighted,
    rows: readonly number[],
    weights: Float64Array,
    bias: Float64Array,
  ): number {
    const { classes, labels } = this;
    const scores = new Float64Array(rows.length * classes);
    scoresOf({ matrix, rows, classes }, weights, scores);
    return rows.filter((row, i) => {
      let best = 0;
      const score = (c: number) => scores[i * classes + c]! + bias[c]!;
      for (let c = 1; c < classes; c++) if (score(c) > score(best)) best = c;
      return best === labels[row];
    }).length;
  }
}
