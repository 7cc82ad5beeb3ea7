/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import type { ClassesView } from "./classes_view.ts";
import type { Deletions } from "./deletions.ts";
import type { PageModel } from "./model.ts";
import type { Explained, Question } from "./protocol.ts";
import { fittingUnit } from "./questions.ts";
import { areCompared, modelOf, namedQuestion, type Store } from "./state.ts";
import { WordCard } from "./word_card.ts";

/** A heatmap with what it is of. */
export interface Shown extends Explained {
  readonly text: string;
  readonly question: Question;
}

/** A view that marks the word that is looked at. */
export interface Marked {
  /** Marks a word; −1: none. */
  setActive(position: number): void;
}

/** Where the words start that a word of a heatmap stands for. */
const startsOf = ({ members, starts }: Shown, position: number): readonly number[] =>
  members?.[position] ?? [starts[position]!];

/** A word that is looked at. */
interface Pointed {
  readonly panel: 0 | 1;
  readonly position: number;
}

type Timer = ReturnType<typeof setTimeout>;

/** What is put into words of a word. */
interface Described {
  readonly word: string;
  readonly note: string;
}

/** What shows the words of a model. */
export interface WordSide {
  /** The model. */
  readonly model: PageModel;
  /** The table of its classes. */
  readonly classes: ClassesView;
}

/** Shows what the word that is looked at, or else the strongest one, adds to every class. */
export class WordLook {
  readonly #store: Store;
  readonly #sides: readonly WordSide[];
  readonly #deletions: Deletions;
  readonly #marked: readonly (readonly Marked[])[];
  readonly #card: WordCard;
  readonly #shown: [Shown | undefined, Shown | undefined] = [undefined, undefined];
  #pointed: Pointed | undefined;
  /** The word of the card. */
  #pinned: Pointed | undefined;
  readonly #timers: [Timer | undefined, Timer | undefined] = [undefined, undefined];

  /**
   * Starts with no word.
   *
   * @param store The state.
   * @param sides The models.
   * @param deletions The deleted words of each heatmap.
   * @param marked What marks a word, by the heatmap that its position is of.
   */
  constructor(
    store: Store,
    sides: readonly WordSide[],
    deletions: Deletions,
    marked: readonly (readonly Marked[])[],
  ) {
    this.#store = store;
    this.#sides = sides;
    this.#deletions = deletions;
    this.#marked = marked;
    this.#card = new WordCard();
  }

  /** Forgets the word, as the text is another. */
  forget(): void {
    this.#pointed = undefined;
    this.#card.close();
  }

