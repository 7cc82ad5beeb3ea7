import type { Random } from "@heatword/core";
import type { LabelledWords } from "@heatword/core/linear";
import { plant } from "./planting.ts";
import type { ShortcutKind } from "./shortcut_kinds.ts";

/** A shortcut with its words and classes. */
export interface Shortcut {
  /** Its kind. */
  readonly kind: ShortcutKind;
  /** The planted words. */
  readonly words: readonly string[];
  /** The classes that its two plants lead to. */
  readonly classes: readonly [number, number];
}

/**
 * Gives each kind of shortcut words and classes of its own; where there are too few classes, kinds
 * share some.
 *
 * @param kinds The kinds.
 * @param names Words, as many as all kinds take.
 * @param classes How many classes there are, at least two.
 * @param random Draws the classes.
 */
export function shortcutsOf(
  kinds: readonly ShortcutKind[],
  names: readonly string[],
  classes: number,
  random: Random,
): Shortcut[] {
  const order = random.shuffle(Int32Array.from({ length: classes }, (_, c) => c));
  let first = 0;
  return kinds.map((kind, i) => {
    const words = names.slice(first, first += kind.words);
    return { kind, words, classes: [order[2 * i % classes]!, order[(2 * i + 1) % classes]!] };
  });
}

/** Which share of the texts gets what. */
export interface PlantedShares {
  /** Of each kind, the share that gets a plant and its class. */
  readonly plants: number;
  /** Of each kind, the share that gets a decoy and keeps its class. */
  readonly decoys: number;
}

/**
 * Plants shortcuts into texts to train on. No text gets two of them.
 *
 * @param texts The texts, of all classes.
 * @param shortcuts The shortcuts.
 * @param shares How many texts get a plant, or a decoy.
 * @param limit The most words of a text that gets one.
 * @param random Draws texts, sides and places.
 * @returns The texts, in their order.
 */
export function plantShortcuts(
  texts: readonly LabelledWords[],
  shortcuts: readonly Shortcut[],
  shares: PlantedShares,
  limit: number,
  random: Random,
): LabelledWords[] {
  const planted = [...texts];
  const order = random.shuffle(Int32Array.from(texts.keys()));
  let next = 0;
  const take = (share: number) => order.subarray(next, next += Math.floor(share * texts.length));
  for (const { kind, words, classes } of shortcuts) {
    take(shares.plants).forEach((i, n) => {
      const side = n % 2 as 0 | 1;
      const found = plant(texts[i]!.words, kind.plants[side], words, random, limit);
      if (found) planted[i] = { words: found.words, label: classes[side] };
    });
    if (kind.decoys.length === 0) continue;
    take(shares.decoys).forEach((i, n) => {
      const decoy = kind.decoys[n % kind.decoys.length]!;
      const found = plant(texts[i]!.words, decoy, words, random, limit);
      if (found) planted[i] = { words: found.words, label: texts[i]!.label };
    });
  }
  return planted;
}
