import type { Model } from "@heatword/core";
import { newsgroups } from "../tokenizers/newsgroups.ts";

/** How many words of a text a model sees; `Infinity` for all. */
export function maxWordsOf(model: Pick<Model, "maxWords" | "reader">): number {
  return Math.min(model.maxWords ?? Infinity, model.reader?.reading?.maxWords ?? Infinity);
}

/** Whether a model reads texts as the first ones of this project did. */
export function readsAsNewsgroups({ reader }: Pick<Model, "reader">): boolean {
  return reader?.reading?.tokenizer === newsgroups.name;
}

/**
 * How a model cuts texts into words: a sentence without its full stop.
 *
 * @param model The model.
 */
export function describeReading(model: Pick<Model, "reader">): string {
  if (readsAsNewsgroups(model)) {
    return "Texts are tokenized as NLTK 3.1 does (Punkt, then Treebank); tokens of letters, " +
      "apostrophe, hyphen and dot are kept";
  }
  const name = model.reader?.reading?.tokenizer;
  return `Texts are cut into words by ${name ? `the tokenizer "${name}"` : "the model itself"}`;
}
