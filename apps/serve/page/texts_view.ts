/// <reference lib="dom" />
import { formatCount } from "@heatword/eval/numbers";
import type { Corpus } from "../_corpora.ts";
import { byId, type Choice, el, setChoices, setText } from "./dom.ts";
import type { PageModel } from "./model.ts";
import { percent } from "./numbers.ts";
import type { PageSource } from "./source.ts";
import {
  accuracyOf,
  chosenRows,
  isRight,
  predictedRow,
  type TextOrder,
  type TextRow,
} from "./texts_rows.ts";

/** What the table of texts tells. */
export interface TextsEvents {
  /** A text is to be shown. */
  open(corpus: string, row: TextRow): void;
  /** Something could not be had. */
  failed(why: string): void;
}

/** How many rows are shown before more are asked for. */
const ROWS = 12;
/** How many texts are fetched, and scored, at once. */
const BATCH = 25;
/** How many are fetched at once where they are not scored. */
const MANY = 500;
const EXCERPT = 220;

const outcomes: readonly Choice[] = [
  { value: "", text: "right or wrong" },
  { value: "wrong", text: "wrong" },
  { value: "right", text: "right" },
];
const orders: readonly Choice[] = [
  { value: "errors", text: "most confident errors first" },
  { value: "unsure", text: "least confident first" },
  { value: "given", text: "as they are given" },
];
const confidences: readonly Choice[] = [
  { value: "0", text: "any confidence" },
  ...[0.5, 0.75, 0.9, 0.99].map((share) => ({
    value: String(share),
    text: `confidence of ${Math.round(100 * share)} % or more`,
  })),
];

