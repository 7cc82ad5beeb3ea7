import { sentenceBounds } from "./_sentence_bounds.ts";
import { SpanList } from "./_span_list.ts";
import { scanSentence } from "./_treebank_scan.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

/** Texts longer than this get a list of their own, which can be freed. */
const LONG = 2 ** 18;
const shared = new SpanList(LONG / 4);

/** The tokens of every sentence of a text: the engine of all functions. Good until the next call. */
export function scanText(text: string, parameters: PunktParameters): SpanList {
  return scanSentences(text, sentenceBounds(text, parameters));
}

/** The tokens of the sentences with these bounds. Good until the next call. */
export function scanSentences(text: string, bounds: readonly number[]): SpanList {
  const spans = text.length > LONG ? new SpanList(text.length >> 2) : shared;
  spans.length = 0;
  for (let i = 0; i < bounds.length; i += 2) {
    scanSentence(text, bounds[i]!, bounds[i + 1]!, spans);
  }
  return spans;
}
