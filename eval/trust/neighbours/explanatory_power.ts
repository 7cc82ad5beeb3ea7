import { meanOf } from "../../statistics/mean.ts";

/** Which documents are learned from, and which are classified. */
export type Split = readonly [learned: readonly number[], classified: readonly number[]];

/** How well neighbours by an explanation's document vectors share their class. */
export interface ExplanatoryPower {
  /** The mean accuracy over the splits for each number of neighbours. */
  readonly accuracy: readonly number[];
  /** The largest of them. */
  readonly index: number;
  /** The number of neighbours it is reached with, the smallest of equals. */
  readonly neighbours: number;
  /**
   * Of each document the share of the splits it is classified in where that is right, with that number of
   * neighbours; undefined where it is in none. Shape [N].
   */
  readonly perDocument: readonly (number | undefined)[];
}

/** A vector at unit length; zero stays zero. */
function unit(vector: ArrayLike<number>): Float64Array {
  const numbers = Float64Array.from(vector);
  const length = Math.hypot(...numbers);
  return length === 0 ? numbers : numbers.map((value) => value / length);
}

/** The cosine of each two vectors of unit length. */
function cosinesOf(units: readonly Float64Array[]): Float64Array[] {
  const rows = units.map(() => new Float64Array(units.length));
  for (let i = 0; i < units.length; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b] = [units[i]!, units[j]!];
      let sum = 0;
      for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
      rows[i]![j] = rows[j]![i] = sum;
    }
  }
  return rows;
}

/** Cosines that differ by rounding alone count as equal. */
const ROUNDING = 1e-12;

/** The nearest first; of equally near ones the lower index. */
function nearest(similarity: (i: number) => number, among: readonly number[]): number[] {
  const found = among.map((i) => ({ i, value: similarity(i) }));
  return found.sort((a, b) =>
    Math.abs(a.value - b.value) > ROUNDING ? b.value - a.value : a.i - b.i
  )
    .map(({ i }) => i);
}

/** The class most of the first k have; of equally frequent ones that of the nearest. */
function vote(sorted: readonly number[], k: number, labels: readonly number[]): number {
  const votes = new Map<number, number>();
  const voters = sorted.slice(0, k).map((i) => labels[i]!);
  for (const label of voters) votes.set(label, (votes.get(label) ?? 0) + 1);
  const most = Math.max(...votes.values());
  return voters.find((label) => votes.get(label) === most)!;
}

/**
 * The explanatory power index (Arras et al. 2017): each document is the sum of its word vectors
 * weighted by their relevance, at unit length; how well do the nearest documents by cosine tell its
 * class?
 *
 * @param vectors The document vectors, shape [N, D].
 * @param labels The true class of each document, shape [N].
 * @param splits Halvings of the documents: learned from, classified.
 * @param neighbours How many neighbours vote. @default {1, 3, 5 … 51}
 * @returns The accuracy for each number of neighbours, and the best.
 *
 * @example
 * ```ts
 * import { explanatoryPower } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const vectors = [[1, 0], [0, 1], [2, 0.1], [0.1, 3]];
 * assertEquals(explanatoryPower(vectors, [0, 1, 0, 1], [[[0, 1], [2, 3]]], [1]).index, 1);
 * ```
 */
export function explanatoryPower(
  vectors: readonly ArrayLike<number>[],
  labels: readonly number[],
  splits: readonly Split[],
  neighbours: readonly number[] = Array.from({ length: 26 }, (_, i) => 2 * i + 1),
): ExplanatoryPower {
  const cosines = cosinesOf(vectors.map(unit));
  // For each split and number of neighbours whether each document is classified correctly.
  const perSplit = splits.map(([learned, classified]) => {
    const sorted = classified.map((i) => nearest((j) => cosines[i]![j]!, learned));
    return neighbours.map((k) =>
      classified.map((i, c) => Number(vote(sorted[c]!, k, labels) === labels[i]))
    );
  });
  const accuracy = neighbours.map((_, k) => meanOf(perSplit.map((split) => meanOf(split[k]!))));
  const index = Math.max(...accuracy);
  const best = accuracy.indexOf(index);
  const right: number[][] = vectors.map(() => []);
  splits.forEach(([, classified], s) =>
    classified.forEach((i, c) => right[i]!.push(perSplit[s]![best]![c]!))
  );
  const perDocument = right.map((found) => found.length === 0 ? undefined : meanOf(found));
  return { accuracy, index, neighbours: neighbours[best]!, perDocument };
}
