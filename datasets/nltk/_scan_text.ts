import { sentenceBounds } from "./_sentence_bounds.ts";
import { SpanList } from "./_span_list.ts";
import { scanSentence } from "./_treebank_scan.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

/** The tokens of every sentence of a text: the engine of all the functions. */
export function scanText(text: string, parameters: PunktParameters): SpanList {
  const bounds = sentenceBounds(text, parameters);
  const spans = new SpanList(16 + (text.length >> 2));
  for (let i = 0; i < bounds.length; i += 2) {
    scanSentence(text, bounds[i]!, bounds[i + 1]!, spans);
  }
  return spans;
}
