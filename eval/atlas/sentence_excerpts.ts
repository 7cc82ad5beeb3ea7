import type { Document } from "@heatword/core";
import type { PunktSentenceTokenizer } from "@heatword/datasets/nltk";
import { type Excerpt, excerptBetween } from "./excerpt.ts";

/**
 * Makes excerpts that are sentences. Those of the last text are kept, as examples come in turn.
 *
 * @param tokenizer Finds the sentences of a text.
 * @returns A function that gives the sentence around a token of a document.
 */
export function sentenceExcerpts(
  tokenizer: PunktSentenceTokenizer,
): (document: Document, token: number) => Excerpt {
  let text: string | undefined;
  let spans: readonly (readonly [number, number])[] = [];
  return (document: Document, token: number): Excerpt => {
    if (document.text !== text) {
      text = document.text;
      spans = tokenizer.spanTokenize(text);
    }
    const { start } = document.tokens[token]!;
    const [from, to] = spans.find(([from, to]) => from <= start && start < to) ?? [0, text.length];
    return excerptBetween(document, token, from, to);
  };
}
