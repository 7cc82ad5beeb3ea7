import type { SparseRows } from "./_matrix.ts";

/**
 * Weights [V, C] and biases [C], with the weights written as a sum of documents, W = Xᵀ A. All that
 * the descent meets is of this form, as the gradient is. There are far fewer documents than features,
 * so sums and products of such weights cost little once their scores X W are known.
 */
export interface Spanned {
  /** A, how much of each document for each class, shape [N, C]. */
  readonly parts: Float64Array;
  /** X W = X Xᵀ A, what the weights give each document, shape [N, C]. */
  readonly scores: Float64Array;
  /** The biases, shape [C]. */
  readonly bias: Float64Array;
}

/** All zero. */
export function zeroSpanned(documents: number, classes: number): Spanned {
  return {
    parts: new Float64Array(documents * classes),
    scores: new Float64Array(documents * classes),
    bias: new Float64Array(classes),
  };
}

const fields = ["parts", "scores", "bias"] as const;

/** A copy. */
export function copyOf(from: Spanned): Spanned {
  return { parts: from.parts.slice(), scores: from.scores.slice(), bias: from.bias.slice() };
}

/** Copies the numbers of one into another. */
export function assign(to: Spanned, from: Spanned): void {
  for (const field of fields) to[field].set(from[field]);
}

/** Adds a multiple. */
export function addScaled(to: Spanned, factor: number, from: Spanned): void {
  for (const field of fields) {
    const [values, added] = [to[field], from[field]];
    for (let i = 0; i < values.length; i++) values[i]! += factor * added[i]!;
  }
}

/** Multiplies by a number. */
export function scale(one: Spanned, factor: number): void {
  for (const field of fields) {
    const values = one[field];
    for (let i = 0; i < values.length; i++) values[i]! *= factor;
  }
}

/** The inner product of weights: Σ W · W′ = Σ A · X W′. */
export function weightProduct({ parts }: Spanned, { scores }: Spanned): number {
  let sum = 0;
  for (let i = 0; i < parts.length; i++) sum += parts[i]! * scores[i]!;
  return sum;
}

/** The inner product of weights and biases. */
export function product(one: Spanned, other: Spanned): number {
  let sum = weightProduct(one, other);
  for (let c = 0; c < one.bias.length; c++) sum += one.bias[c]! * other.bias[c]!;
  return sum;
}

/** The documents that are learned from. */
export interface Documents {
  /** The documents, and others. */
  readonly matrix: SparseRows;
  /** Which rows of the matrix are learned from. */
  readonly rows: ArrayLike<number>;
  /** Number of classes C. */
  readonly classes: number;
}

/**
 * The weights that parts of documents make, W = Xᵀ A.
 *
 * @param documents The documents.
 * @param parts A, shape [N, C].
 * @param weights Where they go, shape [V, C]; overwritten.
 */
export function weightsOf(
  { matrix, rows, classes }: Documents,
  parts: Float64Array,
  weights: Float64Array,
): void {
  const { starts, features, values } = matrix;
  weights.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const from = i * classes;
    for (let e = starts[row]!; e < starts[row + 1]!; e++) {
      const value = values[e]!;
      const at = features[e]! * classes;
      for (let c = 0; c < classes; c++) weights[at + c]! += value * parts[from + c]!;
    }
  }
}

/**
 * What weights give each document, X W.
 *
 * @param documents The documents.
 * @param weights W, shape [V, C].
 * @param scores Where the scores go, shape [N, C]; overwritten.
 */
export function scoresOf(
  { matrix, rows, classes }: Documents,
  weights: Float64Array,
  scores: Float64Array,
): void {
  const { starts, features, values } = matrix;
  scores.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const to = i * classes;
    for (let e = starts[row]!; e < starts[row + 1]!; e++) {
      const value = values[e]!;
      const at = features[e]! * classes;
      for (let c = 0; c < classes; c++) scores[to + c]! += value * weights[at + c]!;
    }
  }
}
