import type { Token, UnseenSpan } from "./document.ts";
import { assertOptionSpecs, assertPluginName } from "./plugin.ts";
import type { OptionSpecs, ValuesOf } from "./options.ts";
import { Registry } from "./registry.ts";

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
  /** Tables that were read already, by name, where there are no files to read. */
  readonly tables?: Readonly<Record<string, unknown>>;
  /** The words that the model knows, where it looks words up. */
  readonly vocabulary?: KnownWords;
}

/** The words that a model knows, e.g. the keys of a map. */
export interface KnownWords {
  /** Whether it knows a word, as it stands. */
  has(word: string): boolean;
  /** All of them. */
  keys(): Iterable<string>;
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
   * Whether its words are looked up as it gives them, and never in lower case as well: where its own
   * options say what becomes of the case.
   *
   * @default {false}
   */
  readonly exactCase?: boolean;
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
      ...(definition.exactCase && { exactCase: true }),
      open: (options: ValuesOf<O>) => (text: string) => definition.tokenize(text, options),
    }
    : definition;
  assertTokenizer(tokenizer);
  return tokenizer as Tokenizer<O>;
}

/** The tokenizers that are known by name. */
export const tokenizers: Registry<Tokenizer> = new Registry("tokenizer", assertTokenizer);
