/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import { el, setText } from "./dom.ts";
import { percent, softmax } from "./numbers.ts";
import type { Classified } from "./protocol.ts";

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

/** A name that may be broken behind its dots. */
function breakable(name: string): (string | Node)[] {
  return name.split(/(?<=\.)/).flatMap((part, i) => i === 0 ? [part] : [el("wbr"), part]);
}

/** All classes: their scores as bars, and what one word contributes to each. */
export class ClassesView {
  readonly #rows: readonly Row[];
  readonly #word = el("span", { class: "word" });
  readonly #wordNote = el("p", { class: "note" });

  /** Fills the element with a table. */
  constructor(parent: HTMLElement, classes: readonly string[], choose: (name: string) => void) {
    this.#rows = classes.map((name): Row => {
      const bar = el("span", { class: "bar-box score" });
      const wordBar = el("span", { class: "bar-box" });
      const score = el("span", { class: "number" });
      const share = el("span", { class: "number share" });
      const wordValue = el("span", { class: "number" });
      const element = el(
        "tr",
        {},
        el(
          "th",
          { scope: "row" },
          el("button", {
            type: "button",
            class: "link",
            title: `Explain ${name} in the first heatmap`,
            click: () => choose(name),
          }, ...breakable(name)),
        ),
        el("td", {}, bar),
        el("td", {}, score),
        el("td", {}, share),
        el("td", {}, wordBar),
        el("td", {}, wordValue),
      );
      return { element, bar, score, share, wordBar, wordValue };
    });
    parent.append(
      el(
        "table",
        { class: "classes" },
        el("colgroup", {}, ...Array.from({ length: 6 }, () => el("col"))),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "Class"),
            el("th", { scope: "colgroup", colspan: 3 }, "Score"),
            el("th", { scope: "colgroup", colspan: 2 }, this.#word),
          ),
        ),
        el("tbody", {}, ...this.#rows.map(({ element }) => element)),
      ),
      this.#wordNote,
    );
    setText(this.#word, "A word");
  }

  /** Shows scores; a mark tells where each was before words were deleted. */
  setScores({ scores, whole }: Classified): void {
    const [low, high] = extent([...scores, ...whole]);
    const shares = softmax(scores);
    const best = scores.indexOf(scores.reduce((a, b) => Math.max(a, b), -Infinity));
    const changed = scores.some((score, c) => score !== whole[c]);
    this.#rows.forEach(({ element, bar, score, share }, c) => {
      setBar(bar, scores[c]!, low, high);
      bar.style.setProperty("--was", `${(100 * (whole[c]! - low)) / (high - low || 1)}%`);
      bar.classList.toggle("changed", changed);
      setText(score, formatNumber(scores[c]!));
      setText(share, percent(shares[c]!));
      element.classList.toggle("best", c === best);
      if (c === best) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    });
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
