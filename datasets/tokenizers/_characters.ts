import type { Token } from "@heatword/core";
import { type Changed, lowerCase } from "./_lower.ts";

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: that takes longer than to load all tokenizers. */
const clusters = () => segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });

/** Cuts a text, perhaps in lower case, into pieces of given lengths. */
function pieces({ text, starts, ends }: Changed, list: Iterable<string>): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  let last = 0;
  for (const piece of list) {
    const to = from + piece.length;
    const start = Math.max(last, starts ? starts[from]! : from);
    last = Math.max(start, ends ? ends[to - 1]! : to);
    tokens.push({ text: text.slice(from, to), start, end: last });
    from = to;
  }
  return tokens;
}

/** The code points of a text, each with its place in the raw text. */
export function codePoints(text: string, lower: boolean): Token[] {
  const changed = lower ? lowerCase(text) : { text };
  return pieces(changed, changed.text);
}

/** The grapheme clusters of a text, what readers take for characters. */
export function graphemes(text: string, lower: boolean): Token[] {
  return pieces({ text }, Iterator.from(clusters().segment(text)).map(({ segment }) => segment))
    .map((token) => lower ? { ...token, text: token.text.toLowerCase() } : token);
}
