import { type Model, Random } from "@heatword/core";

/** The copies of a model by seed, permutation and number of layers, for all texts. */
const copies = new WeakMap<Model, Map<string, Model>>();

/**
 * A copy of a model with the weights of its first layers shuffled; made once.
 *
 * @param model The model; one that can be shuffled.
 * @param seed Where the randomness starts.
 * @param permutation Which of several permutations.
 * @param layers How many layers, from the words on.
 */
export function shuffledCopy(
  model: Model,
  seed: number,
  permutation: number,
  layers: number,
): Model {
  const known = copies.get(model) ?? new Map<string, Model>();
  copies.set(model, known);
  const key = [seed, permutation, layers].join();
  const random = new Random(seed).fork(0x5175ffe).fork(permutation);
  const copy = known.get(key) ?? model.withShuffledWeights!(random, layers);
  known.set(key, copy);
  return copy;
}
