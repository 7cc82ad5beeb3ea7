import { scanText } from "./_scan_text.ts";
import { defaultParameters } from "./english_parameters.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

/**
 * Splits a text into words, as the `word_tokenize` of NLTK 3.1 does: the Treebank tokens of every
 * sentence.
 *
 * @param text Any text.
 * @param parameters What Punkt knows; the built-in parameters for English if left out.
 * @returns The tokens of all sentences, in order.
 *
 * @example
 * ```ts
 * import { wordTokenize } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wordTokenize('"I can\'t", he said.'), ["``", "I", "ca", "n't", "''", ",", "he", "said", "."]);
 * ```
 */
export function wordTokenize(
  text: string,
  parameters: PunktParameters = defaultParameters(),
): string[] {
  return scanText(text, parameters).texts(text);
}
