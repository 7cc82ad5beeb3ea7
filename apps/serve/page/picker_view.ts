/// <reference lib="dom" />
import type { Corpus } from "../_corpora.ts";
import { el, setChoices } from "./dom.ts";
import type { PageSource } from "./source.ts";
import type { ArticleName } from "./state.ts";

/** What the picker tells. */
export interface PickerEvents {
  /** An article was picked. */
  pick(corpus: string, id: string): void;
  /** Something could not be had. */
  failed(why: string): void;
}

const groupOf = (id: string) => id.slice(0, id.indexOf("/"));
const numberOf = (id: string) => id.slice(id.indexOf("/") + 1);

/** Three selects and a button that pick an article. */
export class PickerView {
  readonly #source: PageSource;
  readonly #events: PickerEvents;
  readonly #corpus = el("select", { "aria-label": "Corpus", change: () => this.#open() });
  readonly #group = el("select", { "aria-label": "Newsgroup", change: () => this.#showNumbers() });
  readonly #number = el("select", { "aria-label": "Article", change: () => this.#pick() });
  #ids: readonly string[] = [];

  /** Fills the element. */
  constructor(parent: HTMLElement, source: PageSource, events: PickerEvents) {
    this.#source = source;
    this.#events = events;
    const random = el("button", { type: "button", click: () => this.#random() }, "Random article");
    parent.replaceChildren(this.#corpus, this.#group, this.#number, random);
  }

  /** Shows the collections that there are. */
  setCorpora(corpora: readonly Corpus[]): void {
    const choices = corpora.map(({ name, title }) => ({ value: name, text: title }));
    setChoices(this.#corpus, choices, choices[0]?.value ?? "");
    this.#corpus.hidden = choices.length < 2;
  }

  async #load(corpus: string): Promise<boolean> {
    try {
      this.#ids = await this.#source.ids(corpus);
    } catch (error) {
      this.#events.failed((error as Error).message);
      return false;
    }
    const groups = [...new Set(this.#ids.map(groupOf))];
    setChoices(
      this.#group,
      [
        { value: "", text: "Pick an article…" },
        ...groups.map((name) => ({ value: name, text: name })),
      ],
      "",
    );
    this.#showNumbers();
    return true;
  }

  #open(): Promise<boolean> {
    return this.#load(this.#corpus.value);
  }

  #showNumbers(value = ""): void {
    const group = this.#group.value;
    const numbers = this.#ids.filter((id) => groupOf(id) === group).map(numberOf);
    this.#number.disabled = numbers.length === 0;
    setChoices(
      this.#number,
      [{ value: "", text: "Number…" }, ...numbers.map((n) => ({ value: n, text: n }))],
      value,
    );
  }

  #pick(): void {
    if (this.#number.value === "") return;
    this.#events.pick(this.#corpus.value, `${this.#group.value}/${this.#number.value}`);
  }

  async #random(): Promise<void> {
    if (this.#ids.length === 0 && !await this.#open()) return;
    const id = this.#ids[Math.floor(Math.random() * this.#ids.length)];
    if (id !== undefined) this.#events.pick(this.#corpus.value, id);
  }

  /** Shows which article the text is, if it is one. */
  async setArticle(article: ArticleName | undefined): Promise<void> {
    if (article === undefined) {
      if (this.#ids.length === 0) await this.#open();
      this.#number.value = "";
      return;
    }
    if (this.#corpus.value !== article.corpus || this.#ids.length === 0) {
      this.#corpus.value = article.corpus;
      if (!await this.#load(article.corpus)) return;
    }
    this.#group.value = groupOf(article.id);
    this.#showNumbers(numberOf(article.id));
  }
}
