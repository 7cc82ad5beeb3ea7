import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { codePoints } from "./_characters.ts";
import { anyOf, cleanAndSplit } from "./_cleaned.ts";

/** What Keras's Tokenizer replaces by default. */
export const KERAS_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

/**
 * Keras's `Tokenizer`, up to its rows: `text_to_word_sequence`, or every character with `char_level`.
 * What becomes of unknown words, `num_words` and `oov_token`, is said by the model.
 */
export const keras: Tokenizer = tokenizers.register(defineTokenizer({
  name: "keras",
  description: "Keras's Tokenizer: filtered characters become separators, at which is split",
  exactCase: true,
  options: {
    filters: {
      type: "string",
      default: KERAS_FILTERS,
      description: "Characters that become separators",
    },
    lower: { type: "boolean", default: true, description: "Whether the text is put in lower case" },
    split: { type: "string", default: " ", description: "The separator of words" },
    charLevel: {
      type: "boolean",
      default: false,
      description: "Whether every character is a word; then there are no filters",
    },
  },
  open({ filters, lower, split, charLevel }) {
    if (charLevel) return (text) => ({ tokens: codePoints(text, lower) });
    if (split === "") {
      throw new RangeError('Option "split" of tokenizer "keras" is empty: give " ", or charLevel');
    }
    const replace = anyOf(filters, split);
    const cleaning = { trim: false, lower, replace, separator: split, keepEmpty: false };
    return (text) => ({ tokens: cleanAndSplit(text, cleaning) });
  },
}));
