import type { Document, Token, UnseenSpan } from "./document.ts";
import { assertOptionSpecs, assertPluginName } from "./plugin.ts";
import { type OptionSpecs, type OptionValues, readOptions, type ValuesOf } from "./options.ts";
import { Registry } from "./registry.ts";
import { wordLimit } from "./word_limit.ts";

/** A text cut into words. */
export interface TokenizedText {
  /** The words, in text order. */
  readonly tokens: readonly Token[];
  /** The spans that the tokenizer leaves out though they are not blank. @default {[]} */
  readonly unseen?: readonly UnseenSpan[];
}

/** Cuts texts into words. */
export type Tokenize = (text: string) => TokenizedText;

/** What a tokenizer may look for on the machine it runs on. */
export interface TokenizerResources {
  /** The data folder. */
  readonly data?: string;
  /** The folder of the model that the tokenizer is for. */
  readonly model?: string;
}

/** A way to cut texts into words with places, and what it leaves out. */
export interface Tokenizer<O extends OptionSpecs = OptionSpecs> {
  /** Its name on command lines and in files: lower case, digits and hyphens. */
  readonly name: string;
  /** One sentence that says how it cuts. */
  readonly description: string;
  /** The options it takes; they are kept in the folder of a model. */
  readonly options: O;
  /**
   * Gets ready: reads tables, compiles patterns.
   *
   * @param options A value for every option.
   * @param resources Where tables may be.
   * @returns What cuts texts.
   */
  open(options: ValuesOf<O>, resources: TokenizerResources): Tokenize | Promise<Tokenize>;
}

/** A tokenizer as it is written down: one that needs nothing to get ready may give `tokenize`. */
export type TokenizerDefinition<O extends OptionSpecs> =
  & Omit<Tokenizer<O>, "open">
  & (
    | Pick<Tokenizer<O>, "open">
    | { tokenize(text: string, options: ValuesOf<O>): TokenizedText }
  );

/**
 * Checks that something is a tokenizer, as far as that can be seen without running it.
 *
 * @param candidate What should be one.
 * @throws {TypeError} If a part is missing or malformed; the message says which.
 */
export function assertTokenizer(candidate: unknown): asserts candidate is Tokenizer {
  const tokenizer = candidate as Tokenizer;
  assertPluginName("tokenizer", tokenizer);
  if (typeof tokenizer.open !== "function") {
    throw new TypeError(`Cannot take tokenizer "${tokenizer.name}": "open" must be a function`);
  }
  assertOptionSpecs("tokenizer", tokenizer);
}

/**
 * Defines a tokenizer; the types of its option values follow from its options.
 *
 * @param definition The tokenizer; `tokenize` instead of `open` where nothing has to be read first.
 * @returns The tokenizer, checked but not registered.
 * @throws {TypeError} If a part is missing or malformed.
 *
 * @example
 * ```ts
 * import { defineTokenizer, readText } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const letters = defineTokenizer({
 *   name: "letters",
 *   description: "Runs of letters",
 *   options: { lower: { type: "boolean", default: false, description: "Whether to lower case" } },
 *   tokenize: (text, { lower }) => ({
 *     tokens: [...text.matchAll(/\p{L}+/gu)].map(({ 0: word, index }) => ({
 *       text: lower ? word.toLowerCase() : word,
 *       start: index,
 *       end: index + word.length,
 *     })),
 *   }),
 * });
 * const tokenize = await letters.open({ lower: true }, {});
 * assertEquals(tokenize("To Mars!").tokens.map(({ text }) => text), ["to", "mars"]);
 * assertEquals(readText(tokenize, "To Mars!").unseen, [{ start: 7, end: 8, reason: "filtered" }]);
 * ```
 */
export function defineTokenizer<const O extends OptionSpecs>(
  definition: TokenizerDefinition<O>,
): Tokenizer<O> {
  const tokenizer = "tokenize" in definition
    ? {
      name: definition.name,
      description: definition.description,
      options: definition.options,
      open: (options: ValuesOf<O>) => (text: string) => definition.tokenize(text, options),
    }
    : definition;
  assertTokenizer(tokenizer);
  return tokenizer as Tokenizer<O>;
}

/** The tokenizers that are known by name. */
export const tokenizers: Registry<Tokenizer> = new Registry("tokenizer", assertTokenizer);

/** What is known of a text besides its words. */
export interface AboutText {
  /** Its name. */
  readonly id?: string;
  /** Its true class. */
  readonly label?: string;
}

/** How a model cuts texts into words; kept in its folder. */
export interface TextReading {
  /** Name of a registered tokenizer. */
  readonly tokenizer: string;
  /** The options of the tokenizer that differ from their defaults. */
  readonly options: OptionValues;
  /** Most words that the model sees of a text; further ones are left out. */
  readonly maxWords?: number;
}

/** Reads texts as one model does. */
export interface TextReader {
  /** How it reads, as it is kept in the model's folder; absent for readers made in code. */
  readonly reading?: TextReading;
  /**
   * Cuts a text into the words that the model sees, and notes what it does not see.
   *
   * @param text The text.
   * @param about Its name and class, where they are known.
   * @returns The document.
   */
  read(text: string, about?: AboutText): Document;
}

