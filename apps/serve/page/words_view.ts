/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import { el, setText } from "./dom.ts";
import type { Explained } from "./protocol.ts";

/** How many words are shown. */
const SHOWN = 12;

/** What the chart tells when something is done to it. */
export interface WordsEvents {
  /** The pointer or the focus is at a word. */
  point(position: number): void;
  /** Words are to be deleted, or restored; says where they start. */
  toggle(starts: readonly number[]): void;
}

/** The words with most weight as bars, linked with the heatmap. */
export class WordsView {
  readonly #events: WordsEvents;
  readonly #title: HTMLElement;
  readonly #list = el("ol", { class: "bars" });
  readonly #rows = new Map<number, HTMLElement>();
  #active = -1;

  /** Fills the element. */
  constructor(parent: HTMLElement, title: HTMLElement, events: WordsEvents) {
    this.#events = events;
    this.#title = title;
    parent.append(
      this.#list,
      el("p", { class: "note" }, "Click a bar to delete its word, again to restore it."),
    );
  }

  /**
   * Shows the words of a heatmap that have most weight, and those that are deleted.
   *
   * @param text The text.
   * @param explained The heatmap.
   * @param deleted Where the deleted words start.
   * @param model The name of its model, where there are several.
   */
  set(
    text: string,
    explained: Explained,
    deleted: ReadonlySet<number>,
    model: string | undefined,
  ): void {
    const { relevance, starts, ends, signed: isSigned, members, target } = explained;
    const title = isSigned ? `For and against ${target}` : `What matters to ${target}`;
    setText(this.#title, model === undefined ? title : `${title}, of ${model}`);
    const of = (t: number) => members?.[t] ?? [starts[t]!];
    const isGone = (t: number) => of(t).every((start) => deleted.has(start));
    const size = (t: number) => Math.abs(relevance[t]!);
    const gone = Array.from(starts, (_, t) => t).filter(isGone);
    const present = Array.from(starts, (_, t) => t).filter((t) => !isGone(t) && size(t) > 0);
    const strongest = present.sort((a, b) => size(b) - size(a)).slice(0, SHOWN);
    const order = isSigned
      ? strongest.sort((a, b) => relevance[b]! - relevance[a]! || a - b)
      : strongest;
    const max = Math.max(0, ...order.map(size));
    const low = Math.min(0, ...order.map((t) => isSigned ? relevance[t]! : 0)) / (max || 1);
    const high = Math.max(0, ...order.map((t) => relevance[t]!)) / (max || 1);
    const width = high - low || 1;
    const focused = this.#focused();
    this.#rows.clear();
    const row = (t: number, isGone: boolean) => {
      const value = relevance[t]!;
      const share = isGone ? 0 : (isSigned ? value : Math.abs(value)) / (max || 1);
      const number = isGone ? "deleted" : (isSigned ? formatSigned : formatNumber)(value);
      const button = el(
        "button",
        {
          type: "button",
          class: "bar-row",
          "data-at": t,
          "aria-pressed": String(isGone),
          click: () => this.#events.toggle(of(t)),
          focus: () => this.#events.point(t),
          pointerenter: () => this.#events.point(t),
        },
        el("bdi", { class: "bar-word" }, text.slice(starts[t], ends[t])),
        " ",
        el("span", { class: `bar-box ${share < 0 ? "against" : "for"}` }),
        el("span", { class: "number" }, number),
      );
      const box = button.querySelector<HTMLElement>(".bar-box")!;
      const at = (x: number) => (100 * (x - low)) / width;
      box.style.setProperty("--zero", `${at(0)}%`);
      box.style.setProperty("--from", `${at(Math.min(0, share))}%`);
      box.style.setProperty("--size", `${(100 * Math.abs(share)) / width}%`);
      this.#rows.set(t, button);
      return el("li", {}, button);
    };
    this.#list.replaceChildren(
      ...order.map((t) => row(t, false)),
      ...gone.slice(0, SHOWN).map((t) => row(t, true)),
    );
    this.#mark();
    if (focused >= 0) this.#rows.get(focused)?.focus({ preventScroll: true });
  }

  /** Shows no words, as there is no heatmap. */
  clear(): void {
    this.#rows.clear();
    this.#list.replaceChildren();
  }

  #focused(): number {
    const now = document.activeElement;
    if (!(now instanceof HTMLElement) || !this.#list.contains(now)) return -1;
    return Number(now.dataset.at);
  }

  #mark(): void {
    for (const [t, row] of this.#rows) row.classList.toggle("active", t === this.#active);
  }

  /** Marks the word that is looked at. */
  setActive(position: number): void {
    this.#active = position;
    this.#mark();
  }
}
