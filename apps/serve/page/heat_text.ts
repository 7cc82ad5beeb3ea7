/// <reference lib="dom" />
import { beginsRight } from "@heatword/core/direction";
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import { el } from "./dom.ts";
import { type Heat, heatClass, intensity, unknownClass, unseenPart } from "./heat_parts.ts";
import { draftOf } from "./draft.ts";
import { type Piece, piecesOf, setPieces } from "./heat_pieces.ts";
import type { Words } from "./protocol.ts";

/** What a heatmap tells when something is done to it. */
export interface HeatTextEvents {
  /** Words are to be deleted, or restored; says where they start. */
  toggle(starts: readonly number[]): void;
  /** The pointer or the focus is at a word. */
  point(position: number): void;
  /** A word was clicked or tapped, and is to be looked at longer. */
  inspect(position: number, word: HTMLElement): void;
}

/** The node of a piece of the text. */
function nodeOf({ kind, text }: Piece): Node {
  if (kind === "between") return document.createTextNode(text);
  if (kind !== "word") return unseenPart(text, kind);
  return el("span", { role: "button", tabindex: -1, class: "w" }, text);
}

/**
 * A text with its words as buttons: one is in the tab order, arrow keys go to the others. Between
 * the words the text stands as it was written.
 */
export class HeatText {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #events: HeatTextEvents;
  #text = "";
  #words: Words | undefined;
  #heat: Heat | undefined;
  #spans: HTMLElement[] = [];
  #pieces: readonly Piece[] = [];
  #current = 0;
  #active = -1;

  /** Makes an empty one. */
  constructor(label: string, events: HeatTextEvents) {
    this.#events = events;
    this.element = el("div", {
      class: "heat",
      dir: "auto",
      role: "group",
      "aria-label": label,
      "aria-describedby": "heatmaps-help",
      click: (event) => this.#inspect(event),
      keydown: (event) => this.#key(event as KeyboardEvent),
      pointerover: (event) => this.#point(event),
      focusin: (event) => this.#point(event),
    });
  }

