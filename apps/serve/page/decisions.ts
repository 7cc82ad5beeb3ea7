/// <reference lib="dom" />
import { Decision } from "./decision.ts";
import { Deletions } from "./deletions.ts";
import { byId, setSentence, setText } from "./dom.ts";
import type { PageModel } from "./model.ts";
import type { Pending } from "./pending.ts";
import type { Question } from "./protocol.ts";
import { areCompared, modelOf, namedQuestion, type Store } from "./state.ts";

/** Where each model's decision stands on the page. */
const PLACES = ["classes", "other-classes"] as const;

/** What the models of the page make of its text. */
export class Decisions {
  readonly #store: Store;
  readonly #pending: Pending;
  readonly #known: () => void;
  /** One for each model. */
  readonly all: readonly Decision[];
  /** The deleted words of each heatmap. */
  readonly deletions: Deletions;
  /** The deleted words that the other model was last asked without. */
  #askedWithout = "";

  /**
   * Takes their places on the page.
   *
   * @param store The state.
   * @param models The models.
   * @param pending Told what is computed.
   * @param known Called when a decision is known, or that there is none.
   */
  constructor(store: Store, models: readonly PageModel[], pending: Pending, known: () => void) {
    this.#store = store;
    this.#pending = pending;
    this.#known = known;
    this.all = models.map((model, m) =>
      new Decision(model, PLACES[m]!, (target) => store.ask(m as 0 | 1, { target }))
    );
    this.deletions = new Deletions(store, (model, text) => this.all[model]?.of(text));
  }

  /** The decisions that are shown. */
  get #shown(): readonly Decision[] {
    return areCompared(this.#store.state) ? this.all : this.all.slice(0, 1);
  }

  /** The decision of the model of a heatmap. */
  of(panel: 0 | 1): Decision {
    return this.all[modelOf(this.#store.state, panel)]!;
  }

  /** The classes that `predicted` and `runner-up` stand for; undefined while that is computed. */
  meant(panel: 0 | 1): readonly string[] | undefined {
    const { state } = this.#store;
    const meant = state.meant?.[modelOf(state, panel)];
    return meant && meant.length > 0 ? meant : this.of(panel).meantIn(state.text);
  }

  /** What is asked of a heatmap, with the classes that are meant where they are given. */
  question(panel: 0 | 1, meant?: readonly string[]): Question {
    const { questions, meant: all } = this.#store.state;
    const names = meant ?? all?.[modelOf(this.#store.state, panel)];
    return namedQuestion(questions[panel], names, this.of(panel).model.info.classes);
  }

  /** Whether the other model was asked without other words than are deleted. */
  get isOther(): boolean {
    const { state } = this.#store;
    // Which of its words are deleted is known only by the words of both.
    return areCompared(state) && this.deletions.of(1).join() !== this.#askedWithout;
  }

  /** Asks a model what it makes of the text. */
  classify(m: 0 | 1): void {
    this.#pending.during(this.#classify(m));
  }

  async #classify(m: 0 | 1): Promise<void> {
    const { text } = this.#store.state;
    const deleted = this.deletions.of(m);
    if (m === 1) this.#askedWithout = deleted.join();
    const decision = this.all[m]!;
    try {
      const classified = await decision.model.scores.ask("classify", { text, deleted });
      const { state } = this.#store;
      if (classified === undefined || text !== state.text) return;
      decision.take(text, classified, deleted, state.article?.label);
      this.deletions.forgetLost();
      this.show();
      this.#known();
    } catch (error) {
      if (text !== this.#store.state.text) return;
      decision.fail(text, (error as Error).message);
      this.show();
      this.#known();
    }
  }

  /** Shows the decisions, one or two, and what the models see of the text. */
  show(): void {
    const { state } = this.#store;
    const compared = areCompared(state);
    const { text } = state;
    const [first, other] = this.all;
    first!.show(true, compared);
    other?.show(compared, true);
    document.body.classList.toggle("blank", this.#shown.every(({ isBlank }) => isBlank));
    setSentence(
      byId("text-note"),
      compared
        ? this.all.flatMap((one) => {
          const note = one.note(text);
          return note.length > 0 ? [`${one.model.name}: `, ...note, ". "] : [];
        }).slice(0, -1)
        : first!.note(text),
    );
  }

  /** Tells screen readers what is decided. */
  announce(): void {
    const { state } = this.#store;
    const isNamed = areCompared(state);
    const said = this.#shown.map((decision) => decision.said(state.text, isNamed))
      .filter((sentence) => sentence !== "");
    if (said.length > 0) setText(byId("live"), said.join(" "));
  }
}
