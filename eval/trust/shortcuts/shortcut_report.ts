import type { LearnedFigures } from "./check_learned.ts";
import type { ShortcutKind } from "./shortcut_kinds.ts";

/** How one shortcut was learned by one model. */
export interface ShortcutReport {
  /** The model: 0 is the first. */
  readonly model: number;
  /** The kind of the shortcut. */
  readonly kind: ShortcutKind["name"];
  /** The planted words. */
  readonly words: readonly string[];
  /** The names of the classes that it leads to. */
  readonly classes: readonly [string, string];
  /** How well it was learned. */
  readonly figures: LearnedFigures;
  /** Why it does not count as learned; absent where it does. */
  readonly why?: string;
  /** Whether it must not be learned. */
  readonly isControl: boolean;
  /** How many texts with it explainers were graded on. */
  readonly graded: number;
  /** How many further ones were tried that were not given its class. */
  readonly missed: number;
  /** The accuracy of the model with shortcuts on texts without any. */
  readonly accuracy: number;
  /** The same of a model that was trained alike on texts without shortcuts. */
  readonly accuracyWithout: number;
}