  /** Forgets a heatmap, as it is of another model or is lost. */
  leave(panel: 0 | 1): void {
    this.#shown[panel] = undefined;
    if (this.#pinned?.panel === panel) this.#card.close();
    if (this.#pointed?.panel === panel) this.forget();
  }

  /** Looks at a word. */
  point(panel: 0 | 1, position: number): void {
    const now = this.#pointed;
    if (now?.panel === panel && now.position === position) return;
    this.#pointed = { panel, position };
    this.#show();
  }

  /** Looks at a word longer: what is known of it is shown beside it. */
  inspect(panel: 0 | 1, position: number, word: HTMLElement): void {
    this.#pinned = this.#pointed = { panel, position };
    this.#card.open(word, () => this.#toggle(panel, position));
    this.#show();
  }

  #toggle(panel: 0 | 1, position: number): void {
    const look = this.#shown[panel];
    const { text } = this.#store.state;
    this.#pointed = this.#pinned;
    if (look?.text !== text || look.starts[position] === undefined) return;
    this.#deletions.toggle(panel, startsOf(look, position));
  }

  /** Takes a new heatmap. */
  take(panel: 0 | 1, shown: Shown): void {
    this.#shown[panel] = shown;
    if (areCompared(this.#store.state) || (this.#pointed?.panel ?? 0) === panel) this.#show();
  }

  #isGone(panel: 0 | 1, look: Shown, position: number): boolean {
    const deleted = this.#deletions.of(panel);
    return startsOf(look, position).every((start) => deleted.includes(start));
  }

  #strongest(panel: 0 | 1, look: Shown): number {
    const { relevance } = look;
    const deleted = new Set(this.#deletions.of(panel));
    const isGone = (t: number) => startsOf(look, t).every((start) => deleted.has(start));
    return relevance.reduce(
      (best, value, t) => !isGone(t) && (best < 0 || value > relevance[best]!) ? t : best,
      -1,
    );
  }

  /** The word of a heatmap that is looked at: the one at the same place; −1 if there is none. */
  #positionIn(panel: 0 | 1): number {
    if (this.#pointed === undefined) return -1;
    const { panel: from, position } = this.#pointed;
    const [there, here] = [this.#shown[from], this.#shown[panel]];
    if (from === panel) return position;
    if (there === undefined || here?.text !== there.text) return -1;
    const [start, end] = [there.starts[position] ?? 0, there.ends[position] ?? 0];
    return here.starts.findIndex((at, t) => at < end && here.ends[t]! > start);
  }

  #describe(look: Shown, panel: 0 | 1, position: number): Described {
    const { text, starts, ends, relevance, target, signed: isSigned } = look;
    const { explainer } = look.question;
    const would = isSigned ? "would add this" : "would matter this much";
    const value = relevance[position]!;
    const note = this.#isGone(panel, look, position)
      ? `is deleted; by ${explainer} it ${would} if it were restored`
      : isSigned
      ? `${formatSigned(value)} for ${target}, by ${explainer}`
      : `matters ${
        formatNumber(value)
      } to ${target}, by ${explainer}; whether it speaks for it is not told`;
    return { word: text.slice(starts[position], ends[position]), note };
  }

  #show(): void {
    const from = this.#pointed?.panel ?? 0;
    const { text } = this.#store.state;
    if (this.#shown[from]?.text !== text) return;
    this.#marked.forEach((views, panel) => {
      const position = this.#positionIn(panel as 0 | 1);
      for (const view of views) view.setActive(position);
    });
    for (const panel of areCompared(this.#store.state) ? [0, 1] as const : [from]) {
      const look = this.#shown[panel];
      if (look?.text === text) this.#showIn(panel, look);
    }
  }

  #showIn(panel: 0 | 1, look: Shown): void {
    const { text, meant, unit } = this.#store.state;
    const m = modelOf(this.#store.state, panel);
    const { model, classes } = this.#sides[m]!;
    const position = this.#pointed ? this.#positionIn(panel) : this.#strongest(panel, look);
    const compared = areCompared(this.#store.state);
    // Two heatmaps of one model share its table: one word is asked for it.
    for (const i of compared ? [panel] : [0, 1] as const) clearTimeout(this.#timers[i]);
    if (position < 0 || position >= look.starts.length) {
      const note = this.#pointed && this.#pointed.panel !== panel
        ? "This model does not see the word"
        : "Point at a word to see what it adds to every class";
      return classes.setWord("", note, undefined);
    }
    const { word, note } = this.#describe(look, panel, position);
    classes.setWord(word, note, undefined);
    const gone = this.#isGone(panel, look, position);
    const show = (relevance: Float64Array | undefined) => {
      if (!this.#card.isOpen || this.#pinned?.panel !== panel) return;
      if (this.#pinned.position !== position) return;
      const { classes } = model.info;
      this.#card.set({ word, note, classes, relevance, signed: look.signed, gone });
    };
    show(undefined);
    // Nobody waits for what was not asked for, and pointing in passing starts no long computation.
    if (!this.#pointed && look.milliseconds > 300) return;
    this.#timers[panel] = setTimeout(async () => {
      const ask = {
        text,
        deleted: this.#deletions.of(panel),
        question: namedQuestion(look.question, meant?.[m], model.info.classes),
        position,
        unit: fittingUnit(unit, model.info),
      };
      const found = await model.panels[panel].ask("word", ask).catch(() => undefined);
      const isShared = !areCompared(this.#store.state) && (this.#pointed?.panel ?? 0) !== panel;
      const still = this.#shown[panel] === look && !isShared &&
        (this.#pointed === undefined || this.#positionIn(panel) === position);
      if (!found || !still) return;
      classes.setWord(word, note, found.relevance, look.signed);
      show(found.relevance);
    }, look.milliseconds < 20 ? 0 : 200);
  }
}
