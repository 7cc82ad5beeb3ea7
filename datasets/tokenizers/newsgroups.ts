import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { punktParametersFor, spanTokenize } from "../nltk/mod.ts";
import { isWord } from "../preprocess.ts";

/**
 * The tokenizer of Arras et al. 2016: NLTK 3.1's tokens, of which those are kept that consist of
 * letters A to Z, apostrophe, hyphen and full stop, with at least one letter.
 */
export const newsgroups: Tokenizer = tokenizers.register(defineTokenizer({
  name: "newsgroups",
  description: "NLTK 3.1's tokens of letters A to Z, apostrophe, hyphen and full stop",
  options: {},
  async open(_options, resources) {
    const parameters = await punktParametersFor(resources);
    return (text) => ({
      tokens: spanTokenize(text, parameters).filter((token) => isWord(token.text)),
    });
  },
}));
