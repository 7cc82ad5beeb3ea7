import { sentenceBounds } from "./_sentence_bounds.ts";
import { SpanList } from "./_span_list.ts";
import { scanSentence } from "./_treebank_scan.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

/** A token and where it stands in the raw text, in UTF-16 code units. */
export interface TokenSpan {
  /** The token in NLTK's form: `"` is rewritten to ```` `` ```` or `''`, all others are as written. */
  readonly text: string;
  /** Position of its first character. */
  readonly start: number;
  /** Position after its last character. */
  readonly end: number;
}

/** Sentences of a text, by Punkt. */
export function sentTokenize(text: string, parameters: PunktParameters): string[] {
  const bounds = sentenceBounds(text, parameters);
  const sentences: string[] = [];
  for (let i = 0; i < bounds.length; i += 2) sentences.push(text.slice(bounds[i], bounds[i + 1]));
  return sentences;
}

/** Treebank tokens of every sentence of a text. */
export function wordTokenize(text: string, parameters: PunktParameters): string[] {
  const spans = scanText(text, parameters);
  const tokens = new Array<string>(spans.length);
  for (let i = 0; i < spans.length; i++) tokens[i] = spans.textAt(text, i);
  return tokens;
}

/** Treebank tokens of every sentence of a text, each with its place in it. */
export function spanTokenize(text: string, parameters: PunktParameters): TokenSpan[] {
  const spans = scanText(text, parameters);
  const tokens = new Array<TokenSpan>(spans.length);
  for (let i = 0; i < spans.length; i++) {
    tokens[i] = { text: spans.textAt(text, i), start: spans.starts[i]!, end: spans.ends[i]! };
  }
  return tokens;
}

function scanText(text: string, parameters: PunktParameters): SpanList {
  const bounds = sentenceBounds(text, parameters);
  const spans = new SpanList(16 + (text.length >> 2));
  for (let i = 0; i < bounds.length; i += 2) {
    scanSentence(text, bounds[i]!, bounds[i + 1]!, spans);
  }
  return spans;
}
