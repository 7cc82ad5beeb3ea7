import { defineTokenizer, type Tokenizer, tokenizers } from "@heatword/core";
import { anyOf, cleanAndSplit, type Replacement } from "./_cleaned.ts";

/** A pattern of all but the characters of a class. */
function allBut(keep: string, by: string): Replacement {
  const wrong = (why: string) =>
    new RangeError(
      `Option "keep" of tokenizer "split" is "${keep}": ${why}; give characters and ranges as in ` +
        '"a-z0-9\\s"',
    );
  if (/(?<!\\)(?:\\\\)*[[\]]/u.test(keep)) throw wrong("a bracket needs a backslash");
  // Without the flag u a page in JavaScript replaces both halves of an emoji.
  const flags = /\\p\{/iu.test(keep) ? "gu" : "g";
  try {
    return { pattern: new RegExp(`[^${keep}]`, flags), by };
  } catch {
    throw wrong("it is not a class of characters");
  }
}

/** What pages in JavaScript do: clean a text by a simple rule, and split it at blanks. */
export const split: Tokenizer = tokenizers.register(defineTokenizer({
  name: "split",
  description: "Cleaned by a rule and split at a separator, as most pages in JavaScript do",
  exactCase: true,
  options: {
    trim: { type: "boolean", default: false, description: "Whether blanks at both ends go first" },
    lower: { type: "boolean", default: true, description: "Whether the text is put in lower case" },
    filters: { type: "string", default: "", description: "Characters that are replaced" },
    keep: {
      type: "string",
      default: "",
      description:
        'Instead of filters: characters and ranges that stay, as "a-z0-9\\s"; all others ' +
        "are replaced",
    },
    replaceBy: {
      type: "string",
      default: " ",
      description: "What replaces them; nothing deletes them",
    },
    separator: {
      type: "string",
      default: "",
      description: "The separator of words; where it is empty, every run of white space",
    },
    emptyWords: {
      type: "choice",
      default: "drop",
      choices: ["drop", "keep"],
      description: "What becomes of empty words, as between two separators",
    },
  },
  open({ trim, lower, filters, keep, replaceBy, separator, emptyWords }) {
    const cleaning = {
      trim,
      lower,
      replace: keep === "" ? anyOf(filters, replaceBy) : allBut(keep, replaceBy),
      separator: separator === "" ? /\s+/gu : separator,
      keepEmpty: emptyWords === "keep",
    };
    return (text) => ({ tokens: cleanAndSplit(text, cleaning) });
  },
}));
