import { formatPercent } from "@heatword/core/counts";
import type { LeftOutWords } from "@heatword/datasets/corpus";
import { visible } from "@heatword/eval/render";

/** A larger share of words that are left out is warned of. */
const WARNED = 0.05;
/** How many words are shown. */
const MAX_SHOWN = 8;
/** How long a word that is shown may be. */
const LONGEST = 30;

function shown(word: string): string {
  const characters = [...new Intl.Segmenter().segment(word)];
  if (characters.length <= LONGEST) return visible(word);
  return `${visible(characters.slice(0, LONGEST).map(({ segment }) => segment).join(""))}…`;
}

/**
 * What is said of the words that the tokenizer leaves out of the texts to train on.
 *
 * @param words What was counted.
 * @returns A line, and a warning where much is left out.
 */
export function leftOutLines(words: LeftOutWords): string[] {
  const { left, all, share } = words;
  const of = `${left.toLocaleString("en")} of ${all.toLocaleString("en")} words`;
  if (left === 0) return [`the tokenizer leaves out none of ${all.toLocaleString("en")} words`];
  const examples = words.examples(MAX_SHOWN).map(([word, count]) =>
    `${shown(word)} (${count.toLocaleString("en")})`
  );
  const line = `the tokenizer leaves out ${of} (${formatPercent(share)}): ${examples.join(", ")}`;
  if (share <= WARNED) return [line];
  return [
    line,
    `warning: the model will not see ${formatPercent(share)} of the words of these texts; ` +
    '"deno task tokenizers" lists tokenizers that keep more, and docs/text.md tells them apart',
  ];
}
