import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { punktParametersFor, spanTokenize } from "../nltk/mod.ts";

/** NLTK 3.1's `word_tokenize`: Punkt's sentences, cut by the Treebank tokenizer. */
export const nltk: Tokenizer = tokenizers.register(defineTokenizer({
  name: "nltk",
  description: "NLTK 3.1's word_tokenize: Punkt's sentences, cut by the Treebank tokenizer",
  options: {},
  async open(_options, resources) {
    const parameters = await punktParametersFor(resources);
    return (text) => ({ tokens: spanTokenize(text, parameters) });
  },
}));
