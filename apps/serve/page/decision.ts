/// <reference lib="dom" />
import type { Sentence } from "@heatword/eval/heatmap";
import { ClassesView } from "./classes_view.ts";
import { byId, setText } from "./dom.ts";
import type { PageModel } from "./model.ts";
import { ranking } from "./numbers.ts";
import type { Classified } from "./protocol.ts";
import { type Verdict, verdictOf, VerdictView } from "./verdict_view.ts";
import { wordsNote } from "./words_note.ts";

/** What a model makes of a text: its decision, and the scores of its classes. */
export class Decision {
  /** The model. */
  readonly model: PageModel;
  /** The table of its classes. */
  readonly classes: ClassesView;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  readonly #verdictView: VerdictView;
  #text: string | undefined;
  #classified: Classified | undefined;
  #verdict: Verdict | undefined;
  /** Why there is no decision on the text. */
  #problem: string | undefined;

  /**
   * Takes its place on the page.
   *
   * @param model The model.
   * @param id The id of the element; those of its title and of what is decided go by it.
   * @param choose Called with a class that is to be explained.
   */
  constructor(model: PageModel, id: string, choose: (target: string) => void) {
    this.model = model;
    this.#section = byId(id);
    this.#title = byId(`${id}-title`);
    this.#verdictView = new VerdictView(byId(`${id}-verdict`));
    this.classes = new ClassesView(this.#section, model.info.classes, choose);
  }

  /** Shows it or not, with the name of its model where there are two. */
  show(isShown: boolean, isNamed: boolean): void {
    this.#section.hidden = !isShown;
    setText(this.#title, isNamed ? `Decision of ${this.model.name}` : "Decision");
  }

  /**
   * Takes what the model makes of a text.
   *
   * @param text The text.
   * @param classified What it makes of it.
   * @param deleted Where its deleted words start.
   * @param label The true class, where it is known.
   */
  take(
    text: string,
    classified: Classified,
    deleted: readonly number[],
    label: string | undefined,
  ): void {
    const gone = new Set(deleted);
    const count = classified.starts.reduce((sum, start) => sum + Number(gone.has(start)), 0);
    this.#text = text;
    this.#classified = classified;
    this.#problem = undefined;
    this.#verdict = classified.starts.length === 0
      ? undefined
      : verdictOf(classified, this.model.info.classes, count, label);
    this.classes.setScores(classified);
    this.#verdictView.set(this.#verdict);
  }

  /** Takes why there is no decision on a text. */
  fail(text: string, why: string): void {
    this.#text = text;
    this.#classified = undefined;
    this.#verdict = undefined;
    this.#problem = why;
    this.classes.clear();
    this.#verdictView.set({ predicted: "", details: [`No decision: ${why}`] });
  }

  /** The words and scores of a text, if they are known. */
  of(text: string): Classified | undefined {
    return this.#text === text ? this.#classified : undefined;
  }

  /** Whether the model sees no word of the text that was classified last. */
  get isBlank(): boolean {
    return this.#classified !== undefined && this.#verdict === undefined;
  }

  /** The classes that `predicted` and `runner-up` stand for; undefined while that is not known. */
  meantIn(text: string): readonly string[] | undefined {
    const classified = this.of(text);
    // Of nothing, nothing is decided.
    if (classified === undefined || classified.starts.length === 0) return undefined;
    const { classes } = this.model.info;
    return ranking(classified.scores).slice(0, 2).map((c) => classes[c]!);
  }

  /** What it sees of a text, and what not, or why that is not known; empty while it is not. */
  note(text: string): Sentence {
    if (this.#text !== text) return [];
    return this.#classified ? wordsNote(this.#classified) : [this.#problem ?? ""];
  }

  /** The decision on a text in a sentence, with the name of the model if wanted; empty while it is not known. */
  said(text: string, isNamed: boolean): string {
    if (this.#text !== text) return "";
    const of = isNamed ? `Decision of ${this.model.name}: ` : "Decision: ";
    if (this.#problem !== undefined) return `${isNamed ? of : ""}No decision: ${this.#problem}`;
    if (this.#verdict) {
      return `${of}${this.#verdict.predicted}. ${this.#verdict.details.join(". ")}.`;
    }
    return `${isNamed ? of : ""}No word that the model sees, so no decision.`;
  }
}
