/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import type { ClassesView } from "./classes_view.ts";
import type { ModelWorkers } from "./model.ts";
import { WordCard } from "./word_card.ts";
import type { Explained } from "./protocol.ts";
import { namedQuestion, type Store } from "./state.ts";

/** A heatmap with the text that it is of. */
export interface Shown extends Explained {
  readonly text: string;
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

/** What is put into words of a word. */
interface Described {
  readonly word: string;
  readonly note: string;
}

/** Shows what the word that is looked at, or else the strongest one, adds to every class. */
export class WordLook {
  readonly #store: Store;
  readonly #workers: ModelWorkers;
  readonly #classes: ClassesView;
  readonly #marked: readonly Marked[];
  readonly #card: WordCard;
  readonly #shown: [Shown | undefined, Shown | undefined] = [undefined, undefined];
  #pointed: Pointed | undefined;
  /** The word of the card. */
  #pinned: Pointed | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts with no word. */
  constructor(
    store: Store,
    workers: ModelWorkers,
    classes: ClassesView,
    marked: readonly Marked[],
  ) {
    this.#store = store;
    this.#workers = workers;
    this.#classes = classes;
    this.#marked = marked;
    this.#card = new WordCard(workers.info.classes);
  }

  /** Forgets the word, as the text is another. */
  forget(): void {
    this.#pointed = undefined;
    this.#card.close();
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
    this.#store.toggle(startsOf(look, position));
  }

  /** Takes a new heatmap. */
  take(panel: 0 | 1, shown: Shown): void {
    this.#shown[panel] = shown;
    if ((this.#pointed?.panel ?? 0) === panel) this.#show();
  }

  #isGone(look: Shown, position: number): boolean {
    const { deleted } = this.#store.state;
    return startsOf(look, position).every((start) => deleted.includes(start));
  }

  #strongest(look: Shown): number {
    const { relevance } = look;
    return relevance.reduce(
      (best, value, t) =>
        !this.#isGone(look, t) && (best < 0 || value > relevance[best]!) ? t : best,
      -1,
    );
  }

  #describe(look: Shown, panel: 0 | 1, position: number): Described {
    const { text, starts, ends, relevance, target, signed: isSigned } = look;
    const { explainer } = this.#store.state.questions[panel];
    const would = isSigned ? "would add this" : "would matter this much";
    const value = relevance[position]!;
    const note = this.#isGone(look, position)
      ? `is deleted; by ${explainer} it ${would} if it were restored`
      : isSigned
      ? `${formatSigned(value)} for ${target}, by ${explainer}`
      : `matters ${
        formatNumber(value)
      } to ${target}, by ${explainer}; whether it speaks for it is not told`;
    return { word: text.slice(starts[position], ends[position]), note };
  }

  #show(): void {
    const panel = this.#pointed?.panel ?? 0;
    const look = this.#shown[panel];
    const { text, deleted, questions, meant, unit } = this.#store.state;
    const { classes } = this.#workers.info;
    if (look === undefined || look.text !== text) return;
    const position = this.#pointed?.position ?? this.#strongest(look);
    for (const view of this.#marked) view.setActive(this.#pointed ? position : -1);
    if (position < 0 || position >= look.starts.length) {
      const note = "Point at a word to see what it adds to every class";
      return this.#classes.setWord("", note, undefined);
    }
    const { word, note } = this.#describe(look, panel, position);
    this.#classes.setWord(word, note, undefined);
    const gone = this.#isGone(look, position);
    const show = (relevance: Float64Array | undefined) => {
      if (!this.#card.isOpen || this.#pinned?.panel !== panel) return;
      if (this.#pinned.position !== position) return;
      this.#card.set({ word, note, relevance, signed: look.signed, gone });
    };
    show(undefined);
    clearTimeout(this.#timer);
    // Nobody waits for what was not asked for, and pointing in passing starts no long computation.
    if (!this.#pointed && look.milliseconds > 300) return;
    this.#timer = setTimeout(async () => {
      const ask = {
        text,
        deleted,
        question: namedQuestion(questions[panel], meant, classes),
        position,
        unit,
      };
      const found = await this.#workers.panels[panel].ask("word", ask).catch(() => undefined);
      const still = this.#shown[panel] === look &&
        (this.#pointed?.position ?? position) === position;
      if (!found || !still) return;
      this.#classes.setWord(word, note, found.relevance, look.signed);
      show(found.relevance);
    }, look.milliseconds < 20 ? 0 : 200);
  }
}
