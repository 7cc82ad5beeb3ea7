import { Coalitions } from "@heatword/core";
import type { SetFunction } from "../set_function.ts";

/** Coalitions scored at once: enough for a batch, few enough for memory. */
const CHUNK = 4096;

/**
 * The explained number for every set of words, in the order of a Gray code, in which neighbours
 * differ by one word, so that models that walk from one to the next have little to do.
 *
 * @param v What is measured; of at most 24 words.
 * @param signal Stops it between batches.
 * @returns v(N∖D) at index D, whose bit i says that word i is deleted; shape [2ⁿ].
 * @throws {RangeError} If there are more than 24 words.
 */
export async function valuesOfAllSets(
  v: SetFunction,
  signal?: AbortSignal,
): Promise<Float64Array> {
  if (v.words > 24) {
    throw new RangeError(`Cannot take all sets of ${v.words} words: 24 are the most`);
  }
  const size = 2 ** v.words;
  const values = new Float64Array(size);
  for (let start = 0; start < size; start += CHUNK) {
    signal?.throwIfAborted();
    const count = Math.min(CHUNK, size - start);
    const coalitions = new Coalitions(v.words, count);
    for (let m = 0; m < count; m++) {
      const set = (start + m) ^ (start + m) >> 1;
      for (let i = 0; i < v.words; i++) if (set >> i & 1) coalitions.delete(m, i);
    }
    const found = await v.values(coalitions);
    for (let m = 0; m < count; m++) values[(start + m) ^ (start + m) >> 1] = found[m]!;
  }
  return values;
}
