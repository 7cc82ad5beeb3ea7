/// <reference lib="dom" />
import { formatCount } from "@heatword/eval/numbers";
import { el, setChoices, setText, svg } from "./dom.ts";
import { ranking } from "./numbers.ts";
import type { Deletion } from "./protocol.ts";

/** What the slider tells when something is done to it. */
export interface DeletionEvents {
  /** The slider deletes other words; says where they start. */
  delete(starts: readonly number[]): void;
  /** All words are to be there again. */
  restore(): void;
  /** Other words are to come first. */
  direction(direction: 1 | -1): void;
}

const WIDTH = 600;
const HEIGHT = 44;

/** How many words from the start of an order are deleted. */
export function prefixLength(order: ArrayLike<number>, deleted: ReadonlySet<number>): number {
  let k = 0;
  while (k < order.length && deleted.has(order[k]!)) k++;
  return k;
}

/** The slider that deletes the most relevant words, with what that does to the scores. */
export class DeletionView {
  readonly #classes: readonly string[];
  readonly #events: DeletionEvents;
  readonly #count = el("output", { for: "slider" });
  readonly #direction = el("select", {
    "aria-label": "Which words go first",
    change: () => this.#events.direction(this.#direction.value === "-1" ? -1 : 1),
  });
  readonly #before = el("span", {});
  readonly #behind = el("span", {});
  readonly #target = el("b", {});
  readonly #slider = el("input", {
    type: "range",
    id: "slider",
    min: 0,
    max: 0,
    value: 0,
    step: 1,
    "aria-label": "How many of the most relevant words are deleted",
    input: () => this.#slide(),
  });
  readonly #curve = svg("svg", {
    class: "curve",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  readonly #note = el("p", { class: "note" });
  readonly #restore = el(
    "button",
    { type: "button", click: () => this.#events.restore() },
    "Restore all words",
  );
  #deletion: Deletion | undefined;
  #deleted: ReadonlySet<number> = new Set();
  #signed = true;

  /** Fills the element. */
  constructor(parent: HTMLElement, classes: readonly string[], events: DeletionEvents) {
    this.#classes = classes;
    this.#events = events;
    parent.replaceChildren(
      el(
        "p",
        { class: "sentence" },
        "Delete the ",
        this.#count,
        " words that ",
        this.#before,
        this.#direction,
        this.#behind,
        this.#target,
        " ",
        this.#restore,
      ),
      el("div", { class: "slide" }, this.#curve, this.#slider),
      this.#note,
    );
  }

  #slide(): void {
    if (this.#deletion === undefined) return;
    const { order } = this.#deletion;
    const before = new Set(order.subarray(0, prefixLength(order, this.#deleted)));
    const others = [...this.#deleted].filter((start) => !before.has(start));
    const now = order.subarray(0, Number(this.#slider.value));
    this.#events.delete([...new Set([...now, ...others])].sort((a, b) => a - b));
  }

  /** Shows which words are deleted. */
  setDeleted(deleted: ReadonlySet<number>, direction: 1 | -1): void {
    this.#deleted = deleted;
    const isSigned = this.#deletion?.signed ?? this.#signed;
    this.#signed = isSigned;
    // A method without sign tells how much a word matters, not for what.
    const [first, second] = isSigned ? ["for", "against"] : ["most", "least"];
    setText(this.#before, isSigned ? "speak most " : "matter ");
    setText(this.#behind, isSigned ? " " : " to ");
    setChoices(
      this.#direction,
      [{ value: "1", text: first! }, { value: "-1", text: second! }],
      String(direction),
    );
    this.#restore.disabled = deleted.size === 0;
    const k = this.#deletion ? prefixLength(this.#deletion.order, deleted) : 0;
    this.#slider.value = String(k);
    this.#slider.setAttribute("aria-valuetext", formatCount(k, "word"));
    setText(this.#count, String(k));
  }

  /** Shows what the deletion of words does; undefined while that is computed for another text. */
  setDeletion(deletion: Deletion | undefined, direction: 1 | -1): void {
    this.#deletion = deletion;
    const max = deletion?.order.length ?? 0;
    this.#slider.max = String(max);
    this.#slider.disabled = max === 0;
    if (deletion) setText(this.#target, deletion.target);
    this.#draw();
    this.setDeleted(this.#deleted, direction);
  }

  #draw(): void {
    if (this.#deletion === undefined || this.#deletion.order.length === 0) {
      this.#curve.replaceChildren();
      setText(this.#note, "");
      return;
    }
    const { order, scores, target } = this.#deletion;
    const classes = this.#classes.length;
    const row = (k: number) => scores.subarray(k * classes, (k + 1) * classes);
    const first = ranking(row(0))[0]!;
    const known = this.#classes.indexOf(target);
    const shown = known < 0 ? first : known;
    const values = Array.from({ length: order.length + 1 }, (_, k) => row(k)[shown]!);
    const low = Math.min(0, ...values);
    const high = Math.max(0, ...values);
    const x = (k: number) => (WIDTH * k) / order.length;
    const y = (value: number) => 2 + (HEIGHT - 4) * (1 - (value - low) / (high - low || 1));
    const flip = values.findIndex((_, k) => ranking(row(k))[0] !== first);
    const points = values.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`);
    this.#curve.replaceChildren(
      svg("line", { class: "zero", x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }),
      svg("polyline", { points: points.join(" ") }),
      ...(flip < 0
        ? []
        : [svg("line", { class: "flip", x1: x(flip), x2: x(flip), y1: 0, y2: HEIGHT })]),
    );
    const now = flip < 0 ? "" : this.#classes[ranking(row(flip))[0]!];
    setText(
      this.#note,
      `The line is the score of ${this.#classes[shown]} as words go. ` +
        (flip < 0
          ? `The decision stays ${this.#classes[first]} for all ${order.length} deletions.`
          : `The decision becomes ${now} at ${formatCount(flip, "deletion")}.`),
    );
  }
}
