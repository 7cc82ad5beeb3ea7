import { NamedVectors } from "../named_vectors.ts";
import { numberWords } from "../numbered_text.ts";
import { leadingEigenvectors } from "../tall_matrix/eigenvectors.ts";
import { trainingText } from "../training_text.ts";
import { ppmiMatrix } from "./matrix.ts";
import { ppmiDefaults, type TrainPpmiOptions } from "./options.ts";

/** How often the decomposition multiplies by the matrix; more changes the vectors no longer. */
const PASSES = 8;

/**
 * Makes word vectors of how often words stand near each other: the leading singular vectors of the
 * matrix of their positive pointwise mutual information, each times a power of its singular value
 * (Levy, Goldberg and Dagan 2015).
 *
 * The same texts and options give the same bytes. Works on one thread.
 *
 * @param texts The words of each text; words of two texts are never each other's context.
 * @param options How to train.
 * @returns The vectors of all words seen at least `minCount` times, the most frequent first, `[V, D]`;
 * numbers beyond the V-th are zero where there are fewer words than numbers.
 * @throws {RangeError} If an option makes no sense, no word is frequent enough, or the matrices need
 * more than the 4 GiB of a memory.
 * @throws {SyntaxError} If a word is empty or holds white space.
 *
 * @example
 * ```ts
 * import { trainPpmi } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const texts = [["the", "moon", "and", "the", "sun"], ["the", "moon"]];
 * const vectors = await trainPpmi(texts, { dimensions: 4, minCount: 2 });
 * assertEquals(vectors.words, ["the", "moon"]);
 * assertEquals(vectors.matrix.length, 2 * 4);
 * ```
 */
export function trainPpmi(
  texts: Iterable<readonly string[]>,
  options: TrainPpmiOptions = {},
): Promise<NamedVectors> {
  return trainPpmiOnText(trainingText(texts), options);
}

/**
 * As {@linkcode trainPpmi}, on lines that {@linkcode trainingText} wrote.
 *
 * @param text The lines.
 * @param options How to train.
 */
export async function trainPpmiOnText(
  text: Uint8Array,
  options: TrainPpmiOptions = {},
): Promise<NamedVectors> {
  const { dimensions, window, minCount, smoothing, power, seed } = ppmiDefaults(options);
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const report = (done: number) =>
    onProgress?.({ task: "Decomposing word counts", done, total: PASSES, unit: "passes" });
  report(0);
  const numbered = numberWords(text, minCount);
  const { words } = numbered;
  if (words.length === 0) {
    throw new RangeError(`Cannot train word vectors: no word is there ${minCount} times`);
  }
  const { values, vectors } = await leadingEigenvectors(ppmiMatrix(numbered, window, smoothing), {
    count: dimensions,
    passes: PASSES,
    seed,
    onPass: async (done) => {
      report(done);
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
    },
  });
  // The singular values of a symmetric matrix are the absolute values of its eigenvalues.
  const factors = values.map((value) => Math.abs(value) ** power);
  const matrix = new Float32Array(words.length * dimensions);
  for (let row = 0; row < words.length; row++) {
    for (let j = 0; j < values.length; j++) {
      matrix[row * dimensions + j] = vectors[row * values.length + j]! * factors[j]!;
    }
  }
  return new NamedVectors(words, matrix, dimensions);
}
