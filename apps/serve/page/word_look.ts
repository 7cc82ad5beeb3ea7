/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import type { ClassesView } from "./classes_view.ts";
import { byId, el } from "./dom.ts";
import type { ModelWorkers } from "./model.ts";
import { ranking } from "./numbers.ts";
import type { PanelView } from "./panel_view.ts";
import type { Explained } from "./protocol.ts";
import { namedQuestion, type Store } from "./state.ts";

/** A heatmap with the text that it is of. */
export interface Shown extends Explained {
  readonly text: string;
}

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

/** Says at the foot of a narrow screen what a word adds, where the table of classes is far away. */
function showInspector(
  word: string,
  relevance: Float64Array,
  classes: readonly string[],
  isSigned: boolean,
): void {
  const order = ranking(relevance);
  const one = (c: number) =>
    `${classes[c]} ${(isSigned ? formatSigned : formatNumber)(relevance[c]!)}`;
  const [highest, lowest] = isSigned
    ? ["most for", "most against"]
    : ["matters most to", "matters least to"];
  const box = byId("inspector");
  box.hidden = false;
  box.replaceChildren(
    el("b", {}, "“", el("bdi", {}, word), "”"),
    ` ${highest} ${one(order[0]!)}; ${lowest} ${one(order.at(-1)!)}`,
  );
}

/** Shows what the word that is looked at, or else the strongest one, adds to every class. */
export class WordLook {
  readonly #store: Store;
  readonly #workers: ModelWorkers;
  readonly #classes: ClassesView;
  readonly #panels: readonly PanelView[];
  readonly #shown: [Shown | undefined, Shown | undefined] = [undefined, undefined];
  #pointed: Pointed | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts with no word. */
  constructor(
    store: Store,
    workers: ModelWorkers,
    classes: ClassesView,
    panels: readonly PanelView[],
  ) {
    this.#store = store;
    this.#workers = workers;
    this.#classes = classes;
    this.#panels = panels;
  }

  /** Forgets the word, as the text is another. */
  forget(): void {
    this.#pointed = undefined;
    byId("inspector").hidden = true;
  }

  /** Looks at a word. */
  point(panel: 0 | 1, position: number): void {
    const now = this.#pointed;
    if (now?.panel === panel && now.position === position) return;
    this.#pointed = { panel, position };
    this.#show();
  }

  /** Takes a new heatmap. */
  take(panel: 0 | 1, shown: Shown): void {
    this.#shown[panel] = shown;
    if ((this.#pointed?.panel ?? 0) === panel) this.#show();
  }

  #strongest({ relevance, starts }: Explained): number {
    const deleted = new Set(this.#store.state.deleted);
    return relevance.reduce(
      (best, value, t) =>
        !deleted.has(starts[t]!) && (best < 0 || value > relevance[best]!) ? t : best,
      -1,
    );
  }

  #describe(look: Shown, panel: 0 | 1, position: number): Described {
    const { text, starts, ends, relevance, target, signed: isSigned } = look;
    const { deleted, questions } = this.#store.state;
    const { explainer } = questions[panel];
    const would = isSigned ? "would add this" : "would matter this much";
    const value = relevance[position]!;
    const note = deleted.includes(starts[position]!)
      ? `Word ${position + 1} is deleted; by ${explainer} it ${would} if it were restored`
      : isSigned
      ? `Word ${position + 1}, by ${explainer}: ${formatSigned(value)} for ${target}`
      : `Word ${position + 1}, by ${explainer}: matters ${
        formatNumber(value)
      } to ${target}; for what is not told`;
    return { word: text.slice(starts[position], ends[position]), note };
  }

  #show(): void {
    const panel = this.#pointed?.panel ?? 0;
    const look = this.#shown[panel];
    const { text, deleted, questions, meant } = this.#store.state;
    const { classes } = this.#workers.info;
    if (look === undefined || look.text !== text) return;
    const position = this.#pointed?.position ?? this.#strongest(look);
    for (const view of this.#panels) view.setActive(this.#pointed ? position : -1);
    if (position < 0 || position >= look.starts.length) {
      const note = "Point at a word to see what it adds to every class";
      return this.#classes.setWord("", note, undefined);
    }
    const { word, note } = this.#describe(look, panel, position);
    this.#classes.setWord(word, note, undefined);
    clearTimeout(this.#timer);
    // Nobody waits for what was not asked for, and pointing in passing starts no long computation.
    if (!this.#pointed && look.milliseconds > 300) return;
    this.#timer = setTimeout(async () => {
      const ask = {
        text,
        deleted,
        question: namedQuestion(questions[panel], meant, classes),
        position,
      };
      const found = await this.#workers.panels[panel].ask("word", ask).catch(() => undefined);
      const still = this.#shown[panel] === look &&
        (this.#pointed?.position ?? position) === position;
      if (!found || !still) return;
      this.#classes.setWord(word, note, found.relevance, look.signed);
      if (this.#pointed) showInspector(word, found.relevance, classes, look.signed);
    }, look.milliseconds < 20 ? 0 : 200);
  }
}
