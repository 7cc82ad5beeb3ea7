/// <reference lib="dom" />
import { ClassesView } from "./classes_view.ts";
import { DeletionView } from "./deletion_view.ts";
import { byId, setSentence, setText } from "./dom.ts";
import type { ModelWorkers } from "./model.ts";
import { ranking } from "./numbers.ts";
import { PanelView } from "./panel_view.ts";
import type { Classified, Explained, Question } from "./protocol.ts";
import { namedQuestion, sameQuestion, type State, type Store } from "./state.ts";
import { verdictOf, VerdictView } from "./verdict_view.ts";
import { TextEditor } from "./text_editor.ts";
import { unitChoices } from "./units.ts";
import { WordLook } from "./word_look.ts";
import { wordsNote } from "./words_note.ts";
import { WordsView } from "./words_view.ts";

/** How many words the slider deletes at most. */
const MAX_DELETED = 50;
/** A heatmap that takes longer says so. */
const SHOW_BUSY_AFTER = 150;

/** Keeps what the page shows in step with the state: asks the workers, hands answers to the views. */
export class PageController {
  readonly #store: Store;
  readonly #workers: ModelWorkers;
  readonly #verdict: VerdictView;
  readonly #classes: ClassesView;
  readonly #deletion: DeletionView;
  readonly #panels: readonly [PanelView, PanelView];
  readonly #look: WordLook;
  readonly #words: WordsView;
  /** The field over the first heatmap. */
  readonly editor: TextEditor;
  #explained: { readonly text: string; readonly found: Explained } | undefined;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #busy: [boolean, boolean] = [false, false];
  #classified: Classified | undefined;
  #classifiedText: string | undefined;
  #ranked: Question | undefined;
  #pending = 0;

