import type { Document, Input, Model } from "@heatword/core";
import { unknownTokens } from "@heatword/eval/explanations";
import { visible } from "@heatword/eval/render";

/** A word that hardly any model knows, to show what becomes of such words. */
const STRANGER = "heatword";

/**
 * A text to show how a model reads: words that it knows, the most frequent ones in a vocabulary of
 * Keras, punctuation, and a word that it hardly knows.
 *
 * @param known The words that have a row.
 */
export function exampleText(known: ReadonlyMap<string, number>): string {
  const words = [...known].filter(([word]) => /^\p{L}[\p{L}\p{M}’']*$/u.test(word));
  const [first, ...others] = words.sort((a, b) => a[1] - b[1]).slice(0, 6).map(([word]) => word);
  return first === undefined ? `${STRANGER}!` : `${first}, ${[...others, STRANGER].join(" ")}!`;
}

/** An input of rows, as both kinds of TensorFlow.js models have it. */
type Rows = Input & { readonly rows?: Int32Array; readonly order?: Int32Array };

/** What stands at a position: a row, or the zero vector. */
const shownRow = (row: number) => row < 0 ? "zero" : String(row);

/** Runs of the same value, the last of which are shown once. */
function shortened(rows: readonly string[]): string {
  const parts: string[] = [];
  for (let i = 0; i < rows.length;) {
    let end = i;
    while (end < rows.length && rows[end] === rows[i]) end++;
    parts.push(...(end - i > 4 ? [rows[i]!, `… (${end - i} times)`] : rows.slice(i, end)));
    i = end;
  }
  return parts.join(" ");
}

/** The parts of a text that are not words of the model, with the reason. */
function unseenLines({ text, unseen = [] }: Document): string[] {
  return ["filtered", "beyond the limit"].flatMap((reason) => {
    const spans = unseen.filter((span) => span.reason === reason);
    if (spans.length === 0) return [];
    const parts = spans.slice(0, 20).map(({ start, end }) => `“${text.slice(start, end)}”`);
    const more = spans.length > 20 ? `, and ${spans.length - 20} more` : "";
    const what = reason === "filtered" ? "not seen" : "cut off";
    return [`${what.padEnd(10)}  ${parts.join(", ")}${more}`];
  });
}

/**
 * Shows what a model makes of a text.
 *
 * @param model The model.
 * @param text The text.
 * @returns The text, its words with their rows, what the model does not see or know, and the rows as
 * the layers get them.
 */
export function exampleOf(model: Model, text: string): string {
  const document = model.read(text);
  const input = model.encode(document) as Rows;
  const { rows = new Int32Array(), order } = input;
  const unknown = new Set(unknownTokens(input, document.tokens.length));
  const seen = new Set(order);
  const words = document.tokens.map((token, t) => {
    const dropped = order !== undefined && !seen.has(t);
    return `${token.text || "(empty)"} ${dropped ? "left out" : shownRow(rows[t]!)}${
      unknown.has(t) ? " (unknown)" : ""
    }`;
  });
  const inOrder = order ? Array.from(order, (position) => rows[position]!) : [...rows];
  return visible([
    `example     ${text}`,
    `words       ${words.join(", ") || "none"}`,
    ...unseenLines(document),
    `rows        ${shortened(inOrder.map(shownRow))}`,
  ].join("\n"));
}
