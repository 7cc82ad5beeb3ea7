import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { codePoints, graphemes } from "./_characters.ts";

/** Every character by itself. */
export const characters: Tokenizer = tokenizers.register(defineTokenizer({
  name: "characters",
  description: "Every character by itself, blanks included",
  options: {
    unit: {
      type: "choice",
      default: "code-point",
      choices: ["code-point", "grapheme"],
      description: "What a character is: a code point, as in Python and Keras, or a grapheme " +
        "cluster, which keeps combining marks and joined emoji together",
    },
    lower: { type: "boolean", default: false, description: "Whether it is put in lower case" },
    blanks: { type: "boolean", default: true, description: "Whether white space counts too" },
  },
  tokenize(text, { unit, lower, blanks }) {
    const tokens = unit === "grapheme" ? graphemes(text, lower) : codePoints(text, lower);
    return { tokens: blanks ? tokens : tokens.filter((token) => token.text.trim() !== "") };
  },
}));
