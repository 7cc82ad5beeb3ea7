import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";

/** Words are what blanks separate. */
export const whitespace: Tokenizer = tokenizers.register(defineTokenizer({
  name: "whitespace",
  description: "What blanks separate, punctuation included",
  options: {
    lower: { type: "boolean", default: false, description: "Whether words are put in lower case" },
  },
  tokenize: (text, { lower }) => ({
    tokens: [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => {
      return { text: lower ? word.toLowerCase() : word, start: index, end: index + word.length };
    }),
  }),
}));