  /** Puts the views on the page. */
  constructor(store: Store, workers: ModelWorkers) {
    const { info } = workers;
    this.#store = store;
    this.#workers = workers;
    this.#verdict = new VerdictView(byId("verdict"));
    this.#classes = new ClassesView(
      byId("classes"),
      info.classes,
      (target) => store.ask(0, { target }),
    );
    this.#deletion = new DeletionView(byId("deletion"), info.classes, {
      delete: (deleted) => this.#slide(deleted),
      restore: () => store.set({ deleted: [] }),
      direction: (direction) => store.set({ direction }),
    });
    const panel = (i: 0 | 1, name: string) =>
      new PanelView(name, info, {
        ask: (change) => store.ask(i, change),
        toggle: (starts) => store.toggle(starts),
        point: (position) => this.#look.point(i, position),
        inspect: (position, word) => this.#look.inspect(i, position, word),
      });
    this.#panels = [panel(0, "First"), panel(1, "Second")];
    this.#words = new WordsView(byId("weights"), byId("weights-title"), {
      point: (position) => this.#look.point(0, position),
      toggle: (starts) => store.toggle(starts),
    });
    this.#look = new WordLook(store, workers, this.#classes, [...this.#panels, this.#words]);
    const [first] = this.#panels;
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
    byId("panels").replaceChildren(...this.#panels.map(({ element }) => element));
    store.listen((state, before) => this.#update(state, before));
    this.#update(store.state, undefined);
  }

  /** Calls a function once nothing else was put off under the same name for a while. */
  #later(name: string, milliseconds: number, run: () => void): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(run, milliseconds));
  }

  /** The classes that `predicted` and `runner-up` stand for; undefined while that is computed. */
  get #meant(): readonly string[] | undefined {
    const { meant, text } = this.#store.state;
    if (meant) return meant;
    if (this.#classified === undefined || this.#classifiedText !== text) return undefined;
    // Of nothing, nothing is decided.
    if (this.#classified.starts.length === 0) return undefined;
    const { classes } = this.#workers.info;
    return ranking(this.#classified.scores).slice(0, 2).map((c) => classes[c]!);
  }

  /** Deletes words by the slider; what the heatmaps explain stays the same while they go. */
  #slide(deleted: readonly number[]): void {
    const meant = this.#meant;
    this.#store.set({ deleted, ...(meant && { meant }) });
  }

  #named(state: State, i: 0 | 1, meant = state.meant): Question {
    return namedQuestion(state.questions[i], meant, this.#workers.info.classes);
  }

  #update(state: State, before: State | undefined): void {
    const textChanged = state.text !== before?.text;
    const unitChanged = state.unit !== before?.unit;
    const wordsChanged = textChanged || state.deleted !== before?.deleted;
    const deleted = new Set(state.deleted);
    if (textChanged || unitChanged) this.#look.forget();
    if (textChanged) {
      this.editor.show(state.text);
      for (const panel of this.#panels) panel.draft(state.text, deleted);
    }
    if (state.rootScale !== before?.rootScale) {
      for (const panel of this.#panels) panel.setScale(state.rootScale, deleted);
    }
    if (unitChanged) this.#deletion.setUnit(this.#unitName(state));
    if (wordsChanged) this.#classify(state);
    ([0, 1] as const).forEach((i) => {
      const question = state.questions[i];
      const asked = before === undefined || !sameQuestion(question, before.questions[i]);
      const shown = i === 0 || state.compare;
      if (wordsChanged && !textChanged) this.#panels[i].setDeleted(deleted);
      if (asked) this.#panels[i].setQuestion(question, this.#meant);
      const renamed = state.meant !== before?.meant;
      if (renamed && !asked) this.#panels[i].setQuestion(question, this.#meant);
      if (shown && (wordsChanged || unitChanged || asked || i === 1 && !before?.compare)) {
        this.#explain(state, i);
      }
    });
    this.#panels[1].element.hidden = !state.compare;
    byId("panels").classList.toggle("two", state.compare);
    this.#deletion.setDeleted(deleted, state.direction);
    this.#showWords(state);
    const ranked = textChanged || unitChanged || state.direction !== before?.direction ||
      !sameQuestion(state.questions[0], before.questions[0]);
    if (ranked) {
      if (textChanged || unitChanged) this.#deletion.setDeletion(undefined, state.direction);
      this.#later("deletion", 120, () => this.#rank());
    }
    this.#later("announce", 700, () => this.#announce());
  }

  /** What is weighed, one of it, e.g. `sentence`. */
  #unitName({ unit }: State): string {
    const { readsCharacters } = this.#workers.info;
    return unitChoices(readsCharacters).find(({ value }) => value === unit)!.text.slice(0, -1);
  }

  /** Shows the words with most weight of the first heatmap. */
  #showWords({ text, deleted }: State): void {
    const { text: of, found } = this.#explained ?? {};
    if (found && of === text) this.#words.set(text, found, new Set(deleted));
  }

  /** Says whether what is shown is what was asked for. */
  #count(change: 1 | -1): void {
    this.#pending += change;
    byId("heatmaps").setAttribute("aria-busy", String(this.#pending > 0));
  }

  async #classify(state: State): Promise<void> {
    const { text, deleted } = state;
    this.#count(1);
    try {
      const classified = await this.#workers.scores.ask("classify", { text, deleted });
      if (classified === undefined) return;
      if (text !== this.#store.state.text) return;
      this.#classified = classified;
      this.#classifiedText = text;
      this.#showPlainWords(0);
      this.#showPlainWords(1);
      this.#forgetLostWords(classified);
      this.#classes.setScores(classified);
      this.#showVerdict(classified);
      document.body.classList.toggle("blank", classified.starts.length === 0);
      this.#store.state.questions.forEach((question, i) =>
        this.#panels[i]!.setQuestion(question, this.#meant)
      );
      setSentence(byId("text-note"), wordsNote(classified));
      // The slider goes by the class that the heatmap explains.
      const now = this.#named(this.#store.state, 0, this.#meant);
      if (this.#ranked && now.target !== this.#ranked.target) {
        this.#later("deletion", 120, () => this.#rank());
      }
    } catch (error) {
      setText(byId("text-note"), (error as Error).message);
    } finally {
      this.#count(-1);
    }
  }

  /** An edit may have made other words of what was deleted. */
  #forgetLostWords({ starts }: Classified): void {
    const known = new Set(starts);
    const { deleted } = this.#store.state;
    if (deleted.every((start) => known.has(start))) return;
    this.#store.set({ deleted: deleted.filter((start) => known.has(start)) });
  }

  #showVerdict(classified: Classified): void {
    const { deleted, article } = this.#store.state;
    const { classes } = this.#workers.info;
    this.#verdict.set(
      classified.starts.length === 0
        ? undefined
        : verdictOf(classified, classes, deleted.length, article?.label),
    );
  }

  async #explain(state: State, i: 0 | 1): Promise<void> {
    const { text, deleted } = state;
    const panel = this.#panels[i];
    this.#count(1);
    this.#later(`busy ${i}`, SHOW_BUSY_AFTER, () => {
      panel.setBusy(true);
      this.#busy[i] = true;
      this.#showPlainWords(i);
    });
    try {
      const explained = await this.#workers.panels[i].ask("explain", {
        text,
        deleted,
        question: this.#named(state, i),
        unit: state.unit,
      });
      // A newer call says the rest.
      if (explained === undefined) return;
      clearTimeout(this.#timers.get(`busy ${i}`));
      this.#busy[i] = false;
      // Words that were deleted meanwhile stay marked.
      const now = this.#store.state;
      if (now.text !== text) return;
      panel.setExplained(text, explained, new Set(now.deleted));
      if (i === 0) {
        this.#explained = { text, found: explained };
        this.#classes.setTarget(this.#workers.info.classes.indexOf(explained.target));
        this.#showWords(now);
      }
      this.#look.take(i, { ...explained, text });
    } catch (error) {
      clearTimeout(this.#timers.get(`busy ${i}`));
      this.#busy[i] = false;
      panel.setError((error as Error).message);
    } finally {
      this.#count(-1);
    }
  }

  /** Shows the words of the text, while a heatmap of them is computed. */
  #showPlainWords(i: 0 | 1): void {
    const { text, deleted } = this.#store.state;
    if (!this.#busy[i] || !this.#classified || this.#classifiedText !== text) return;
    this.#panels[i].setWords(text, this.#classified, new Set(deleted));
  }

  async #rank(): Promise<void> {
    const { text, direction, unit } = this.#store.state;
    const question = this.#named(this.#store.state, 0, this.#meant);
    this.#ranked = question;
    this.#count(1);
    try {
      const ask = { text, question, direction, unit, max: MAX_DELETED };
      const deletion = await this.#workers.panels[0].ask("deletion", ask);
      if (deletion && text === this.#store.state.text) {
        this.#deletion.setDeletion(deletion, this.#store.state.direction);
      }
    } catch {
      // The heatmap says what is wrong.
      this.#deletion.setDeletion(undefined, direction);
    } finally {
      this.#count(-1);
    }
  }

  /** Tells screen readers what changed, once it is quiet. */
  #announce(): void {
    if (this.#classified === undefined) return;
    if (this.#classified.starts.length === 0) {
      return setText(byId("live"), "No word that the model sees, so no decision.");
    }
    const { deleted, article } = this.#store.state;
    const { predicted, details } = verdictOf(
      this.#classified,
      this.#workers.info.classes,
      deleted.length,
      article?.label,
    );
    setText(byId("live"), `Decision: ${predicted}. ${details.join(". ")}.`);
  }
}
