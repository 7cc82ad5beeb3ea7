import type { Random } from "./random.ts";

/**
 * Shuffles the learned numbers of layers, each array within itself; what is not shuffled is taken as
 * it is.
 *
 * @param arrays The arrays of each layer, from the words on; they are not changed.
 * @param random Shuffles; each array by a generator of its own.
 * @param layers How many layers.
 * @returns The arrays of each layer, copies where they are shuffled.
 * @throws {RangeError} If there are not so many layers.
 *
 * @example
 * ```ts
 * import { Random, shuffledWeights } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const layers = [[Float32Array.of(1, 2, 3)], [Float32Array.of(4, 5)]];
 * const [first, second] = shuffledWeights(layers, new Random(0), 1);
 * assertEquals([...first![0]!].sort(), [1, 2, 3]);
 * assertEquals(second, layers[1]);
 * ```
 */
export function shuffledWeights<A extends Float32Array | Float64Array>(
  arrays: readonly (readonly A[])[],
  random: Random,
  layers: number = arrays.length,
): (readonly A[])[] {
  if (!Number.isInteger(layers) || layers < 0 || layers > arrays.length) {
    throw new RangeError(`Cannot shuffle ${layers} layers: ${arrays.length} have weights`);
  }
  return arrays.map((own, l) =>
    l >= layers ? own : own.map((values, i) => random.fork(l).fork(i).shuffle(values.slice() as A))
  );
}
