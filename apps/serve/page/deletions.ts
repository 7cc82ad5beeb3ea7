import type { Words } from "./protocol.ts";
import { deletedInSecond, toggledInSecond } from "./shared_words.ts";
import { areCompared, modelOf, type Store } from "./state.ts";

/** The words of a text as one of the models reads it; undefined while they are not known. */
export type WordsOf = (model: 0 | 1, text: string) => Words | undefined;

/**
 * The deleted words of each heatmap. The state has them as the first model reads the text; where the
 * second heatmap is of another model, that model's words at the same places are deleted.
 */
export class Deletions {
  readonly #store: Store;
  readonly #wordsOf: WordsOf;

  /** Goes by the state, and by what is known of the words. */
  constructor(store: Store, wordsOf: WordsOf) {
    this.#store = store;
    this.#wordsOf = wordsOf;
  }

  /** The words of both models; undefined where the heatmap is of the first, or they are not known. */
  #both(panel: 0 | 1): [first: Words, second: Words] | undefined {
    const { state } = this.#store;
    if (modelOf(state, panel) === 0) return undefined;
    const [first, second] = ([0, 1] as const).map((model) => this.#wordsOf(model, state.text));
    return first && second ? [first, second] : undefined;
  }

  /** Where the deleted words of a heatmap start. */
  of(panel: 0 | 1): readonly number[] {
    const { deleted } = this.#store.state;
    const both = deleted.length > 0 ? this.#both(panel) : undefined;
    // Until the words are known: most models have the same.
    return both ? deletedInSecond(deleted, ...both) : deleted;
  }

  /** Deletes words of a heatmap, or restores them where all of them are deleted. */
  toggle(panel: 0 | 1, starts: readonly number[]): void {
    const both = this.#both(panel);
    if (both === undefined) return this.#store.toggle(starts);
    const toggled = toggledInSecond(starts, this.#store.state.deleted, ...both);
    this.#store.toggle(toggled.starts, toggled.restored);
  }

  /** Forgets what an edit made other words of. */
  forgetLost(): void {
    const { state } = this.#store;
    const models = areCompared(state) ? [0, 1] as const : [0] as const;
    const words = models.map((model) => this.#wordsOf(model, state.text));
    if (words.includes(undefined)) return;
    const known = new Set(words.flatMap((one) => [...one!.starts]));
    const kept = state.deleted.filter((start) => known.has(start));
    if (kept.length < state.deleted.length) this.#store.set({ deleted: kept });
  }
}
