import type { FloatArray } from "./tensor.ts";

/**
 * Checks that scores are numbers to go by: a model whose weights are too large, or whose weights
 * hold what is not a number, gives Infinity or NaN.
 *
 * @param scores The scores before softmax, shape [C].
 * @param classes The names of the classes.
 * @param text What was classified, for the message. @default {"the text"}
 * @returns The same scores.
 * @throws {RangeError} If one is not finite; the message names its class.
 *
 * @example
 * ```ts
 * import { finiteScores } from "@heatword/core";
 * import { assertThrows } from "@std/assert";
 *
 * const scores = new Float32Array([1e20 * 1e20, 1]);
 * assertThrows(() => finiteScores(scores, ["up", "down"]), RangeError, 'the score Infinity for class "up"');
 * ```
 */
export function finiteScores<S extends FloatArray>(
  scores: S,
  classes: readonly string[],
  text = "the text",
): S {
  for (let c = 0; c < scores.length; c++) {
    if (Number.isFinite(scores[c])) continue;
    throw new RangeError(
      `The model gives ${text} the score ${scores[c]} for class "${
        classes[c] ?? c
      }": its weights ` +
        `or word vectors are too large for its ${
          scores instanceof Float32Array ? "float32" : "float64"
        } numbers`,
    );
  }
  return scores;
}
