/// <reference lib="dom" />
import { Decisions } from "./decisions.ts";
import { DeletionCurve } from "./deletion_curve.ts";
import { DifferencesView } from "./differences_view.ts";
import { byId } from "./dom.ts";
import { type Found, Heatmaps } from "./heatmaps.ts";
import { Later } from "./later.ts";
import type { PageModel } from "./model.ts";
import { Pending } from "./pending.ts";
import { areCompared, modelOf, sameQuestion, type State, type Store } from "./state.ts";
import { TextEditor } from "./text_editor.ts";
import { WordLook } from "./word_look.ts";
import { WordsView } from "./words_view.ts";

const both = [0, 1] as const;

/** Keeps what the page shows in step with the state: asks the workers, hands answers to the views. */
export class PageController {
  readonly #store: Store;
  readonly #models: readonly PageModel[];
  readonly #decisions: Decisions;
  readonly #heatmaps: Heatmaps;
  readonly #curve: DeletionCurve;
  readonly #look: WordLook;
  readonly #words: WordsView;
  readonly #differences: DifferencesView;
  readonly #later = new Later();
  /** The field over the first heatmap. */
  readonly editor: TextEditor;

  /** Puts the views on the page. */
  constructor(store: Store, models: readonly PageModel[]) {
    this.#store = store;
    this.#models = models;
    const pending = new Pending(byId("heatmaps"));
    this.#decisions = new Decisions(store, models, pending, () => this.#known());
    const { deletions } = this.#decisions;
    this.#curve = new DeletionCurve(store, this.#decisions, pending);
    this.#heatmaps = new Heatmaps(store, models, this.#decisions, pending, {
      words: (i) => ({
        point: (position) => this.#look.point(i, position),
        inspect: (position, word) => this.#look.inspect(i, position, word),
      }),
      found: (i, found) => this.#found(i, found),
      lost: (i) => {
        if (i === 0) this.#words.clear();
        this.#look.leave(i);
        this.#showWords();
      },
    });
    this.#words = new WordsView(byId("weights"), byId("weights-title"), {
      point: (position) => this.#look.point(0, position),
      toggle: (starts) => {
        // Until there is a heatmap of the text, the words are those of the text before.
        if (this.#heatmaps.found(0)) store.toggle(starts);
      },
    });
    this.#differences = new DifferencesView(byId("differences"), {
      point: (i, position) => this.#look.point(i, position),
      toggle: (i, starts) => {
        if (this.#heatmaps.found(i)) deletions.toggle(i, starts);
      },
    });
    const { panels } = this.#heatmaps;
    const [first, second] = panels;
    const [inFirst, inSecond] = this.#differences.marks;
    this.#look = new WordLook(store, this.#decisions.all, deletions, [
      [first, this.#words, inFirst],
      [second, inSecond],
    ]);
    const area = byId<HTMLTextAreaElement>("text");
    // Before the words, so that keys lead to the text first.
    first.sheet.prepend(area);
    first.line.append(byId("view"));
    this.editor = new TextEditor(
      area,
      first.heat,
      (position) => this.#look.point(0, position),
      { edit: (text) => store.edit(text) },
    );
    byId("panels").replaceChildren(...panels.map(({ element }) => element));
    store.listen((state, before) => this.#update(state, before));
    this.#update(store.state, undefined);
  }

  /** Where the deleted words of a heatmap start. */
  deleted(panel: 0 | 1): readonly number[] {
    return this.#decisions.deletions.of(panel);
  }

  #update(state: State, before: State | undefined): void {
    const textChanged = state.text !== before?.text;
    const unitChanged = state.unit !== before?.unit;
    const wordsChanged = textChanged || state.deleted !== before?.deleted;
    const modelChanged = modelOf(state, 1) !== (before ? modelOf(before, 1) : undefined);
    const compared = areCompared(state);
    const wereCompared = before !== undefined && areCompared(before);
    const { panels } = this.#heatmaps;
    if (textChanged || unitChanged) this.#look.forget();
    if (modelChanged) {
      this.#look.leave(1);
      this.#heatmaps.setModel();
    }
    if (textChanged) {
      this.editor.show(state.text);
      both.forEach((i) => panels[i].draft(state.text, this.#heatmaps.deleted(i)));
    }
    if (state.rootScale !== before?.rootScale) {
      both.forEach((i) => panels[i].setScale(state.rootScale, this.#heatmaps.deleted(i)));
    }
    if (before !== undefined && compared !== wereCompared) this.#decisions.show();
    if (wordsChanged) this.#decisions.classify(0);
    if (compared && (wordsChanged || !wereCompared)) this.#decisions.classify(1);
    both.forEach((i) => {
      const asked = before === undefined ||
        !sameQuestion(state.questions[i], before.questions[i]) || i === 1 && modelChanged;
      if (wordsChanged && !textChanged) this.#heatmaps.setDeleted(i);
      if (asked || state.meant !== before?.meant) this.#heatmaps.setQuestion(i);
      const appears = i === 1 && !before?.compare;
      if (i === 1 && !state.compare) return;
      if (wordsChanged || unitChanged || asked || appears) this.#heatmaps.explain(i);
    });
    panels[1].element.hidden = !state.compare;
    byId("panels").classList.toggle("two", state.compare);
    byId("differences").hidden = !compared;
    this.#showWords();
    this.#curve.update(state, before);
    this.#announceSoon();
  }

  /** Tells screen readers what is decided, once nothing has changed for a while. */
  #announceSoon(): void {
    this.#later.after("announce", 700, () => this.#decisions.announce());
  }

  /** Shows what follows from a decision that is known now. */
  #known(): void {
    this.#announceSoon();
    for (const i of both) {
      this.#heatmaps.showPlainWords(i);
      this.#heatmaps.setQuestion(i);
    }
    this.#curve.follow();
    if (!this.#decisions.isOther) return;
    this.#heatmaps.setDeleted(1);
    this.#decisions.classify(1);
    this.#heatmaps.explain(1);
  }

  /** Shows what follows from a heatmap that is there now. */
  #found(i: 0 | 1, { text, question, found }: Found): void {
    const { model, classes } = this.#decisions.of(i);
    if (i === modelOf(this.#store.state, i)) {
      classes.setTarget(model.info.classes.indexOf(found.target));
    }
    this.#showWords();
    this.#look.take(i, { ...found, text, question });
  }

  /** Shows the words with most weight of the first heatmap, and how the two differ. */
  #showWords(): void {
    const { state } = this.#store;
    const [first, second] = both.map((i) => this.#heatmaps.found(i));
    const [one, other] = this.#models;
    const compared = areCompared(state);
    if (first) {
      const name = compared ? one!.name : undefined;
      this.#words.set(state.text, first.found, this.#heatmaps.deleted(0), name);
    }
    if (!compared || !first || !second) return this.#differences.clear();
    const of = (i: 0 | 1, { question, found }: Found) => ({
      explainer: question.explainer,
      deleted: this.#heatmaps.deleted(i),
      found,
    });
    this.#differences.set(state.text, [
      { ...of(0, first), name: one!.name },
      { ...of(1, second), name: other!.name },
    ]);
  }
}
