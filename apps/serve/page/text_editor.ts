/// <reference lib="dom" />
import type { HeatText } from "./heat_text.ts";

/** A finger hides what it points at, and a field that it touches opens a keyboard. */
const TOUCH = matchMedia("(pointer: coarse)");

/** What the editor tells. */
export interface EditorEvents {
  /** The text was edited. */
  edit(text: string): void;
}

/**
 * Makes a heatmap editable in place. A field without colours of its own lies over the heatmap, letter
 * on letter, so that caret, selection, undo, input methods and pasting are those of the browser, and
 * nothing that is typed or pasted is ever more than text. What is pointed at are the words below.
 */
export class TextEditor {
  readonly #area: HTMLTextAreaElement;
  readonly #heat: HeatText;
  readonly #point: (position: number) => void;
  #frame = 0;

  /**
   * Puts the field over the heatmap.
   *
   * @param area The field; it stands beside the heatmap, in a box of their own.
   * @param heat The heatmap.
   * @param point Called with the word that the pointer is at.
   * @param events What is done.
   */
  constructor(
    area: HTMLTextAreaElement,
    heat: HeatText,
    point: (position: number) => void,
    events: EditorEvents,
  ) {
    this.#area = area;
    this.#heat = heat;
    this.#point = point;
    area.addEventListener("input", () => {
      this.#mark();
      events.edit(area.value);
    });
    area.addEventListener("pointermove", (event) => this.#move(event));
    area.addEventListener("click", (event) => this.#click(event));
    area.addEventListener("blur", () => this.#box.classList.remove("editing"));
    TOUCH.addEventListener("change", () => this.#mark());
    this.#mark();
  }

  get #box(): HTMLElement {
    return this.#area.parentElement!;
  }

  /** By touch, a text is first looked at: taps go to the words, until editing is asked for. */
  #mark(): void {
    this.#box.classList.toggle("touch", TOUCH.matches && this.#area.value !== "");
  }

  #move({ clientX, clientY }: PointerEvent): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const word = this.#heat.wordAt(clientX, clientY);
      if (word >= 0) this.#point(word);
    });
  }

  #click({ clientX, clientY, detail }: MouseEvent): void {
    // The second click of a double one selects a word.
    if (detail > 1 || this.#area.selectionStart !== this.#area.selectionEnd) return;
    const word = this.#heat.wordAt(clientX, clientY);
    if (word >= 0) this.#heat.inspect(word);
  }

  /** Begins to edit. */
  edit(): void {
    this.#box.classList.add("editing");
    this.#area.focus();
  }

  /** Shows another text; it is no edit, and cannot be undone as one. */
  show(text: string): void {
    if (this.#area.value !== text) this.#area.value = text;
    this.#mark();
  }

  /** Puts another text in place of all, as if it was typed, so that it can be undone. */
  replace(text: string): void {
    this.#area.focus();
    this.#area.select();
    // There is no other way to leave the history of a field whole.
    const done = text === ""
      ? document.execCommand("delete")
      : document.execCommand("insertText", false, text);
    if (done && this.#area.value === text) return;
    this.#area.value = text;
    this.#area.dispatchEvent(new InputEvent("input"));
  }
}
