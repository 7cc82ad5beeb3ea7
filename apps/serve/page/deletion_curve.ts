/// <reference lib="dom" />
import type { Decisions } from "./decisions.ts";
import { DeletionView } from "./deletion_view.ts";
import { byId } from "./dom.ts";
import { Later } from "./later.ts";
import type { Pending } from "./pending.ts";
import type { Question } from "./protocol.ts";
import { areCompared, sameQuestion, type State, type Store } from "./state.ts";
import { unitChoices } from "./units.ts";

/** How many words the slider deletes at most. */
const MAX_DELETED = 50;
/** How long a question must stand before it is asked, in milliseconds. */
const QUIET = 120;

/** What becomes of the first model's score as words of the first heatmap go. */
export class DeletionCurve {
  readonly #store: Store;
  readonly #decisions: Decisions;
  readonly #pending: Pending;
  readonly #view: DeletionView;
  readonly #later = new Later();
  #ranked: Question | undefined;

  /** Takes its place on the page. */
  constructor(store: Store, decisions: Decisions, pending: Pending) {
    this.#store = store;
    this.#decisions = decisions;
    this.#pending = pending;
    const { classes } = decisions.all[0]!.model.info;
    this.#view = new DeletionView(byId("deletion"), classes, {
      delete: (deleted) => this.#slide(deleted),
      restore: () => store.set({ deleted: [] }),
      direction: (direction) => store.set({ direction }),
    });
  }

  /** Deletes words by the slider; what the heatmaps explain stays the same while they go. */
  #slide(deleted: readonly number[]): void {
    const meant = this.#decisions.meant(0);
    const other = areCompared(this.#store.state) ? [this.#decisions.meant(1) ?? []] : [];
    this.#store.set({ deleted, ...(meant && { meant: [meant, ...other] }) });
  }

  /** Follows a change of the state. */
  update(state: State, before: State | undefined): void {
    const compared = areCompared(state);
    if (before === undefined || compared !== areCompared(before)) {
      this.#view.setModel(compared ? this.#decisions.all[0]!.model.name : undefined);
    }
    const textChanged = state.text !== before?.text;
    const unitChanged = state.unit !== before?.unit;
    if (unitChanged) this.#view.setUnit(this.#unitName(state));
    this.#view.setDeleted(new Set(state.deleted), state.direction);
    const isOther = textChanged || unitChanged || state.direction !== before?.direction ||
      !sameQuestion(state.questions[0], before.questions[0]);
    if (!isOther) return;
    if (textChanged || unitChanged) this.#view.setDeletion(undefined, state.direction);
    this.#askSoon();
  }

  /** What is weighed, one of it, e.g. `sentence`. */
  #unitName({ unit }: State): string {
    const { readsCharacters } = this.#decisions.all[0]!.model.info;
    return unitChoices(readsCharacters).find(({ value }) => value === unit)!.text.slice(0, -1);
  }

  /** Goes by the class that the heatmap explains, where the decision has become another. */
  follow(): void {
    const { target } = this.#decisions.question(0, this.#decisions.meant(0));
    if (this.#ranked && target !== this.#ranked.target) this.#askSoon();
  }

  #askSoon(): void {
    this.#later.after("ask", QUIET, () => this.#pending.during(this.#ask()));
  }

  async #ask(): Promise<void> {
    const { text, direction, unit } = this.#store.state;
    const question = this.#decisions.question(0, this.#decisions.meant(0));
    this.#ranked = question;
    try {
      const ask = { text, question, direction, unit, max: MAX_DELETED };
      const deletion = await this.#decisions.all[0]!.model.panels[0].ask("deletion", ask);
      const now = this.#store.state;
      if (deletion && text === now.text) this.#view.setDeletion(deletion, now.direction);
    } catch {
      // The heatmap says what is wrong.
      this.#view.setDeletion(undefined, direction);
    }
  }
}
