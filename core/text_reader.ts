import type { Document, Token, UnseenSpan } from "./document.ts";
import { type OptionValues, readOptions } from "./options.ts";
import {
  type Tokenize,
  type TokenizedText,
  type TokenizerResources,
  tokenizers,
} from "./tokenizer.ts";
import { wordLimit } from "./word_limit.ts";

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
  /** Most words that the model sees of a text; others are left out. */
  readonly maxWords?: number;
  /** At which end they are left out: after the first words, or before the last ones. @default {"post"} */
  readonly truncatingSide?: Side;
}

/** An end of a text: before its words, or after them. */
export type Side = "pre" | "post";

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

/** Whether a UTF-16 code unit is blank, as `\s` of regular expressions says. */
function isBlank(unit: number): boolean {
  if (unit < 0x80) return unit === 32 || (unit >= 9 && unit <= 13);
  return /\s/.test(String.fromCharCode(unit));
}

/** Spans of a text that lie in no token and are not blank. */
function spansOutside(text: string, tokens: readonly Token[]): UnseenSpan[] {
  const spans: UnseenSpan[] = [];
  // By code units: a regular expression over each gap took a third of the time of tokenizing.
  const look = (from: number, to: number) => {
    let at = from;
    while (at < to) {
      while (at < to && isBlank(text.charCodeAt(at))) at++;
      const start = at;
      while (at < to && !isBlank(text.charCodeAt(at))) at++;
      if (at > start) spans.push({ start, end: at, reason: "filtered" });
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

/** How much of a text is kept. */
export interface TextLimit extends Pick<TextReading, "maxWords" | "truncatingSide"> {
  /** Whether a word counts. @default {every word does} */
  readonly counts?: (word: string) => boolean;
}

/** Which tokens are kept: from the first to the one after the last. */
function keptTokens(
  tokens: readonly Token[],
  { maxWords = Infinity, truncatingSide = "post", counts }: TextLimit,
): [from: number, to: number] {
  if (tokens.length <= maxWords) return [0, tokens.length];
  const isFront = truncatingSide === "pre";
  let left = maxWords;
  for (let i = 0; i < tokens.length; i++) {
    const t = isFront ? tokens.length - 1 - i : i;
    if (counts && !counts(tokens[t]!.text)) continue;
    if (left-- === 0) return isFront ? [t + 1, tokens.length] : [0, t];
  }
  return [0, tokens.length];
}

function asCut({ start, end }: Token): UnseenSpan {
  return { start, end, reason: "beyond the limit" };
}

/**
 * Reads a text by a tokenizer: the first `maxWords` words become tokens (or the last ones), and
 * everything else that is not blank is noted as unseen, with the reason.
 *
 * @param tokenize Cuts the text; where it does not say what it left out, that is found by the places
 * of its words.
 * @param text The text.
 * @param limit Most words to keep, and at which end others are left out.
 * @param about Its name and class, where they are known.
 * @returns The document.
 */
export function readText(
  tokenize: Tokenize,
  text: string,
  limit: number | TextLimit = {},
  about: AboutText = {},
): Document {
  const { tokens, unseen = spansOutside(text, tokens) } = tokenize(text);
  const { id, label } = about;
  const [from, to] = keptTokens(tokens, typeof limit === "number" ? { maxWords: limit } : limit);
  const isWhole = to - from === tokens.length;
  const cut = isWhole ? [] : [...tokens.slice(0, from), ...tokens.slice(to)].map(asCut);
  const spans = [...unseen, ...cut].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    text,
    tokens: tokens.slice(from, to),
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
 * @param counts Whether a word counts towards the most words. @default {every word does}
 * @returns The reader.
 * @throws {RangeError} If the tokenizer or an option is unknown.
 * @throws {TypeError} If the value of an option is of the wrong type.
 */
export async function openReader(
  reading: TextReading,
  resources: TokenizerResources = {},
  counts?: (word: string) => boolean,
): Promise<TextReader> {
  const tokenizer = tokenizers.get(reading.tokenizer);
  const tokenize = await tokenizer.open(readOptions(tokenizer.options, reading.options), resources);
  const limit: TextLimit = { ...reading, ...(counts && { counts }) };
  return { reading, read: (text, about) => readText(tokenize, text, limit, about) };
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
 * @param counts Whether a word counts towards the most words. @default {every word does}
 * @returns The reader; without the tokenizer, `read` throws an error that names it.
 * @throws {RangeError} If an option of the tokenizer is unknown.
 * @throws {TypeError} If the value of an option is of the wrong type.
 */
export async function readerOfFolder(
  reading: TextReading,
  resources: TokenizerResources = {},
  counts?: (word: string) => boolean,
): Promise<TextReader> {
  if (tokenizers.has(reading.tokenizer)) return await openReader(reading, resources, counts);
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
  const { tokenizer, options = {}, maxWords, truncatingSide } = (value ?? {}) as Partial<
    TextReading
  >;
  const refuse = (what: string) => new SyntaxError(what);
  if (typeof tokenizer !== "string") throw refuse('"tokenizer" is not a name');
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw refuse('the options of the tokenizer are not {"name": value}');
  }
  if (maxWords !== undefined && !(Number.isInteger(maxWords) && maxWords > 0)) {
    throw refuse(`"maxWords" is ${JSON.stringify(maxWords)}, not a positive integer`);
  }
  if (truncatingSide !== undefined && truncatingSide !== "pre" && truncatingSide !== "post") {
    throw refuse(
      `"truncatingSide" is ${JSON.stringify(truncatingSide)}, neither "post" nor "pre"`,
    );
  }
  return {
    tokenizer,
    options,
    ...(maxWords !== undefined && { maxWords }),
    ...(truncatingSide !== undefined && { truncatingSide }),
  };
}

/**
 * Cuts a text into what blanks separate.
 *
 * @param text The text.
 * @returns Its words, punctuation included.
 */
export function betweenBlanks(text: string): TokenizedText {
  return {
    tokens: [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => {
      return { text: word, start: index, end: index + word.length };
    }),
  };
}

/** The reader of models that are made in code and name no other: words are what blanks separate. */
export const plainReader: TextReader = {
  read: (text, about) => readText(betweenBlanks, text, Infinity, about),
};
