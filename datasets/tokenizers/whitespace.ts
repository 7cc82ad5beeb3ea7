import { betweenBlanks, defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";

/** Words are what blanks separate. */
export const whitespace: Tokenizer = tokenizers.register(defineTokenizer({
  name: "whitespace",
  description: "What blanks separate, punctuation included",
  options: {},
  tokenize: betweenBlanks,
}));
