/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import { byId, el } from "./dom.ts";
import { ranking } from "./numbers.ts";

/** What the card of a word shows. */
export interface CardContent {
  /** The word. */
  readonly word: string;
  /** What is said of it. */
  readonly note: string;
  /** The classes of the model. */
  readonly classes: readonly string[];
  /** Its relevance for each class; undefined while it is computed. */
  readonly relevance: Float64Array | undefined;
  /** Whether negative relevance means against. */
  readonly signed: boolean;
  /** Whether it is deleted. */
  readonly gone: boolean;
}

/**
 * What is known of a word that was clicked or tapped, with a button that deletes or restores it: beside
 * the word, or at the foot of a narrow screen.
 */
export class WordCard {
  readonly #box = byId("inspector");
  readonly #button: HTMLButtonElement;
  readonly #said = el("p", {});
  #word: HTMLElement | undefined;
  #toggle: (() => void) | undefined;

  /** Takes its place on the page. */
  constructor() {
    this.#button = el("button", { type: "button", click: () => this.#toggle?.() });
    this.#box.replaceChildren(
      this.#said,
      this.#button,
      el("button", {
        type: "button",
        class: "plain close",
        "aria-label": "Close",
        click: () => this.close(),
      }, "×"),
    );
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!(target instanceof Element)) return;
      if (!target.closest("#inspector, .sheet")) this.close();
    });
    addEventListener("resize", () => this.#place());
  }

  /** Whether it is shown. */
  get isOpen(): boolean {
    return !this.#box.hidden;
  }

  /** Opens at a word; what it shows follows. */
  open(word: HTMLElement, toggle: () => void): void {
    this.#word = word;
    this.#toggle = toggle;
    this.#box.hidden = false;
    this.#place();
  }

  /** Closes. */
  close(): void {
    this.#box.hidden = true;
  }

  /** Shows what is known. */
  set({ word, note, classes, relevance, signed: isSigned, gone: isGone }: CardContent): void {
    const one = (c: number) =>
      `${classes[c]} ${(isSigned ? formatSigned : formatNumber)(relevance![c]!)}`;
    const [highest, lowest] = isSigned
      ? ["Most for", "most against"]
      : ["Matters most to", "least to"];
    const order = relevance && ranking(relevance);
    this.#said.replaceChildren(
      el("b", {}, "“", el("bdi", {}, word), "”"),
      ` ${note}`,
      el(
        "span",
        { class: "note" },
        order ? `${highest} ${one(order[0]!)}, ${lowest} ${one(order.at(-1)!)}` : "",
      ),
    );
    this.#button.textContent = isGone ? "Restore" : "Delete";
    this.#place();
  }

  /** Stands below its word, within the window. */
  #place(): void {
    if (this.#box.hidden || !this.#word?.isConnected) return;
    const box = this.#word.getClientRects()[0];
    if (box === undefined) return;
    const width = this.#box.offsetWidth;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    this.#box.style.setProperty("--left", `${left + scrollX}px`);
    this.#box.style.setProperty("--top", `${box.bottom + 6 + scrollY}px`);
  }
}
