import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { segmentsOf } from "./_segments.ts";

/** Words of any script by the word boundaries of Unicode. */
export const unicode: Tokenizer = tokenizers.register(defineTokenizer({
  name: "unicode",
  description: "Words, numbers and emoji of any script, by the word boundaries of Unicode",
  options: {
    lower: { type: "boolean", default: false, description: "Whether words are put in lower case" },
    emoji: { type: "boolean", default: true, description: "Whether emoji are words" },
  },
  tokenize: (text, { lower, emoji }) => ({
    tokens: [...segmentsOf(text, emoji)].filter(({ isWord }) => isWord).map(({ start, end }) => {
      const word = text.slice(start, end);
      return { text: lower ? word.toLowerCase() : word, start, end };
    }),
  }),
}));
