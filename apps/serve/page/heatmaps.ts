/// <reference lib="dom" />
import type { Decisions } from "./decisions.ts";
import { Later } from "./later.ts";
import type { PageModel } from "./model.ts";
import { PanelView } from "./panel_view.ts";
import type { HeatTextEvents } from "./heat_text.ts";
import type { Pending } from "./pending.ts";
import type { Explained, Question } from "./protocol.ts";
import { fittingQuestion, fittingUnit, usualQuestion } from "./questions.ts";
import { modelOf, type Store } from "./state.ts";

/** A heatmap that takes longer says so. */
const SHOW_BUSY_AFTER = 150;

/** A heatmap with what it is of. */
export interface Found {
  readonly text: string;
  /** What was asked: by now it may be something else. */
  readonly question: Question;
  readonly found: Explained;
}

/** What the heatmaps tell, by which it is. */
export interface HeatmapsEvents {
  /** What is done to its words. */
  words(panel: 0 | 1): Omit<HeatTextEvents, "toggle">;
  /** It shows what was asked for. */
  found(panel: 0 | 1, found: Found): void;
  /** It has nothing to show, as what was asked for cannot be had. */
  lost(panel: 0 | 1): void;
}

/** The two heatmaps. */
export class Heatmaps {
  readonly #store: Store;
  readonly #models: readonly PageModel[];
  readonly #decisions: Decisions;
  readonly #pending: Pending;
  readonly #events: HeatmapsEvents;
  readonly #later = new Later();
  readonly #busy: [boolean, boolean] = [false, false];
  readonly #found: [Found | undefined, Found | undefined] = [undefined, undefined];
  /** Their views. */
  readonly panels: readonly [PanelView, PanelView];

  /** Makes them; they are put on the page by their views. */
  constructor(
    store: Store,
    models: readonly PageModel[],
    decisions: Decisions,
    pending: Pending,
    events: HeatmapsEvents,
  ) {
    this.#store = store;
    this.#models = models;
    this.#decisions = decisions;
    this.#pending = pending;
    this.#events = events;
    const panel = (i: 0 | 1, name: string) =>
      new PanelView(name, { all: models, isFree: i === 1 }, {
        ...events.words(i),
        ask: (change) => store.ask(i, change),
        choose: (model) => this.#choose(model),
        toggle: (starts) => decisions.deletions.toggle(i, starts),
      });
    this.panels = [panel(0, "First"), panel(1, "Second")];
  }

  /** Asks another model for the second heatmap: the same as the first is asked, if it can do that. */
  #choose(model: 0 | 1): void {
    const { questions: [question] } = this.#store.state;
    const { name, info } = this.#models[model]!;
    const isFirst = model === 0;
    this.#store.set({
      other: isFirst ? "" : name,
      questions: [
        question,
        isFirst ? usualQuestion(info.usual[1]) : fittingQuestion(question, info),
      ],
    });
  }

  /** Where the deleted words of a heatmap start. */
  deleted(i: 0 | 1): ReadonlySet<number> {
    return new Set(this.#decisions.deletions.of(i));
  }

  /** A heatmap of the text as it is now; undefined while it is computed. */
  found(i: 0 | 1): Found | undefined {
    const found = this.#found[i];
    return found?.text === this.#store.state.text ? found : undefined;
  }

  /** Shows the second heatmap's model in it. */
  setModel(): void {
    this.#found[1] = undefined;
    this.panels[1].setModel(modelOf(this.#store.state, 1), this.deleted(1));
  }

  /** Shows what is asked of a heatmap. */
  setQuestion(i: 0 | 1): void {
    this.panels[i].setQuestion(this.#store.state.questions[i], this.#decisions.meant(i));
  }

  /** Marks the deleted words of a heatmap. */
  setDeleted(i: 0 | 1): void {
    this.panels[i].setDeleted(this.deleted(i));
  }

  /** Shows the words of the text, while a heatmap of them is computed. */
  showPlainWords(i: 0 | 1): void {
    const { text } = this.#store.state;
    const words = this.#decisions.of(i).of(text);
    if (this.#busy[i] && words) this.panels[i].setWords(text, words, this.deleted(i));
  }

  /** Asks for a heatmap. */
  explain(i: 0 | 1): void {
    this.#pending.during(this.#explain(i));
  }

  async #explain(i: 0 | 1): Promise<void> {
    const { text, unit } = this.#store.state;
    const { model } = this.#decisions.of(i);
    const question = this.#decisions.question(i);
    const panel = this.panels[i];
    this.#later.after(`busy ${i}`, SHOW_BUSY_AFTER, () => {
      panel.setBusy(true);
      this.#busy[i] = true;
      this.showPlainWords(i);
    });
    const end = () => {
      this.#later.drop(`busy ${i}`);
      this.#busy[i] = false;
    };
    // By now it may be that of another model, which says the rest.
    const isLeft = () => this.#decisions.of(i).model !== model;
    try {
      const explained = await model.panels[i].ask("explain", {
        text,
        deleted: this.#decisions.deletions.of(i),
        question,
        unit: fittingUnit(unit, model.info),
      });
      // A newer call says the rest.
      if (explained === undefined || isLeft()) return;
      end();
      if (this.#store.state.text !== text) return;
      // Words that were deleted meanwhile stay marked.
      panel.setExplained(text, explained, this.deleted(i));
      this.#found[i] = { text, question, found: explained };
      this.#events.found(i, this.#found[i]);
    } catch (error) {
      if (isLeft()) return;
      end();
      panel.setError((error as Error).message);
      this.#found[i] = undefined;
      this.#events.lost(i);
    }
  }
}
