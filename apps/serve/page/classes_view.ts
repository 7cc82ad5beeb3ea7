/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import { breakable, el, setText } from "./dom.ts";
import { percent, probabilities, ranking } from "./numbers.ts";
import type { Classified } from "./protocol.ts";

/** How many classes are shown before the others are asked for. */
const SHOWN = 5;

interface Row {
  readonly element: HTMLElement;
  readonly bar: HTMLElement;
  readonly score: HTMLElement;
  readonly share: HTMLElement;
  readonly wordBar: HTMLElement;
  readonly wordValue: HTMLElement;
}

/** Draws a bar from zero to a value; both sides of zero are there if `low` is below zero. */
function setBar(bar: HTMLElement, value: number, low: number, high: number): void {
  const width = high - low || 1;
  const place = (x: number) => (100 * (x - low)) / width;
  const zero = place(0);
  const at = place(value);
  bar.style.setProperty("--from", `${Math.min(zero, at)}%`);
  bar.style.setProperty("--size", `${Math.abs(at - zero)}%`);
  bar.style.setProperty("--zero", `${zero}%`);
}

function extent(values: Iterable<number>): [number, number] {
  let low = 0;
  let high = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** The classes by falling score, their scores as bars, and what one word contributes to each. */
export class ClassesView {
  readonly #rows: readonly Row[];
  readonly #body: HTMLElement;
  readonly #word = el("span", { class: "word" });
  readonly #wordNote = el("p", { class: "note" });
  readonly #more = el("button", { type: "button", class: "plain", click: () => this.#toggle() });
  #order: readonly number[];
  #target = -1;
  #classified: Classified | undefined;
  #showsAll = false;

  /** Fills the element with a table. */
  constructor(parent: HTMLElement, classes: readonly string[], choose: (name: string) => void) {
    this.#order = classes.map((_, c) => c);
    this.#rows = classes.map((name): Row => {
      const bar = el("span", { class: "bar-box score" });
      const wordBar = el("span", { class: "bar-box thin" });
      const score = el("span", { class: "number" });
      const share = el("span", { class: "number share" });
      const wordValue = el("span", { class: "number" });
      const button = el("button", {
        type: "button",
        class: "link",
        title: `Explain ${name}`,
        click: () => choose(name),
      }, ...breakable(name));
      const element = el(
        "tr",
        {},
        el("th", { scope: "row" }, button, bar, wordBar),
        el("td", {}, score),
        el("td", {}, share),
        el("td", {}, wordValue),
      );
      return { element, bar, score, share, wordBar, wordValue };
    });
    this.#body = el("tbody", {}, ...this.#rows.map(({ element }) => element));
    const head = (...content: (Node | string)[]) => el("th", { scope: "col" }, ...content);
    parent.append(
      el(
        "table",
        { class: "classes" },
        el(
          "thead",
          {},
          el("tr", {}, head("Class"), head("Score"), head("Probability"), head(this.#word)),
        ),
        this.#body,
      ),
      this.#more,
      this.#wordNote,
    );
    setText(this.#word, "A word");
    this.#arrange();
  }

  #toggle(): void {
    this.#showsAll = !this.#showsAll;
    this.#arrange();
  }

  /** Puts the rows into their order; those beyond the first few are hidden, but for the target. */
  #arrange(): void {
    const rows = this.#order.map((c) => this.#rows[c]!.element);
    const now = [...this.#body.children];
    if (rows.some((row, i) => row !== now[i])) {
      const focused = document.activeElement;
      this.#body.append(...rows);
      if (focused instanceof HTMLElement && this.#body.contains(focused)) focused.focus();
    }
    const rest = rows.length - SHOWN;
    this.#order.forEach((c, place) => {
      rows[place]!.hidden = place >= SHOWN && rest > 1 && !this.#showsAll && c !== this.#target;
    });
    this.#more.hidden = rest <= 1;
    setText(this.#more, this.#showsAll ? "Fewer classes" : `${rest} more`);
    this.#more.setAttribute("aria-expanded", String(this.#showsAll));
    this.#drawScores();
  }

  /** Draws the bars of the rows that are shown, as wide as they can be. */
  #drawScores(): void {
    if (this.#classified === undefined) return;
    const { scores, whole } = this.#classified;
    const shown = this.#order.filter((c) => !this.#rows[c]!.element.hidden);
    const [low, high] = extent(shown.flatMap((c) => [scores[c]!, whole[c]!]));
    const changed = scores.some((score, c) => score !== whole[c]);
    for (const c of shown) {
      const { bar } = this.#rows[c]!;
      setBar(bar, scores[c]!, low, high);
      bar.style.setProperty("--was", `${(100 * (whole[c]! - low)) / (high - low || 1)}%`);
      bar.classList.toggle("changed", changed);
    }
  }

  /** Keeps the row of the class that is explained in sight; −1 where it is none. */
  setTarget(target: number): void {
    this.#target = target;
    this.#rows.forEach(({ element }, c) => element.classList.toggle("target", c === target));
    this.#arrange();
  }

  /** Shows scores; a mark tells where each was before words were deleted. */
  setScores(classified: Classified): void {
    this.#classified = classified;
    const { scores } = classified;
    const shares = probabilities(scores);
    this.#order = ranking(scores);
    const [best] = this.#order;
    this.#rows.forEach(({ element, score, share }, c) => {
      setText(score, formatNumber(scores[c]!));
      setText(share, percent(shares[c]!));
      element.classList.toggle("best", c === best);
      if (c === best) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    });
    this.#arrange();
  }

  /** Shows no scores and no word, as there are none of the text. */
  clear(): void {
    this.#classified = undefined;
    this.setWord("", "", undefined);
    for (const { element, bar, score, share } of this.#rows) {
      setText(score, "");
      setText(share, "");
      setBar(bar, 0, 0, 0);
      bar.classList.remove("changed");
      element.classList.remove("best");
      element.removeAttribute("aria-current");
    }
  }

  /**
   * Shows what a word contributes to every class.
   *
   * @param word The word.
   * @param note What is said of it.
   * @param relevance Its relevance for each class; undefined while it is computed.
   * @param isSigned Whether negative relevance means against.
   */
  setWord(
    word: string,
    note: string,
    relevance: Float64Array | undefined,
    isSigned = true,
  ): void {
    this.#word.replaceChildren(...(word === "" ? ["A word"] : ["“", el("bdi", {}, word), "”"]));
    setText(this.#wordNote, note);
    const [low, high] = relevance ? extent(relevance) : [0, 0];
    const max = Math.max(-low, high);
    const number = isSigned ? formatSigned : formatNumber;
    this.#rows.forEach(({ wordBar, wordValue }, c) => {
      const value = relevance?.[c] ?? 0;
      setBar(wordBar, value, low < 0 ? -max : 0, max);
      wordBar.classList.toggle("for", value > 0);
      wordBar.classList.toggle("against", value < 0 && isSigned);
      setText(wordValue, relevance ? number(value) : "");
    });
  }
}
