import { type Document, readText, wordLimit } from "@heatword/core";
import { type PunktParameters, spanTokenize } from "./nltk/mod.ts";

/** Options of {@linkcode preprocess}. */
export interface PreprocessOptions {
  /** What Punkt knows, for finding the sentences. @default {the built-in ones for English} */
  readonly parameters?: PunktParameters;
  /** How many words are kept; `wordLimit` of core says it for a model. @default {400} */
  readonly maxTokens?: number;
  /** The name of the document. */
  readonly id?: string;
  /** Its true class. */
  readonly label?: string;
}

/**
 * Tells whether a token is a word: letters A to Z, apostrophe, hyphen and full stop, with at least
 * one letter.
 *
 * @param token A token.
 *
 * @example
 * ```ts
 * import { isWord } from "@heatword/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["o'clock", "U.S.", "n't", "--", "1993", "café"].filter(isWord), ["o'clock", "U.S.", "n't"]);
 * ```
 */
export function isWord(token: string): boolean {
  let letters = 0;
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i);
    const lower = code | 32;
    if (lower >= 97 && lower <= 122) letters++;
    else if (code !== 39 && code !== 45 && code !== 46) return false;
  }
  return letters > 0;
}

/**
 * Turns a text into the words that a model sees: NLTK 3.1's tokens, those kept that
 * {@linkcode isWord}, and of these the first 400. Letter case stays as it was written.
 *
 * @param text A text, its header removed.
 * @param options Tokenizer, length, name and class.
 * @returns The document: the whole text, its words with their places in it, and what is left out.
 * @throws {RangeError} If `maxTokens` is not a positive integer (or `Infinity`).
 *
 * @example
 * ```ts
 * import { preprocess } from "@heatword/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const { tokens, truncated } = preprocess("It won't fly, 2 men said.", { maxTokens: 5 });
 * assertEquals(tokens.map(({ text }) => text), ["It", "wo", "n't", "fly", "men"]);
 * assertEquals(truncated, 1);
 * ```
 */
export function preprocess(text: string, options: PreprocessOptions = {}): Document {
  const { parameters, maxTokens = wordLimit() } = options;
  if (!(maxTokens >= 1) || (maxTokens !== Infinity && !Number.isInteger(maxTokens))) {
    throw new RangeError(`Cannot keep ${maxTokens} tokens: give a positive whole number`);
  }
  const tokenize = (text: string) => ({
    tokens: spanTokenize(text, parameters).filter((token) => isWord(token.text)),
  });
  return readText(tokenize, text, maxTokens, options);
}
