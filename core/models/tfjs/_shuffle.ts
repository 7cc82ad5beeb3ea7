import type { Random } from "../../random.ts";
import { shuffledWeights } from "../../shuffled_weights.ts";
import type { Weight, Weights } from "./_weights.ts";

/** Learned arrays, and the names of those that were taken. */
export class TakenWeights extends Map<string, Weight> {
  /** The names. */
  readonly taken: Set<string> = new Set();

  override get(name: string): Weight | undefined {
    this.taken.add(name);
    return super.get(name);
  }
}

/**
 * The names of the learned arrays of each layer that has any of its own, in their order in the file. A
 * layer that stands in several places counts at the first.
 *
 * @param taken What the layers were made of, from the words on.
 * @param weights All learned arrays.
 */
export function weightNames(taken: readonly ReadonlySet<string>[], weights: Weights): string[][] {
  const known = new Set<string>();
  const all = taken.map((own) => {
    const names = [...weights.keys()].filter((name) => own.has(name) && !known.has(name));
    names.forEach((name) => known.add(name));
    return names;
  });
  return all.filter((names) => names.length > 0);
}

/**
 * Shuffles the learned arrays of the first layers, each within itself.
 *
 * @param names The names of the arrays of each layer, as {@linkcode weightNames} gives them.
 * @param weights All learned arrays; not changed.
 * @param random Shuffles.
 * @param layers How many layers.
 */
export function shuffleWeights(
  names: readonly (readonly string[])[],
  weights: Weights,
  random: Random,
  layers?: number,
): Weights {
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