/** Spans of a text that lie in no token and are not blank. */
function spansOutside(text: string, tokens: readonly Token[]): UnseenSpan[] {
  const spans: UnseenSpan[] = [];
  const look = (from: number, to: number) => {
    // Most words have one blank between them.
    if (to - from === 1 && text.charCodeAt(from) === 32) return;
    for (const { 0: found, index } of text.slice(from, to).matchAll(/\S+/gu)) {
      const start = from + index;
      spans.push({ start, end: start + found.length, reason: "filtered" });
    }
  };
  let end = 0;
  for (const token of tokens) {
    if (token.start > end) look(end, token.start);
    end = Math.max(end, token.end);
  }
  look(end, text.length);
  return spans;
}

/**
 * Reads a text by a tokenizer: the first `maxWords` words become tokens, and everything else that is
 * not blank is noted as unseen, with the reason.
 *
 * @param tokenize Cuts the text; where it does not say what it left out, that is found by the places
 * of its words.
 * @param text The text.
 * @param maxWords Most words to keep.
 * @param about Its name and class, where they are known.
 * @returns The document.
 */
export function readText(
  tokenize: Tokenize,
  text: string,
  maxWords = Infinity,
  about: AboutText = {},
): Document {
  const { tokens, unseen = spansOutside(text, tokens) } = tokenize(text);
  const { id, label } = about;
  const cut = tokens.slice(maxWords).map(({ start, end }) => {
    return { start, end, reason: "beyond the limit" } as const;
  });
  const spans = [...unseen, ...cut].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    text,
    tokens: tokens.slice(0, maxWords),
    truncated: cut.length,
    ...(spans.length > 0 && { unseen: spans }),
    ...(id !== undefined && { id }),
    ...(label !== undefined && { label }),
  };
}

/**
 * Opens the way in which a model reads texts.
 *
 * @param reading The tokenizer with its options, and the most words.
 * @param resources Where the tokenizer may look for tables.
 * @returns The reader.
 * @throws {RangeError} If the tokenizer or an option is unknown.
 * @throws {TypeError} If the value of an option is of the wrong type.
 */
export async function openReader(
  reading: TextReading,
  resources: TokenizerResources = {},
): Promise<TextReader> {
  const tokenizer = tokenizers.get(reading.tokenizer);
  const tokenize = await tokenizer.open(readOptions(tokenizer.options, reading.options), resources);
  return { reading, read: (text, about) => readText(tokenize, text, reading.maxWords, about) };
}

/** How models read whose folders do not say it: as the first ones of this project did. */
export const firstReading: TextReading = {
  tokenizer: "newsgroups",
  options: {},
  maxWords: wordLimit(),
};

/**
 * The reader of a model that comes from a folder. Where its tokenizer is not registered, the model
 * can be used all the same, but not read texts.
 *
 * @param reading How the model reads texts.
 * @param resources Where the tokenizer may look for tables.
 * @returns The reader; without the tokenizer, `read` throws an error that names it.
 * @throws {RangeError} If an option of the tokenizer is unknown.
 * @throws {TypeError} If the value of an option is of the wrong type.
 */
export async function readerOfFolder(
  reading: TextReading,
  resources: TokenizerResources = {},
): Promise<TextReader> {
  if (tokenizers.has(reading.tokenizer)) return await openReader(reading, resources);
  return {
    reading,
    read() {
      throw new RangeError(
        `Cannot read a text: the model's tokenizer "${reading.tokenizer}" is not registered; ` +
          'import "@heatword/datasets/tokenizers", or the plugin that has it',
      );
    },
  };
}

/**
 * Checks what a folder says of how its model reads texts.
 *
 * @param value The JSON value.
 * @returns The same value.
 * @throws {SyntaxError} If it is malformed; the message says how, to be put after a file's name.
 */
export function parseReading(value: unknown): TextReading {
  const { tokenizer, options = {}, maxWords } = (value ?? {}) as Partial<TextReading>;
  const refuse = (what: string) => new SyntaxError(what);
  if (typeof tokenizer !== "string") throw refuse('"tokenizer" is not a name');
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw refuse('the options of the tokenizer are not {"name": value}');
  }
  if (maxWords !== undefined && !(Number.isInteger(maxWords) && maxWords > 0)) {
    throw refuse(`"maxWords" is ${JSON.stringify(maxWords)}, not a positive integer`);
  }
  return { tokenizer, options, ...(maxWords !== undefined && { maxWords }) };
}

/**
 * Cuts a text into what blanks separate.
 *
 * @param text The text.
 * @returns Its words, punctuation included.
 */
export const betweenBlanks: Tokenize = (text) => ({
  tokens: [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => {
    return { text: word, start: index, end: index + word.length };
  }),
});

/** The reader of models that are made in code and name no other: words are what blanks separate. */
export const plainReader: TextReader = {
  read: (text, about) => readText(betweenBlanks, text, Infinity, about),
};
