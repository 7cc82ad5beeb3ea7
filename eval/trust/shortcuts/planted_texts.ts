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

/** Of how many texts there is a copy with what. */
export interface PlantedShares {
  /** Of each kind, the share of texts of which a copy gets a plant and its class. */
  readonly plants: number;
  /** Of each kind, the share of texts of which a copy gets a decoy and keeps its class. */
  readonly decoys: number;
}

/**
 * Plants shortcuts into copies of texts to train on. The texts themselves stay, so that the model
 * learns as well as without what they say.
 *
 * @param texts The texts, of all classes.
 * @param shortcuts The shortcuts.
 * @param shares Of how many texts a copy gets a plant, or a decoy.
 * @param limit The most words of a copy.
 * @param random Draws texts, sides and places.
 * @returns The texts, followed by the copies.
 */
export function plantShortcuts(
  texts: readonly LabelledWords[],
  shortcuts: readonly Shortcut[],
  shares: PlantedShares,
  limit: number,
  random: Random,
): LabelledWords[] {
  const copies: LabelledWords[] = [];
  const some = (share: number) => {
    const order = random.shuffle(Int32Array.from(texts.keys()));
    return Array.from(order.subarray(0, Math.floor(share * texts.length)), (i) => texts[i]!);
  };
  for (const { kind, words, classes } of shortcuts) {
    some(shares.plants).forEach((text, n) => {
      const side = n % 2 as 0 | 1;
      const found = plant(text.words, kind.plants[side], words, random, limit);
      if (found) copies.push({ words: found.words, label: classes[side] });
    });
    if (kind.decoys.length === 0) continue;
    some(shares.decoys).forEach((text, n) => {
      const decoy = kind.decoys[n % kind.decoys.length]!;
      const found = plant(text.words, decoy, words, random, limit);
      if (found) copies.push({ words: found.words, label: text.label });
    });
  }
  return [...texts, ...copies];
}
