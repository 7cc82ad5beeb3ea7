import type { Coalitions } from "../coalitions.ts";
import { isBranches, isMerge, isRecurrent, type Layer } from "../layers/mod.ts";
import { outputsOf } from "../network.ts";
import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";

/** Most numbers of the vectors of texts that are run side by side. */
const MAX_NUMBERS = 2 ** 22;
/** Most texts that are run side by side. */
const MAX_TEXTS = 64;

/** Whether a layer, or one in a network within it, reads a text word by word. */
export function readsWordByWord(layer: Layer): boolean {
  return isRecurrent(layer) ||
    (isBranches(layer) || isMerge(layer)) &&
      layer.branches.some((all) => all.some(readsWordByWord));
}

/**
 * Scores coalitions of the words of a text as batches of texts, side by side.
 *
 * @param layers The layers.
 * @param input The word vectors of the whole text, shape [T, D].
 * @param coalitions Which words stay each time.
 * @param classes How many scores there are.
 * @returns The scores, shape [M, C].
 */
export function scoreTexts(
  layers: readonly Layer[],
  input: Tensor,
  coalitions: Coalitions,
  classes: number,
): FloatArray {
  const [length, dimensions] = input.shape as [number, number];
  const scores = zerosLike(input.data, coalitions.size * classes);
  const most = Math.floor(MAX_NUMBERS / Math.max(1, length * dimensions));
  const batch = Math.max(1, Math.min(MAX_TEXTS, most));
  for (let from = 0; from < coalitions.size; from += batch) {
    const texts = Math.min(batch, coalitions.size - from);
    const inputs = Array.from({ length: texts }, (_, m): Tensor => {
      const data = input.data.slice();
      for (const t of coalitions.deleted(from + m)) {
        data.fill(0, t * dimensions, (t + 1) * dimensions);
      }
      return { shape: input.shape, data };
    });
    outputsOf(layers, inputs).forEach(({ data }, m) => scores.set(data, (from + m) * classes));
  }
  return scores;
}
