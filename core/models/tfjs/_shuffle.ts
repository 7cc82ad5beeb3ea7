import type { Random } from "../../random.ts";
import { shuffledWeights } from "../../shuffled_weights.ts";
import type { Path } from "./_topology.ts";
import type { Weights } from "./_weights.ts";

/** The names of the layers of a path, from the words on. */
function layerNames(path: Path): string[] {
  return path.flatMap(({ spec, branches }) => [...branches?.flatMap(layerNames) ?? [], spec.name]);
}

/**
 * The names of the learned arrays of each layer that has any.
 *
 * @param path The steps, without the Embedding.
 * @param weights All learned arrays.
 * @returns For each layer with weights the names of its arrays.
 */
export function weightNames(path: Path, weights: Weights): string[][] {
  return layerNames(path)
    .map((layer) =>
      [...weights.keys()].filter((key) => key.split("/").slice(0, -1).includes(layer))
    )
    .filter((names) => names.length > 0);
}

/**
 * Shuffles the learned arrays of the first layers, each within itself.
 *
 * @param path The steps, without the Embedding.
 * @param weights All learned arrays; not changed.
 * @param random Shuffles.
 * @param layers How many layers.
 */
export function shuffleWeights(
  path: Path,
  weights: Weights,
  random: Random,
  layers?: number,
): Weights {
  const names = weightNames(path, weights);
  const arrays = names.map((own) => own.map((name) => weights.get(name)!.data));
  const changed = new Map(weights);
  shuffledWeights(arrays, random, layers).forEach((own, l) =>
    own.forEach((data, i) => {
      const name = names[l]![i]!;
      changed.set(name, { ...weights.get(name)!, data });
    })
  );
  return changed;
}
