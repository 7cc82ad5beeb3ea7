/// <reference lib="dom" />
import { formatCount, formatNumber } from "@heatword/eval/numbers";
import { el } from "./dom.ts";
import { percent, ranking, softmax } from "./numbers.ts";
import type { Classified } from "./protocol.ts";

/** The decision in words. */
export interface Verdict {
  /** The class with the highest score. */
  readonly predicted: string;
  /** Sentences that say more, most important first. */
  readonly details: readonly string[];
}

/** Puts the decision into words. */
export function verdictOf(
  { scores, whole, starts }: Classified,
  classes: readonly string[],
  deletedCount: number,
  label?: string,
): Verdict {
  const [first, second] = ranking(scores);
  const shares = softmax(scores);
  const of = (c: number) => `${formatNumber(scores[c]!)} (${percent(shares[c]!)})`;
  const details = [`score ${of(first!)}`];
  if (second !== undefined) details.push(`then ${classes[second]} ${of(second)}`);
  if (starts.length === 0) details.push("no word that the model could see: the score of no text");
  if (deletedCount > 0) {
    const before = ranking(whole)[0]!;
    const change = before === first ? "the decision stays" : `with all words: ${classes[before]}`;
    details.push(`${formatCount(deletedCount, "word")} deleted, ${change}`);
  }
  if (label !== undefined) {
    details.push(
      label === classes[first!]
        ? "right: the true class"
        : classes.includes(label)
        ? `wrong: true class ${label}`
        : `true class ${label}, which this model does not have`,
    );
  }
  return { predicted: classes[first!]!, details };
}

/** Shows the decision. */
export class VerdictView {
  readonly #name = el("strong", { class: "decision" });
  readonly #details = el("span", { class: "details" });

  /** Fills the element. */
  constructor(parent: HTMLElement) {
    parent.replaceChildren(
      el("p", {}, el("span", { class: "note" }, "Decision "), this.#name, " ", this.#details),
    );
  }

  /** Shows another decision. */
  set({ predicted, details }: Verdict): void {
    this.#name.textContent = predicted;
    this.#details.textContent = details.join(" · ");
  }
}
