import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";

/** Words are what blanks separate. */
export const whitespace: Tokenizer = tokenizers.register(defineTokenizer({
  name: "whitespace",
  description: "What blanks separate, punctuation included",
  options: {},
  tokenize: (text) => ({
    tokens: [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => {
      return { text: word, start: index, end: index + word.length };
    }),
  }),
}));