/** The texts of a collection in a table, with what the model makes of each. */
export class TextsView {
  readonly #source: PageSource;
  readonly #model: PageModel;
  readonly #events: TextsEvents;
  readonly #corpus = this.#select("Corpus", () => this.#open());
  readonly #search = el("input", {
    type: "search",
    "aria-label": "Search the texts",
    placeholder: "Search",
    input: () => this.#look(),
  });
  readonly #class = this.#select("Class", () => this.#look());
  readonly #outcome = this.#select("Right or wrong", () => this.#look());
  readonly #confidence = this.#select("Confidence", () => this.#look());
  readonly #order = this.#select("Order", () => this.#look());
  readonly #body = el("tbody");
  readonly #more = el("button", { type: "button", class: "plain", click: () => this.#showMore() });
  readonly #score = el("button", { type: "button", click: () => this.#scoreAll() });
  readonly #note = el("p", { class: "note", role: "status" });
  #corpora: readonly Corpus[] = [];
  #rows: TextRow[] = [];
  #total = 0;
  #shown = ROWS;
  #run = 0;
  /** How many texts the model was asked for, from the first on. */
  #asked = 0;
  #scoring = false;
  /** Whether not even their number could be had. */
  #failed = false;

  /** Fills the element. */
  constructor(parent: HTMLElement, source: PageSource, model: PageModel, events: TextsEvents) {
    this.#source = source;
    this.#model = model;
    this.#events = events;
    setChoices(this.#outcome, outcomes, "");
    setChoices(this.#order, orders, "errors");
    setChoices(this.#confidence, confidences, "0");
    const head = (text: string) => el("th", { scope: "col" }, text);
    parent.append(
      el(
        "div",
        { class: "filters" },
        this.#corpus,
        this.#search,
        this.#class,
        this.#outcome,
        this.#confidence,
        this.#order,
        this.#score,
      ),
      this.#note,
      el(
        "table",
        { class: "texts-table" },
        el("thead", {}, el("tr", {}, ...["Text", "Class", "Predicted", "Confidence"].map(head))),
        this.#body,
      ),
      this.#more,
    );
  }

  #select(name: string, change: () => void): HTMLSelectElement {
    return el("select", { "aria-label": name, change });
  }

  /** Shows the collections that there are; texts of one's own are scored at once. */
  async setCorpora(corpora: readonly Corpus[]): Promise<void> {
    this.#corpora = corpora;
    byId("texts").hidden = corpora.length === 0;
    if (corpora.length === 0) return;
    const choices = corpora.map(({ name, title }) => ({ value: name, text: title }));
    setChoices(this.#corpus, choices, choices[0]!.value);
    this.#corpus.hidden = choices.length < 2;
    await this.#open();
  }

  async #open(): Promise<void> {
    this.#run++;
    this.#rows = [];
    this.#total = 0;
    this.#shown = ROWS;
    this.#asked = 0;
    this.#scoring = false;
    if (!await this.#load(this.#run, BATCH)) return;
    const { remote } = this.#model.info;
    if (this.#corpus.value === "data" && !remote) await this.#scoreAll();
  }

  /** Fetches more texts, up to a number; false if another collection was chosen meanwhile. */
  async #load(run: number, until: number, batch = BATCH): Promise<boolean> {
    const corpus = this.#corpus.value;
    try {
      while (this.#rows.length < until && (this.#total === 0 || this.#rows.length < this.#total)) {
        const from = this.#rows.length;
        const { total, texts } = await this.#source.texts(corpus, from, batch);
        // Who else fetched them meanwhile has them.
        if (run !== this.#run) return false;
        this.#failed = false;
        if (this.#rows.length !== from) continue;
        this.#total = total;
        this.#rows.push(...texts.map((text, i) => ({ ...text, place: from + i })));
        if (texts.length === 0) break;
      }
    } catch (error) {
      this.#events.failed((error as Error).message);
      this.#failed = this.#total === 0;
      this.#offerScores();
      return false;
    }
    this.#filter();
    return true;
  }

  /**
   * Asks the model for all texts, a few at a time; what is typed meanwhile goes first elsewhere. After
   * a failure it can be asked for the rest.
   */
  async #scoreAll(): Promise<void> {
    const run = ++this.#run;
    this.#scoring = true;
    this.#score.hidden = true;
    try {
      while (this.#asked === 0 || this.#asked < this.#total) {
        const from = this.#asked;
        if (!await this.#load(run, from + BATCH)) return;
        const batch = this.#rows.slice(from, from + BATCH);
        const scores = await this.#model.texts.ask("score", {
          texts: batch.map(({ text }) => text),
        });
        if (scores === undefined || run !== this.#run) return;
        const { classes } = this.#model.info;
        batch.forEach((row, i) => this.#rows[from + i] = predictedRow(row, scores[i], classes));
        this.#asked += batch.length;
        if (batch.length === 0) return;
        this.#filter();
      }
    } catch (error) {
      this.#events.failed((error as Error).message);
    } finally {
      if (run === this.#run) {
        this.#scoring = false;
        this.#offerScores();
      }
    }
  }

  /** Offers to ask the model for the texts that it was not asked for yet. */
  #offerScores(): void {
    const rest = this.#total - this.#asked;
    this.#score.hidden = this.#scoring || rest <= 0 && !this.#failed;
    setText(
      this.#score,
      this.#failed
        ? "Try again"
        : this.#asked > 0
        ? `Classify the other ${rest.toLocaleString("en")}`
        : rest === 1
        ? "Classify it"
        : `Classify all ${rest.toLocaleString("en")}`,
    );
  }

  async #showMore(): Promise<void> {
    this.#shown += 4 * ROWS;
    await this.#load(this.#run, this.#shown, MANY);
  }

  /** Looks for texts among all of them, also those that were not fetched yet. */
  async #look(): Promise<void> {
    this.#filter();
    if (this.#rows.length < this.#total) await this.#load(this.#run, this.#total, MANY);
  }

  #filter(): void {
    const labels = new Set([
      ...this.#rows.flatMap(({ label }) => label ?? []),
      ...this.#rows.flatMap(({ predicted }) => predicted ?? []),
    ]);
    setChoices(
      this.#class,
      [
        { value: "", text: "any class" },
        ...[...labels].sort().map((name) => ({ value: name, text: name })),
      ],
      this.#class.value,
    );
    const rows = chosenRows(this.#rows, {
      search: this.#search.value,
      class: this.#class.value,
      outcome: this.#outcome.value as "" | "wrong" | "right",
      confidence: Number(this.#confidence.value),
    }, this.#order.value as TextOrder);
    const focused = (document.activeElement as HTMLElement | null)?.dataset.place;
    this.#body.replaceChildren(...rows.slice(0, this.#shown).map((row) => this.#row(row)));
    if (focused !== undefined) {
      this.#body.querySelector<HTMLElement>(`[data-place="${focused}"]`)?.focus();
    }
    const more = rows.length + this.#total - this.#rows.length - this.#shown;
    this.#more.hidden = more <= 0;
    setText(this.#more, `${more.toLocaleString("en")} more`);
    this.#tell(rows.length);
  }

  #tell(found: number): void {
    const scored = this.#rows.filter(({ predicted }) => predicted !== undefined).length;
    const { known, right } = accuracyOf(this.#rows);
    const all = formatCount(this.#total, "text");
    this.#offerScores();
    const parts = [
      scored > 0 && scored < this.#total
        ? `${scored.toLocaleString("en")} of ${all} classified`
        : all,
      ...(known > 0
        ? [
          `${right.toLocaleString("en")} right (${percent(right / known)}), ${known - right} wrong`,
        ]
        : []),
      ...(found < this.#rows.length ? [`${found.toLocaleString("en")} shown`] : []),
    ];
    setText(this.#note, parts.join("; "));
  }

  #row(row: TextRow): HTMLElement {
    const { id, text, label = "", predicted = "", confidence, place } = row;
    const line = text.slice(0, 4 * EXCERPT).replaceAll(/\s+/g, " ").trim();
    const right = isRight(row);
    const open = el(
      "button",
      {
        type: "button",
        class: "link",
        "data-place": place,
        click: () => this.#events.open(this.#corpus.value, row),
      },
      el("bdi", {}, line.length > EXCERPT ? `${line.slice(0, EXCERPT - 1)}…` : line || "(empty)"),
    );
    const outcome = right === undefined ? "" : right ? "right" : "wrong";
    return el(
      "tr",
      { class: outcome },
      el("th", { scope: "row" }, open, el("span", { class: "note" }, ` ${id}`)),
      el("td", {}, label),
      el("td", {}, predicted, outcome && el("span", { class: "outcome" }, ` ${outcome}`)),
      el("td", { class: "number" }, confidence === undefined ? "" : percent(confidence)),
    );
  }
}
