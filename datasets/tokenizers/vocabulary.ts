import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { cutByWords } from "./_known_cuts.ts";
import { WordFinder } from "./_known_words.ts";

/**
 * The tokenizer of models of which nobody says how they cut texts: that of {@linkcode unicode}, but
 * a word of the model's vocabulary that stands in the text is always found, whatever characters it
 * has.
 */
export const vocabulary: Tokenizer = tokenizers.register(defineTokenizer({
  name: "vocabulary",
  description: "Words of the model's vocabulary, the longest first; what is left as unicode does",
  options: {},
  open(_options, { vocabulary }) {
    const words = new WordFinder(vocabulary ?? new Map());
    return (text) => ({ tokens: cutByWords(text, words) });
  },
}));
