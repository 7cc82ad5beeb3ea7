import { sentenceBounds } from "./_sentence_bounds.ts";
import { defaultParameters } from "./english_parameters.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

/**
 * Splits a text into sentences, as NLTK's `sent_tokenize` does. White space between sentences is left
 * out, that before the first and after the last is not.
 *
 * @param text Any text.
 * @param parameters What Punkt knows; the built-in parameters for English if left out.
 * @returns The sentences, in order.
 *
 * @example
 * ```ts
 * import { sentTokenize } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sentTokenize("Mr. Smith came.  He saw."), ["Mr. Smith came.", "He saw."]);
 * ```
 */
export function sentTokenize(
  text: string,
  parameters: PunktParameters = defaultParameters(),
): string[] {
  const bounds = sentenceBounds(text, parameters);
  const sentences: string[] = [];
  for (let i = 0; i < bounds.length; i += 2) sentences.push(text.slice(bounds[i], bounds[i + 1]));
  return sentences;
}
