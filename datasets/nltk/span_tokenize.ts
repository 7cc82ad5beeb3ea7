import { scanText } from "./_scan_text.ts";
import { defaultParameters } from "./english_parameters.ts";
import type { PunktParameters } from "./punkt_parameters.ts";
import type { TokenSpan } from "./token_span.ts";

/**
 * Splits a text into words and tells where each of them stands. The texts are those of `wordTokenize`;
 * the spans are in order, do not overlap, and leave out white space only.
 *
 * @param text Any text.
 * @param parameters What Punkt knows; the built-in parameters for English if left out.
 * @returns The tokens of all sentences, in order.
 *
 * @example
 * ```ts
 * import { spanTokenize } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spanTokenize('Say "hi".'), [
 *   { text: "Say", start: 0, end: 3 },
 *   { text: "``", start: 4, end: 5 },
 *   { text: "hi", start: 5, end: 7 },
 *   { text: "''", start: 7, end: 8 },
 *   { text: ".", start: 8, end: 9 },
 * ]);
 * ```
 */
export function spanTokenize(
  text: string,
  parameters: PunktParameters = defaultParameters(),
): TokenSpan[] {
  return scanText(text, parameters).tokens(text);
}
