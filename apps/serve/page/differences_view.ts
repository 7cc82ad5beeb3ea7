/// <reference lib="dom" />
import { formatCount } from "@heatword/eval/numbers";
import { differencesOf, type WordDifference } from "./differences.ts";
import { el, setText } from "./dom.ts";
import { percent, signedPercent } from "./numbers.ts";
import type { Explained } from "./protocol.ts";
import type { Marked } from "./word_look.ts";

/** How many words are shown. */
const SHOWN = 10;

/** What the table tells when something is done to it. */
export interface DifferencesEvents {
  /** The pointer or the focus is at a word of a heatmap. */
  point(panel: 0 | 1, position: number): void;
  /** Words of a heatmap are to be deleted; says where they start. */
  toggle(panel: 0 | 1, starts: readonly number[]): void;
}

/** A model with what is shown of it. */
export interface ComparedModel {
  /** Its name. */
  readonly name: string;
  /** Its heatmap. */
  readonly found: Explained;
  /** The explainer. */
  readonly explainer: string;
  /** Where the deleted words start. */
  readonly deleted: ReadonlySet<number>;
}

const startsOf = ({ members, starts }: Explained, t: number) => members?.[t] ?? [starts[t]!];

/** What the parts of the words are parts of. */
function meaningOf([first, second]: readonly ComparedModel[], isSigned: boolean): string {
  const [one, other] = [first!, second!];
  const target = one.found.target === other.found.target
    ? ` for ${one.found.target}`
    : ` for ${one.found.target} by ${one.name} and for ${other.found.target} by ${other.name}`;
  const explainers = one.explainer === other.explainer
    ? ""
    : ` The explainers differ, too: ${one.explainer} and ${other.explainer}.`;
  const sign = isSigned
    ? "without their signs"
    : "without signs, as one of the explainers has none";
  return `The part of a word is its relevance${target} over the sum of all, ${sign}.${explainers}`;
}

/** The words whose part in the decision differs most between two models. */
export class DifferencesView {
  readonly #events: DifferencesEvents;
  readonly #summary = el("p", { class: "summary" });
  readonly #heads = [el("th", { scope: "col" }), el("th", { scope: "col" })] as const;
  readonly #body = el("tbody");
  readonly #table: HTMLElement;
  readonly #note = el("p", { class: "note" });
  readonly #rows = new Map<HTMLElement, WordDifference>();
  readonly #active: [number, number] = [-1, -1];
  /** What marks the word that is looked at, by the heatmap that its position is of. */
  readonly marks: readonly [Marked, Marked] = [this.#markOf(0), this.#markOf(1)];

  /** Fills the element. */
  constructor(parent: HTMLElement, events: DifferencesEvents) {
    this.#events = events;
    const [first, second] = this.#heads;
    this.#table = el(
      "table",
      { class: "differences" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Word"), first, second)),
      this.#body,
    );
    parent.append(this.#summary, this.#table, this.#note);
  }

  #markOf(panel: 0 | 1): Marked {
    return {
      setActive: (position) => {
        this.#active[panel] = position;
        this.#mark();
      },
    };
  }

  #mark(): void {
    for (const [row, { at }] of this.#rows) {
      const isActive = at.some((positions, i) => positions.includes(this.#active[i]!));
      row.classList.toggle("active", isActive);
    }
  }

  /** Shows how two models differ on a text. */
  set(text: string, models: readonly [first: ComparedModel, second: ComparedModel]): void {
    const { words, total, moved, signed: isSigned } = differencesOf(
      [models[0].found, models[1].found],
      (i, t) => startsOf(models[i].found, t).every((start) => models[i].deleted.has(start)),
    );
    const shown = words.slice(0, SHOWN);
    models.forEach(({ name }, i) => setText(this.#heads[i]!, name));
    setText(
      this.#summary,
      words.length === 0
        ? "Each word has the same part in both decisions."
        : `${percent(moved)} of the relevance is distributed differently.`,
    );
    const values = shown.flatMap(({ parts }) => parts.map((part) => part ?? 0));
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const focused = (document.activeElement as HTMLElement | null)?.dataset.differs;
    const place = [...this.#rows.values()].findIndex(({ start }) => String(start) === focused);
    this.#rows.clear();
    this.#body.replaceChildren(...shown.map((word) => {
      const row = this.#row(text, word, models, [low, high], isSigned);
      this.#rows.set(row, word);
      return row;
    }));
    this.#table.hidden = words.length === 0;
    const rest = words.length - shown.length;
    const same = total - words.length;
    const others = [
      ...(rest > 0
        ? [`${formatCount(rest, "other word")} ${rest > 1 ? "differ" : "differs"} less`]
        : []),
      ...(same > 0
        ? [`${formatCount(same, "word")} ${same > 1 ? "have" : "has"} equal parts`]
        : []),
    ];
    setText(
      this.#note,
      words.length === 0 ? "" : [
        ...(others.length > 0 ? [`${others.join(", ")}.`] : []),
        meaningOf(models, isSigned),
        "Click a word to delete it in both.",
      ].join(" "),
    );
    this.#mark();
    if (focused !== undefined) {
      const buttons = [...this.#body.querySelectorAll<HTMLElement>("[data-differs]")];
      const same = buttons.find(({ dataset }) => dataset.differs === focused);
      // Where its word was deleted: the one that took its place.
      const next = same ?? buttons[Math.min(place, buttons.length - 1)];
      next?.focus({ preventScroll: true });
    }
  }

  /** Shows nothing, as there are no two heatmaps of one text. */
  clear(): void {
    this.#rows.clear();
    this.#body.replaceChildren();
    this.#table.hidden = true;
    setText(this.#summary, "");
    setText(this.#note, "");
  }

  #row(
    text: string,
    { start, end, at, parts }: WordDifference,
    models: readonly [ComparedModel, ComparedModel],
    [low, high]: readonly [number, number],
    isSigned: boolean,
  ): HTMLElement {
    // The heatmap that has words there.
    const panel = at[0].length > 0 ? 0 : 1;
    const point = () => this.#events.point(panel, at[panel][0]!);
    const starts = at[panel].flatMap((t) => startsOf(models[panel].found, t));
    const width = high - low || 1;
    const place = (x: number) => `${(100 * (x - low)) / width}%`;
    const cell = (part: number | undefined) => {
      if (part === undefined) return el("td", {}, el("span", { class: "note" }, "not seen"));
      const bar = el("span", { class: `bar-box ${part < 0 ? "against" : "for"}` });
      bar.style.setProperty("--zero", place(0));
      bar.style.setProperty("--from", place(Math.min(0, part)));
      bar.style.setProperty("--size", `${(100 * Math.abs(part)) / width}%`);
      const number = isSigned ? signedPercent(part) : percent(part);
      return el("td", {}, el("span", { class: "number" }, number), bar);
    };
    const button = el(
      "button",
      {
        type: "button",
        class: "link",
        "data-differs": start,
        click: () => this.#events.toggle(panel, starts),
        focus: point,
      },
      el("bdi", {}, text.slice(start, end)),
    );
    return el(
      "tr",
      { pointerenter: point },
      el("th", { scope: "row" }, button),
      ...parts.map(cell),
    );
  }
}
