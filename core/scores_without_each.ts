import type { Input, Model } from "./model.ts";
import { scoreCoalitions } from "./score_coalitions.ts";
import type { FloatArray } from "./tensor.ts";

/**
 * The scores after each single deletion, in one call: what occlusion asks for, and each step of a
 * search for the best order of deletion. Models that have a faster way to them take it; any other is
 * asked for one set of words after the other.
 *
 * @param model The model.
 * @param input An input of that model.
 * @param deleted Words that are deleted already. @default {none}
 * @param signal Stops it.
 * @returns The scores without these and word t, shape [T, C]; of a word that is deleted already those
 * without these alone.
 * @throws {TypeError} If the model does not give a score for each word and class.
 *
 * @example
 * ```ts
 * import { scoresWithoutEach } from "@heatword/core";
 * import { wordCnnFromWeights } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * // One filter that adds neighbours, whose largest sum is the score.
 * const model = wordCnnFromWeights({
 *   convolutionWeights: Float32Array.of(1, 1),
 *   convolutionBias: Float32Array.of(0),
 *   denseWeights: Float32Array.of(1),
 *   denseBias: Float32Array.of(0),
 * });
 * const input = model.inputFromVectors(Float32Array.of(1, 2, 4));
 * assertEquals([...await scoresWithoutEach(model, input)], [6, 4, 3]);
 * assertEquals([...await scoresWithoutEach(model, input, [1])], [4, 4, 1]);
 * ```
 */
export async function scoresWithoutEach<I extends Input>(
  model: Model<I>,
  input: I,
  deleted: readonly number[] = [],
  signal?: AbortSignal,
): Promise<FloatArray> {
  const classes = model.classes.length;
  if (model.scoresWithoutEach) {
    signal?.throwIfAborted();
    const own = await model.scoresWithoutEach(input, deleted);
    signal?.throwIfAborted();
    if (own.length === input.length * classes) return own;
    throw new TypeError(
      `The model gave ${own.length} scores for ${input.length} single deletions of ${classes} classes`,
    );
  }
  const scores: number[] = [];
  await scoreCoalitions(model, input, {
    total: input.length,
    fill: (batch, first) => {
      for (let m = 0; m < batch.size; m++) {
        for (const t of deleted) batch.delete(m, t);
        batch.delete(m, first + m);
      }
    },
    take: (own, t) => {
      for (let c = 0; c < classes; c++) scores[t * classes + c] = own[c]!;
    },
    ...(signal && { signal }),
  });
  return Float64Array.from(scores);
}