  #at(event: Event): number {
    const word = (event.target as Element).closest<HTMLElement>("[data-word]");
    return word ? Number(word.dataset.word) : -1;
  }

  /** Where the words of a group start; of a word alone, where it starts. */
  #members(t: number): readonly number[] {
    const { members, starts } = this.#words!;
    return members?.[t] ?? [starts[t]!];
  }

  #inspect(event: Event): void {
    const t = this.#at(event);
    if (t >= 0) this.inspect(t);
  }

  /** Looks at a word as if it was clicked. */
  inspect(t: number): void {
    this.#rove(t);
    this.#events.inspect(t, this.#spans[t]!);
  }

  /** The word at a point of the window, also under what lies over it; −1 if there is none. */
  wordAt(x: number, y: number): number {
    const word = document.elementsFromPoint(x, y).find((one): one is HTMLElement =>
      one instanceof HTMLElement && one.dataset.word !== undefined && this.element.contains(one)
    );
    return word ? Number(word.dataset.word) : -1;
  }

  #point(event: Event): void {
    const t = this.#at(event);
    if (t < 0) return;
    if (event.type === "focusin") this.#rove(t);
    this.#events.point(t);
  }

  #rove(t: number): void {
    const old = this.#spans[this.#current];
    if (old) old.tabIndex = -1;
    this.#current = t;
    this.#spans[t]!.tabIndex = 0;
  }

  #key(event: KeyboardEvent): void {
    const t = this.#at(event);
    if (t < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (!event.repeat) this.#events.toggle(this.#members(t));
      return;
    }
    const to = this.#destination(event.key, t);
    if (to === undefined) return;
    event.preventDefault();
    this.#spans[to]?.focus();
  }

  #destination(key: string, t: number): number | undefined {
    const last = this.#spans.length - 1;
    const forward = this.#beginsRight(t) ? "ArrowLeft" : "ArrowRight";
    switch (key) {
      case "ArrowRight":
      case "ArrowLeft":
        return Math.max(0, Math.min(last, key === forward ? t + 1 : t - 1));
      case "Home":
        return 0;
      case "End":
        return last;
      case "ArrowDown":
        return this.#line(t, 1);
      case "ArrowUp":
        return this.#line(t, -1);
    }
  }

  /** Whether the line of the text that a word stands in begins at the right. */
  #beginsRight(t: number): boolean {
    const start = this.#words!.starts[t]!;
    const [before] = /[^\r\n]*$/.exec(this.#text.slice(0, start))!;
    const [after] = /^[^\r\n]*/.exec(this.#text.slice(start))!;
    return beginsRight(before + after);
  }

  /** The word above or below another. */
  #line(t: number, step: 1 | -1): number {
    const { left, top, height } = this.#spans[t]!.getBoundingClientRect();
    let found = t;
    let distance = Infinity;
    let line: number | undefined;
    for (let i = t + step; i >= 0 && i < this.#spans.length; i += step) {
      const box = this.#spans[i]!.getBoundingClientRect();
      if (Math.abs(box.top - top) < height / 2) continue;
      if (line !== undefined && Math.abs(box.top - line) > height / 2) break;
      line = box.top;
      if (Math.abs(box.left - left) < distance) {
        distance = Math.abs(box.left - left);
        found = i;
      }
    }
    return found;
  }

  /** Shows a text and its words; what stays the same is left as it is. */
  setText(text: string, words: Words): void {
    const known = this.#words;
    this.#words = words;
    const same = known !== undefined && text === this.#text &&
      known.starts.length === words.starts.length &&
      known.starts.every((start, t) => start === words.starts[t]) &&
      known.ends.every((end, t) => end === words.ends[t]) &&
      known.unseen.length === words.unseen.length &&
      known.unseen.every(({ start, end }, i) =>
        start === words.unseen[i]!.start && end === words.unseen[i]!.end
      );
    if (same) return;
    const focused = this.element.contains(document.activeElement) ? this.#current : -1;
    this.#text = text;
    this.#heat = undefined;
    const pieces = piecesOf(text, words);
    setPieces(this.element, this.#pieces, pieces, nodeOf);
    this.#pieces = pieces;
    this.#spans = [...this.element.childNodes].filter((_, i) =>
      pieces[i]!.kind === "word"
    ) as HTMLElement[];
    this.#current = Math.max(0, Math.min(this.#current, this.#spans.length - 1));
    this.#spans.forEach((span, t) => {
      if (span.dataset.word !== String(t)) span.dataset.word = String(t);
      const tabIndex = t === this.#current ? 0 : -1;
      if (span.tabIndex !== tabIndex) span.tabIndex = tabIndex;
    });
    if (focused >= 0) this.#spans[this.#current]?.focus();
  }

  /** Shows an edited text at once: what was not changed keeps its colours until all is known anew. */
  draft(text: string, deleted: ReadonlySet<number>): void {
    const [words, heat] = draftOf(this.#words, this.#heat, this.#text, text);
    this.setText(text, words);
    this.setHeat(heat, deleted);
  }

  /**
   * Colours the words.
   *
   * @param heat Relevance of each word; undefined where it is not known yet.
   * @param deleted Where the deleted words start.
   */
  setHeat(heat: Heat | undefined, deleted: ReadonlySet<number>): void {
    if (this.#words === undefined) return;
    const { starts, unknown } = this.#words;
    this.#heat = heat;
    const { relevance, signed: isSigned = false, isRoot = false } = heat ?? {};
    const gone = starts.length === 0
      ? []
      : this.#spans.map((_, t) => this.#members(t).every((start) => deleted.has(start)));
    const number = isSigned ? formatSigned : formatNumber;
    let max = 0;
    for (let t = 0; relevance && t < starts.length; t++) {
      if (!gone[t]) max = Math.max(max, Math.abs(relevance[t]!));
    }
    this.#spans.forEach((span, t) => {
      const value = relevance?.[t] ?? 0;
      const name = gone[t]
        ? "w gone"
        : `w${unknown[t] ? unknownClass(span) : ""}${
          heatClass(intensity(value, max, isRoot), isSigned)
        }`;
      const active = t === this.#active ? " active" : "";
      if (span.className !== name + active) span.className = name + active;
      const label = `${span.textContent}, ${
        gone[t]
          ? "deleted"
          : unknown[t]
          ? "not known"
          : relevance
          ? number(value)
          : "not explained yet"
      }`;
      if (span.getAttribute("aria-label") !== label) span.setAttribute("aria-label", label);
      const pressed = String(gone[t]);
      if (span.getAttribute("aria-pressed") !== pressed) span.setAttribute("aria-pressed", pressed);
    });
  }

  /** Marks the deleted words at once; what they change is computed meanwhile. */
  setDeleted(deleted: ReadonlySet<number>): void {
    this.setHeat(this.#heat, deleted);
  }

  /** Colours by another scale. */
  setScale(isRoot: boolean, deleted: ReadonlySet<number>): void {
    if (this.#heat) this.setHeat({ ...this.#heat, isRoot }, deleted);
  }

  /** Marks the word that is looked at. */
  setActive(position: number): void {
    if (position === this.#active) return;
    this.#spans[this.#active]?.classList.remove("active");
    this.#active = position;
    this.#spans[position]?.classList.add("active");
  }
}
