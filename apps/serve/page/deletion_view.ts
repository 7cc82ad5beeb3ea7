/// <reference lib="dom" />
import { formatCount, formatNumber } from "@heatword/eval/numbers";
import { el, setChoices, setText, svg } from "./dom.ts";
import { percent, probabilities, ranking } from "./numbers.ts";
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
const HEIGHT = 120;

/** How many steps from the start are done: all their words are deleted. */
export function stepsDone(
  steps: readonly (readonly number[])[],
  deleted: ReadonlySet<number>,
): number {
  const first = steps.findIndex((words) => !words.every((start) => deleted.has(start)));
  return first < 0 ? steps.length : first;
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
  readonly #axis = el("span", {}, "Score");
  readonly #high = el("span", { class: "number high", "aria-hidden": "true" });
  readonly #low = el("span", { class: "number low", "aria-hidden": "true" });
  readonly #zero = el("span", { class: "number zero", "aria-hidden": "true" });
  readonly #flip = el("span", { class: "flip-name", "aria-hidden": "true", hidden: true });
  readonly #ticks = el("div", { class: "ticks", "aria-hidden": "true" });
  readonly #now = el("p", { class: "now" });
  readonly #note = el("p", { class: "note" });
  readonly #restore = el(
    "button",
    { type: "button", click: () => this.#events.restore() },
    "Restore all words",
  );
  #deletion: Deletion | undefined;
  #deleted: ReadonlySet<number> = new Set();
  #signed = true;
  #unit = "word";
  #by = "";
  readonly #what = el("span", {}, " words");

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
        this.#what,
        " that ",
        this.#before,
        this.#direction,
        this.#behind,
        this.#target,
        " ",
        this.#restore,
      ),
      el(
        "div",
        { class: "chart" },
        el("span", { class: "axis-title" }, this.#axis),
        this.#high,
        this.#low,
        this.#zero,
        el("div", { class: "plot" }, this.#curve, this.#flip),
        el("div", { class: "slide" }, this.#slider),
        this.#ticks,
      ),
      this.#now,
      this.#note,
    );
  }

  #slide(): void {
    if (this.#deletion === undefined) return;
    const { steps } = this.#deletion;
    const before = new Set(steps.slice(0, stepsDone(steps, this.#deleted)).flat());
    const others = [...this.#deleted].filter((start) => !before.has(start));
    const now = steps.slice(0, Number(this.#slider.value)).flat();
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
    const k = this.#deletion ? stepsDone(this.#deletion.steps, deleted) : 0;
    this.#slider.value = String(k);
    this.#slider.setAttribute("aria-valuetext", formatCount(k, this.#unit));
    setText(this.#count, String(k));
    this.#showNow(k);
  }

  /** Says whose score is drawn; nothing where there is but one model. */
  setModel(name: string | undefined): void {
    this.#by = name === undefined ? "" : ` by ${name}`;
    this.#draw();
    this.#showNow(Number(this.#slider.value));
  }

  /** Says what is deleted at each step, e.g. `sentence`. */
  setUnit(unit: string): void {
    this.#unit = unit;
    setText(this.#what, ` ${unit}s`);
  }

  /** Shows what the deletion of words does; undefined while that is computed for another text. */
  setDeletion(deletion: Deletion | undefined, direction: 1 | -1): void {
    this.#deletion = deletion;
    const max = deletion?.steps.length ?? 0;
    this.#slider.max = String(max);
    this.#slider.disabled = max === 0;
    if (deletion) setText(this.#target, deletion.target);
    this.#draw();
    this.setDeleted(this.#deleted, direction);
  }

  /** The class whose score is drawn, and its scores after each step. */
  #line({ steps, scores, target }: Deletion) {
    const classes = this.#classes.length;
    const row = (k: number) => scores.subarray(k * classes, (k + 1) * classes);
    const first = ranking(row(0))[0]!;
    const known = this.#classes.indexOf(target);
    const shown = known < 0 ? first : known;
    const values = Array.from({ length: steps.length + 1 }, (_, k) => row(k)[shown]!);
    const flip = values.findIndex((_, k) => ranking(row(k))[0] !== first);
    return { row, first, shown, values, flip };
  }

  /** Says the score at the place of the slider, and marks it. */
  #showNow(k: number): void {
    if (this.#deletion === undefined || this.#deletion.steps.length === 0) {
      return setText(this.#now, "");
    }
    const { steps } = this.#deletion;
    const { row, shown } = this.#line(this.#deletion);
    const share = percent(probabilities(row(k))[shown]!);
    setText(
      this.#now,
      `After ${formatCount(k, this.#unit)}: ${this.#classes[shown]} ${
        formatNumber(row(k)[shown]!)
      } (${share})`,
    );
    this.#curve.querySelector(".now-line")?.remove();
    const x = (WIDTH * k) / steps.length;
    this.#curve.append(svg("line", { class: "now-line", x1: x, x2: x, y1: 0, y2: HEIGHT }));
  }

  #draw(): void {
    const steps = this.#deletion?.steps.length ?? 0;
    for (const part of [this.#high, this.#low, this.#zero, this.#flip]) part.hidden = steps === 0;
    if (this.#deletion === undefined || steps === 0) {
      this.#curve.replaceChildren();
      this.#ticks.replaceChildren();
      setText(this.#note, "");
      return;
    }
    const { row, first, shown, values, flip } = this.#line(this.#deletion);
    const low = Math.min(0, ...values);
    const high = Math.max(0, ...values);
    const x = (k: number) => (WIDTH * k) / steps;
    const height = (value: number) => 1 - (value - low) / (high - low || 1);
    const y = (value: number) => 2 + (HEIGHT - 4) * height(value);
    const points = values.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`);
    this.#curve.replaceChildren(
      svg("line", { class: "edge", x1: 0, x2: WIDTH, y1: y(high), y2: y(high) }),
      svg("line", { class: "zero", x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }),
      svg("polyline", { points: points.join(" ") }),
      ...(flip < 0
        ? []
        : [svg("line", { class: "flip", x1: x(flip), x2: x(flip), y1: 0, y2: HEIGHT })]),
    );
    setText(this.#axis, `Score of ${this.#classes[shown]}${this.#by}`);
    setText(this.#high, high > 0 ? formatNumber(high) : "");
    setText(this.#low, low < 0 ? formatNumber(low) : "");
    // Two numbers at nearly one place cannot be read.
    setText(this.#zero, low < 0 && height(0) > 0.87 || high > 0 && height(0) < 0.13 ? "" : "0");
    this.#zero.style.setProperty("--at", String(height(0)));
    const now = flip < 0 ? "" : this.#classes[ranking(row(flip))[0]!]!;
    this.#flip.hidden = flip < 0;
    this.#flip.classList.toggle("late", flip > steps / 2);
    this.#flip.style.setProperty("--at", String(flip / steps));
    setText(this.#flip, now);
    this.#drawTicks(steps);
    setText(
      this.#note,
      `The line is the score of ${this.#classes[shown]}${this.#by} as ${this.#unit}s go. ` +
        (flip < 0
          ? `The decision stays ${this.#classes[first]} for all ${steps} deletions.`
          : `The decision becomes ${now} at ${formatCount(flip, "deletion")}.`),
    );
  }

  #drawTicks(steps: number): void {
    const step = [1, 2, 5, 10, 20, 50].find((size) => steps / size <= 10) ?? 100;
    const count = Math.floor(steps / step) + 1;
    this.#ticks.replaceChildren(...Array.from({ length: count }, (_, i) => {
      const tick = el("span", {}, String(i * step));
      tick.style.setProperty("--at", String((i * step) / steps));
      return tick;
    }));
  }
}
