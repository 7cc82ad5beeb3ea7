import type { OptionValues } from "../../options.ts";
import { refuse } from "./_refuse.ts";

/** What `Tokenizer.to_json()` of Keras says. */
export interface KerasTokenizer {
  /** Options of the tokenizer "keras". */
  readonly options: OptionValues;
  /** Words of this row and beyond are unknown. */
  readonly numWords?: number;
  /** The word whose row unknown words have; without it they are dropped. */
  readonly oovToken?: string;
  /** The rows of the words: JSON, or a text that is JSON. */
  readonly wordIndex: unknown;
}

/**
 * Reads the `config` of a tokenizer of Keras.
 *
 * @param config What it holds.
 * @param name The name of the file, for messages.
 * @returns What it says, with the defaults of Keras for what it leaves open.
 * @throws {SyntaxError} If a field is of the wrong type.
 */
export function readKerasTokenizer(
  config: Readonly<Record<string, unknown>>,
  name: string,
): KerasTokenizer {
  const field = (key: string, type: "string" | "boolean") => {
    const value = config[key];
    if (value === undefined || value === null || typeof value === type) return value ?? undefined;
    refuse(name, `"${key}" of the tokenizer is ${JSON.stringify(value)}, not a ${type}`);
  };
  const { num_words: max = null, word_index: wordIndex, index_word: indexWord } = config;
  if (max !== null && !(Number.isInteger(max) && (max as number) > 0)) {
    refuse(name, `"num_words" of the tokenizer is ${JSON.stringify(max)}, not a positive integer`);
  }
  if ((wordIndex ?? indexWord) === undefined) {
    refuse(name, 'the tokenizer has no "word_index": fit it on texts before it is written');
  }
  const options = {
    // null is not a filter, as an empty text is.
    filters: config.filters === null ? "" : field("filters", "string"),
    lower: field("lower", "boolean"),
    split: field("split", "string"),
    charLevel: field("char_level", "boolean"),
  };
  const oovToken = field("oov_token", "string") as string | undefined;
  return {
    options: Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== undefined),
    ) as OptionValues,
    ...(max !== null && { numWords: max as number }),
    ...(oovToken !== undefined && { oovToken }),
    wordIndex: wordIndex ?? indexWord,
  };
}
