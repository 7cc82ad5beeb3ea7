/// <reference lib="dom" />
import { formatCount, formatNumber } from "@heatword/eval/numbers";
import { el } from "./dom.ts";
import { percent, probabilities, ranking } from "./numbers.ts";
import type { Classified } from "./protocol.ts";

/** The decision in words. */
export interface Verdict {
  /** The class with the highest score. */
  readonly predicted: string;
  /** Sentences that say more, most important first. */
  readonly details: readonly string[];
}

const nothing: Verdict = {
  predicted: "",
  details: ["No word that the model sees, so no decision."],
};

/** Puts the decision into words. */
export function verdictOf(
  { scores, whole }: Classified,
  classes: readonly string[],
  deletedCount: number,
  label?: string,
): Verdict {
  const [first, second] = ranking(scores);
  const shares = probabilities(scores);
  const of = (c: number) => `${formatNumber(scores[c]!)} (${percent(shares[c]!)})`;
  const details = [`score ${of(first!)}`];
  if (second !== undefined) details.push(`then ${classes[second]} ${of(second)}`);
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
    parent.replaceChildren(el("p", {}, this.#name), el("p", {}, this.#details));
  }

  /** Shows another decision; nothing where the model sees no word, and so decides nothing. */
  set(verdict: Verdict | undefined): void {
    const { predicted, details } = verdict ?? nothing;
    this.#name.textContent = predicted;
    this.#details.textContent = details.join(" · ");
  }
}
